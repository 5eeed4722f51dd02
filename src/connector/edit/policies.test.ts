import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { findPolicyTemplate } from '../policies/policy-templates.ts';
import {
  addPolicy,
  checkPolicyField,
  deletePolicy,
  duplicatePolicy,
  listPolicies,
  movePolicy,
  setPolicyOperations,
  setPolicyParameter,
  setPolicySection,
  setPolicyTitle,
} from './policies.ts';
import { previewPolicy } from './preview-policy.ts';

const ANSWER = { type: 'object', properties: { marks: { type: 'object', properties: { a: { const: 1 } } } } };

function define(properties: JsonObject = {}): ConnectorDefinition {
  const responses = {
    '200': { description: 'OK', content: { 'application/json': { schema: ANSWER } } },
  };
  const openapi: JsonObject = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    servers: [{ url: 'https://api.shop.example/v1' }],
    paths: {
      '/orders': { get: { operationId: 'ListOrders', responses } },
      '/parcels': { get: { operationId: 'ListParcels', responses } },
    },
  };
  return {
    format: 'openapi3.1',
    openapi,
    properties,
    files: {},
    source: {},
  } as unknown as ConnectorDefinition;
}

function parameter(templateId: string, name: string) {
  const found = findPolicyTemplate(templateId)?.parameters.find((one) => one.name === name);
  if (found === undefined) throw new Error(`No parameter ${name}.`);
  return found;
}

/** A header `X-Shop: 7` on every request. */
function defineHeader(): ConnectorDefinition {
  const added = addPolicy(define(), 'setHeader');
  const named = setPolicyParameter(added, 0, parameter('setheader', 'name'), 'X-Shop');
  return setPolicyParameter(named, 0, parameter('setheader', 'value'), '7');
}

const instances = ({ properties }: ConnectorDefinition) =>
  properties['policyTemplateInstances'] as JsonObject[];
const titles = (definition: ConnectorDefinition) => listPolicies(definition).map(({ title }) => title);

describe('edits of policies', () => {
  it('writes a policy as a package has it', () => {
    const chosen = setPolicyOperations(defineHeader(), 0, ['ListParcels', 'Gone', 'ListOrders']);
    expect(instances(chosen)).toEqual([
      {
        templateId: 'setheader',
        title: 'Set HTTP header',
        parameters: {
          'x-ms-apimTemplateParameter.name': 'X-Shop',
          'x-ms-apimTemplateParameter.value': '7',
          'x-ms-apimTemplateParameter.existsAction': 'override',
          'x-ms-apimTemplate-policySection': 'Request',
          'x-ms-apimTemplate-operationName': ['ListOrders', 'ListParcels', 'Gone'],
        },
      },
    ]);
    expect(listPolicies(setPolicyOperations(chosen, 0, []))[0]?.operationIds).toEqual([]);
  });

  it('keeps the case of names that stand there, what it does not know, and what is no policy', () => {
    const unknown = { templateId: 'Mystery', title: 'Kept', parameters: { 'x-Other': 1 } };
    const odd = { templateId: 'setHeader', parameters: { 'X-MS-APIMTemplate-PolicySection': 'response' } };
    const definition = define({ policyTemplateInstances: [unknown, 'noise', odd] });
    const changed = setPolicySection(definition, 2, 'failure');
    expect(instances(changed)).toEqual([
      unknown,
      'noise',
      { ...odd, parameters: { 'X-MS-APIMTemplate-PolicySection': 'Failure' } },
    ]);
    expect(listPolicies(changed).map(({ index, template }) => [index, template?.templateId])).toEqual([
      [0, undefined],
      [2, 'setheader'],
    ]);
    expect(setPolicyTitle(definition, 1, 'x')).toEqual(definition);
  });

  it('writes whole numbers and objects as such, and says what is wrong with a field', () => {
    const template = 'setconnectionstatustounauthenticated';
    const status = parameter(template, 'statusCode');
    const added = addPolicy(define(), template);
    const check = (definition: ConnectorDefinition) =>
      listPolicies(definition).map((entry) => checkPolicyField(entry, status));
    expect(check(added)).toEqual(["The parameter 'statusCode' is missing."]);
    const typed = setPolicyParameter(added, 0, status, 'soon');
    expect(check(typed)).toEqual(["The parameter 'statusCode' must be a whole number."]);
    const right = setPolicyParameter(added, 0, status, '401');
    expect(check(right)).toEqual([undefined]);
    expect(instances(right)[0]?.['parameters']).toMatchObject({
      'x-ms-apimTemplateParameter.statusCode': 401,
    });
  });

  it('orders, copies and takes out; the last one takes the list with it', () => {
    const two = setPolicyTitle(addPolicy(defineHeader(), 'setqueryparameter'), 1, 'Second');
    expect(titles(movePolicy(two, 1, 0))).toEqual(['Second', 'Set HTTP header']);
    expect(titles(duplicatePolicy(two, 0))).toEqual(['Set HTTP header', 'Set HTTP header (copy)', 'Second']);
    expect(titles(deletePolicy(two, 0))).toEqual(['Second']);
    expect(deletePolicy(defineHeader(), 0).properties).toEqual({});
  });
});

describe('previewPolicy', () => {
  const preview = (definition: ConnectorDefinition, index = 0, operationId = 'ListOrders') =>
    previewPolicy(compileConnector(definition), index, operationId);

  it('shows a request before and after one policy, those before it done', () => {
    const twice = setPolicyParameter(
      duplicatePolicy(defineHeader(), 0),
      1,
      parameter('setheader', 'value'),
      "@headers('X-Shop')8",
    );
    const line = 'GET https://api.shop.example/v1/orders';
    expect(preview(twice)?.before).toContain(line);
    expect(preview(twice)?.before).not.toContain('X-Shop');
    expect(preview(twice)?.after).toContain('X-Shop: 7');
    expect(preview(twice, 1)?.before).toContain('X-Shop: 7');
    expect(preview(twice, 1)?.after).toContain('X-Shop: 78');
  });

  it('shows an answer, and nothing where the policy does not apply', () => {
    const template = 'convertobjecttoarray';
    let definition = setPolicySection(addPolicy(define(), template), 0, 'response');
    for (const [name, value] of [
      ['propertyParentPath', '@body()'],
      ['propertySubPath', 'marks'],
      ['newPropertyPath', '@body().list'],
    ] as const) {
      definition = setPolicyParameter(definition, 0, parameter(template, name), value);
    }
    expect(preview(definition)?.before).not.toContain('"list"');
    expect(preview(definition)?.after).toContain('"key": "a"');
    const chosen = setPolicyOperations(definition, 0, ['ListParcels']);
    expect(preview(chosen)).toBeUndefined();
    expect(preview(chosen, 0, 'ListParcels')?.after).toContain('"list"');
  });

  it('tells why no request can be made', () => {
    const host = setPolicyParameter(
      addPolicy(define(), 'dynamichosturl'),
      0,
      parameter('dynamichosturl', 'urlTemplate'),
      'https://a b',
    );
    expect(preview(host)?.problem).toMatch(/host|address|URL/i);
  });
});
