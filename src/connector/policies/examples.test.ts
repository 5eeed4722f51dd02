import { describe, expect, it } from 'vitest';
import { compileDocument } from '../../../test/documents/read.ts';
import type { Json } from '../../base/index.ts';
import { finishRequest } from '../request/finish-request.ts';
import type { HttpRequestPlan, QueryEntry } from '../request-types.ts';
import type { CompiledOperation, PolicyStep } from '../types.ts';
import { runRequestPolicies } from './apply-request-policies.ts';
import { runResponsePolicies } from './apply-response-policies.ts';
import { checkPolicy } from './check-policy.ts';
import { POLICY_TEMPLATES } from './policy-templates.ts';
import type { ExampleMessage, PolicyAnswer, PolicyExample, PolicyTemplate } from './policy-types.ts';

const connector = compileDocument('glasshouse/');
const HOST = 'https://api.contoso.com';

const EXAMPLES = POLICY_TEMPLATES.flatMap((template) =>
  template.examples.map((example) => [template.templateId, example.title, template, example] as const),
);

describe('every documented example', () => {
  it.each(EXAMPLES)('%s: %s', (_id, _title, template, example) => {
    expect(checkPolicy(toStep(template, example))).toEqual([]);
    const after =
      example.section === 'request' ? runRequest(template, example) : runResponse(template, example);
    const { url, headers = {}, ...rest } = example.after;
    expect(after).toMatchObject({ ...rest, ...(url === undefined ? {} : { url: expandUrl(url) }) });
    const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
    expect(after.headers).toMatchObject(Object.fromEntries(lower));
    if (rest.body !== undefined) expect(after.body).toEqual(rest.body);
  });

  it('is there for each template, and each parameter tells what it is', () => {
    for (const template of POLICY_TEMPLATES) {
      expect(template.examples.length, template.templateId).toBeGreaterThan(0);
      expect(template.description).toMatch(/\.$/);
      for (const parameter of template.parameters) expect(parameter.description).toMatch(/\.$/);
    }
  });
});

function runRequest(template: PolicyTemplate, example: PolicyExample) {
  const { inputs = {}, connection = {}, answer } = example;
  const work = runRequestPolicies(
    toPlan(example.before),
    { connector, operation: operationWith(toStep(template, example)), values: connection },
    { parameters: inputs, body: example.before.body, unknown: [] },
  );
  const plan = drive(work, answer);
  const { method, url, headers } = finishRequest(plan);
  return { method, url, headers, body: plan.body?.kind === 'json' ? plan.body.value : null };
}

function runResponse(template: PolicyTemplate, example: PolicyExample) {
  const { before, connection = {}, answer, location } = example;
  const { statusCode = 200, headers = {}, body = null } = before;
  const work = runResponsePolicies(
    { statusCode, headers, body },
    { operation: operationWith(toStep(template, example)), values: connection },
    { request: toPlan({ ...before, headers: {} }), ...(location === undefined ? {} : { location }) },
  );
  return drive(work, answer);
}

function drive<Result>(
  work: Generator<HttpRequestPlan, Result, PolicyAnswer | undefined>,
  answer: Json | undefined,
): Result {
  let turn = work.next();
  while (turn.done !== true) {
    turn = work.next(answer === undefined ? undefined : { statusCode: 200, body: answer });
  }
  return turn.value;
}

function toStep({ templateId }: PolicyTemplate, { section, parameters }: PolicyExample): PolicyStep {
  return { template: templateId, title: '', section, parameters, supported: true };
}

function operationWith(step: PolicyStep): CompiledOperation {
  const [operation] = connector.operations;
  if (operation === undefined) throw new Error('the document has operations');
  return { ...operation, policies: [step] };
}

function expandUrl(url: string): string {
  return url.startsWith('/') ? `${HOST}${url}` : url;
}

function toPlan({ method = 'GET', url = '/', headers = {}, body }: ExampleMessage): HttpRequestPlan {
  const { origin, pathname, search } = new URL(expandUrl(url));
  const isVersioned = !url.startsWith('/') && pathname.startsWith('/v1');
  return {
    method,
    baseUrl: isVersioned ? `${origin}/v1` : origin,
    path: isVersioned ? pathname.slice(3) : pathname,
    query: toQuery(search),
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    cookies: [],
    ...(body === undefined ? {} : { body: { kind: 'json', value: body }, mediaType: 'application/json' }),
  };
}

function toQuery(search: string): QueryEntry[] {
  return [...new URLSearchParams(search)].map(([name, value]) => ({ name, value }));
}
