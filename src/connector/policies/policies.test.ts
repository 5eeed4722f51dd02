import { describe, expect, it } from 'vitest';
import { compileDocument } from '../../../test/documents/read.ts';
import { type Json, Secret } from '../../base/index.ts';
import type { PolicyStep } from '../types.ts';
import { applyResponsePolicies } from './apply-response-policies.ts';
import { findPolicyTemplate } from './policy-templates.ts';
import { evaluatePolicyText } from './policy-text.ts';
import { readPolicies } from './read-policies.ts';
import { runPolicies } from './run-policies.ts';
import { setHeaderEntry } from './set-header.ts';

const scope = {
  values: { site: 'us', key: new Secret('s3cret'), 'token:customHost': 'eu' },
  headers: [
    { name: 'test', value: 'foo' },
    { name: 'port', value: '1234' },
  ],
  query: [{ name: 'region', value: 'x' }],
  body: { a: [{ b: 'deep' }], '@odata.etag': 'W/"1"' },
};
const evaluate = (template: string) => evaluatePolicyText(template, scope);

describe('expressions of policies', () => {
  it('fills in connection parameters, headers, queries and the body, with defaults', () => {
    expect(evaluate("https://@header('test').abc.xyz:@header('port')/p")).toBe('https://foo.abc.xyz:1234/p');
    expect(evaluate("https://@headers('test123','default').abc.xyz")).toBe('https://default.abc.xyz');
    expect(evaluate("https://@connectionParameters('site','eu').contoso.net/v1")).toBe(
      'https://us.contoso.net/v1',
    );
    expect(evaluate("@ConnectionParameters('token:customHost')/@queryParameters('region')")).toBe('eu/x');
    expect(evaluate("@{body().a[0].b} @body()['@odata.etag']")).toBe('deep W/"1"');
    expect(evaluate("[@connectionParameters('gone')]")).toBe('[]');
    expect(evaluate('ada@example.com')).toBe('ada@example.com');
    expect(evaluate('@connectionParameters("site", "eu")/@headers(“port”)')).toBe('us/1234');
  });

  it('reads a header of the request where the answer has none of the name', () => {
    const requestHeaders = [
      { name: 'Test', value: 'of the request' },
      { name: 'X-Trace', value: '7' },
    ];
    const read = (template: string) => evaluatePolicyText(template, { ...scope, requestHeaders });
    expect(read("@headers('x-trace')@headers('test')@headers('gone','-')")).toBe('7foo-');
  });

  it('lets no value climb in the path that a policy makes', () => {
    const route = findPolicyTemplate('routerequesttoendpoint');
    const message = {
      side: 'request',
      method: 'GET',
      baseUrl: 'https://x.example',
      path: '/a',
      query: [],
    } as const;
    for (const site of ['..', '../admin', 'a/../../admin', 'a\\..\\b']) {
      const run = () => [
        ...runPolicies(
          { ...message, headers: [], body: undefined, bodyIsJson: false, statusCode: 0 },
          [
            {
              template: 'routerequesttoendpoint',
              title: '',
              section: 'request',
              parameters: { newPath: "/sites/@connectionParameters('site')" },
              supported: route !== undefined,
            },
          ],
          { values: { site }, inputs: {} },
        ),
      ];
      expect(run, site).toThrow(/'\.' or '\.\.'/);
    }
  });

  it('is secret as soon as a secret took part', () => {
    const value = evaluate("Token @connectionParameters('key')");
    expect(value).toBeInstanceOf(Secret);
    expect(String(value)).not.toContain('s3cret');
  });
});

describe('policies', () => {
  it('overrides, skips or appends a header', () => {
    const before = [{ name: 'Test', value: 'foo' }];
    expect(setHeaderEntry(before, 'test', 'moo', 'override')).toEqual([{ name: 'test', value: 'moo' }]);
    expect(setHeaderEntry(before, 'test', 'moo', 'skip')).toEqual(before);
    expect(setHeaderEntry(before, 'test', 'moo', 'append')).toHaveLength(2);
  });

  it('reads templates whatever their case, and an empty list of operations as all', () => {
    const policyTemplateInstances: Json = [
      {
        templateId: 'SetHeader',
        parameters: { 'x-ms-apimTemplate-operationName': [], 'x-ms-apimTemplate-policySection': 'Response' },
      },
      { templateId: 'madeup', parameters: {} },
      'nonsense',
    ];
    expect(readPolicies({ policyTemplateInstances })).toMatchObject([
      { template: 'setheader', section: 'response', supported: true, operationIds: undefined },
      { template: 'madeup', supported: false },
    ]);
  });

  it('sets headers of answers, those of failures only on failures', () => {
    const [operation] = compileDocument('glasshouse/').operations;
    if (operation === undefined) throw new Error('no operation');
    const step = (section: PolicyStep['section'], value: string): PolicyStep => ({
      template: 'setheader',
      title: '',
      section,
      supported: true,
      parameters: { name: `X-${section}`, value },
    });
    const policies = [step('response', "@connectionParameters('key')"), step('failure', "@body()['code']")];
    const answer = (statusCode: number) =>
      applyResponsePolicies(
        { statusCode, headers: {}, body: { code: 'E1' } },
        { operation: { ...operation, policies }, values: scope.values },
      ).headers;
    expect(Object.keys(answer(200))).toEqual(['x-response']);
    expect(answer(500)['x-failure']).toBe('E1');
    expect(JSON.stringify(answer(200))).not.toContain('s3cret');
  });
});
