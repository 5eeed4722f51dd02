import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { endpoints, type OperationTest } from '../../src/api/index.ts';
import type { JsonObject } from '../../src/base/index.ts';
import { applyEdit, type ConnectorDefinition } from '../../src/connector/index.ts';
import { serve, type TestServer } from '../servers.ts';
import { startTestProduct, type TestProduct } from './start-product.ts';

/**
 * Services that refuse, each for its reason: what a test says of the refusal, and that the button which is offered mends
 * it, through the whole product.
 */

let patchbay: TestProduct;
let server: TestServer;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let seen: string[] = [];

beforeAll(async () => {
  patchbay = await startTestProduct();
  server = await serve((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await patchbay.client.call(endpoints.updateAllowedHosts, { body: { hosts: [server.host] } });
});

afterEach(() => {
  seen = [];
});

afterAll(async () => {
  await patchbay?.stop();
  await server?.close();
});

function say(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text);
}

interface Service {
  readonly base?: string;
  readonly path?: string;
  readonly method?: string;
  readonly others?: readonly string[];
  readonly servers?: readonly string[];
  readonly bodyType?: string;
}

function describeService(service: Service) {
  const { base = '', path = '/track', method = 'get', others = [], servers = [], bodyType } = service;
  const responses = { '200': { description: 'ok' } };
  const requestBody = bodyType && {
    content: { [bodyType]: { schema: { type: 'object', properties: { n: { type: 'string' } } } } },
  };
  const rest = others.map((one, index) => [one, { get: { operationId: `Other${index}`, responses } }]);
  return {
    openapi: '3.0.3',
    info: { title: 'Refusing', version: '1' },
    servers: [`${server.url}${base}`, ...servers.map((one) => `${server.url}${one}`)].map((url) => ({ url })),
    security: [{ key: [] }],
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'API-Key' } } },
    paths: {
      [path]: { [method]: { operationId: 'Track', responses, ...(requestBody && { requestBody }) } },
      ...Object.fromEntries(rest),
    },
  };
}

/** Makes the connector, as a draft of its own, and tries it. */
async function tryOut(service: Service = {}) {
  const { client } = patchbay;
  const draft = await client.call(endpoints.createConnectorDraft, {
    body: { text: JSON.stringify(describeService(service)) },
  });
  const { id: connectionId } = await client.call(endpoints.createConnection, {
    body: { connectorId: draft.id, draftId: draft.id, parameters: { api_key: 'k-1234567890' } },
  });
  seen = [];
  const again = () =>
    client.call(endpoints.testOperation, {
      params: { id: connectionId, operationId: 'Track' },
      body: { draftId: draft.id, parameters: service.bodyType ? { body: { n: '1' } } : {} },
    });
  return { draft, connectionId, again, ...(await again()) };
}

type Tried = Awaited<ReturnType<typeof tryOut>>;

/** What the button of a cause does, then the same test once more. */
async function mend({ draft, again, causes }: Tried, id: string): Promise<OperationTest> {
  const fix = causes.find((cause) => cause.id === id)?.fix;
  if (fix?.kind !== 'definition') throw new Error(`${id} offers no change of the definition.`);
  const definition = applyEdit(draft.definition as unknown as ConnectorDefinition, fix.edit);
  await patchbay.client.call(endpoints.updateConnectorDraft, {
    params: { id: draft.id },
    body: { definition: definition as unknown as JsonObject },
    ifMatch: draft.revision,
  });
  return again();
}

/** Answers 200 to one request line, and as it is told to all others. */
function knowOnly(line: string, otherwise: (response: ServerResponse) => void) {
  answer = (request, response) => {
    if (`${request.method} ${request.url}` === line) say(response, 200, { ok: true });
    else otherwise(response);
  };
}

const notFound = (response: ServerResponse) => say(response, 404, { error: 'not found' });

test('403: a scope that the sign-in lacks, an address that is not admitted, an account that may not', async () => {
  const challenge = { 'www-authenticate': 'Bearer error="insufficient_scope", scope="parcels:write"' };
  answer = (_request, response) => say(response, 403, {}, challenge);
  expect((await tryOut()).causes[0]).toMatchObject({
    id: 'missing-scope',
    title: 'The sign-in lacks the permission (scope) parcels:write.',
    fix: { kind: 'sign-in' },
  });
  answer = (_request, response) => say(response, 403, { message: 'Your IP is not on the whitelist' });
  expect((await tryOut()).causes[0]).toMatchObject({ id: 'address-not-admitted' });
  answer = (_request, response) => say(response, 403, { message: 'Only managers may look' });
  const { causes } = await tryOut();
  expect(causes[0]).toMatchObject({ id: 'not-permitted', fix: { kind: 'connection' } });
  expect(causes[0]?.evidence).toContain('“Only managers may look”');
});

test('404: the base URL and the path say the same segment, and the button takes one away', async () => {
  knowOnly('GET /v1/track', notFound);
  const tried = await tryOut({ base: '/v1', path: '/v1/track' });
  expect(seen).toEqual(['GET /v1/v1/track']);
  expect(tried.causes[0]).toMatchObject({
    id: 'base-path-twice',
    title: 'The path goes through “v1” twice.',
    fix: { label: `Set the base URL to ${server.url}` },
  });
  expect(await mend(tried, 'base-path-twice')).toMatchObject({ ok: true });
  expect(seen.at(-1)).toBe('GET /v1/track');
});

test('404: the document names another base path on the same host', async () => {
  knowOnly('GET /api/v2/track', notFound);
  const tried = await tryOut({ base: '/v2', servers: ['/api/v2'] });
  expect(tried.causes[0]).toMatchObject({
    id: 'other-base-path',
    evidence: `The call went to ${server.url}/v2/track, and the document also names ${server.url}/api/v2.`,
    fix: { kind: 'connection', parameter: 'server_url' },
  });
  await patchbay.client.call(endpoints.updateConnection, {
    params: { id: tried.connectionId },
    body: { parameters: { server_url: `${server.url}/api/v2` } },
  });
  expect(await tried.again()).toMatchObject({ ok: true });
});

test('404: the service names a version that the address lacks', async () => {
  knowOnly('GET /v3/track', (response) => say(response, 404, { hint: 'see https://docs/v3/track' }));
  const tried = await tryOut();
  expect(tried.causes[0]).toMatchObject({ id: 'version-missing', certainty: 'likely' });
  expect(await mend(tried, 'version-missing')).toMatchObject({ ok: true });
});

test('404: the other paths end in a slash, and this one does not; or it does, and must not', async () => {
  knowOnly('GET /v1/track/', notFound);
  const lacking = await tryOut({ base: '/v1', others: ['/labels/', '/rates/', '/orders'] });
  expect(lacking.causes[0]).toMatchObject({
    id: 'slash-missing',
    evidence: '2 of the 3 other operations have paths that end in a slash; /track does not.',
  });
  expect(await mend(lacking, 'slash-missing')).toMatchObject({ ok: true });
  knowOnly('GET /v1/track', notFound);
  const trailing = await tryOut({ base: '/v1', path: '/track/' });
  expect(trailing.causes.map(({ id }) => id)).toContain('trailing-slash');
  expect(await mend(trailing, 'trailing-slash')).toMatchObject({ ok: true });
});

test('404 as a web page: the base URL leads to the web site', async () => {
  answer = (_request, response) =>
    say(response, 404, '<!doctype html><title>Parcels for you</title>', { 'content-type': 'text/html' });
  const { causes } = await tryOut({ base: '/v1' });
  expect(causes[0]).toMatchObject({
    id: 'web-site-answers',
    evidence: `${server.host} answered 404 with a web page titled “Parcels for you”.`,
  });
});

test('405: the method that the answer allows is set', async () => {
  knowOnly('POST /track', (response) => say(response, 405, {}, { allow: 'POST, OPTIONS' }));
  const tried = await tryOut();
  expect(tried.causes[0]).toMatchObject({
    id: 'method-not-allowed',
    certainty: 'certain',
    evidence: "The answer's Allow header names POST.",
    fix: { label: 'Change the method to POST' },
  });
  expect(await mend(tried, 'method-not-allowed')).toMatchObject({ ok: true });
});

test('415: the body is sent as the answer asks for it', async () => {
  const types: (string | undefined)[] = [];
  answer = (request, response) => {
    types.push(request.headers['content-type']);
    const isForm = request.headers['content-type'] === 'application/x-www-form-urlencoded';
    if (isForm) say(response, 200, { ok: true });
    else say(response, 415, {}, { 'accept-post': 'application/x-www-form-urlencoded' });
  };
  const tried = await tryOut({ method: 'post', bodyType: 'application/json' });
  expect(tried.causes[0]).toMatchObject({
    id: 'body-type-refused',
    certainty: 'certain',
    fix: { label: 'Send application/x-www-form-urlencoded' },
  });
  await mend(tried, 'body-type-refused');
  expect(types.at(-1)).toBe('application/x-www-form-urlencoded');
});

/** The making of a connection goes well: what comes after it is what counts. */
function failLater(fail: (response: ServerResponse) => void) {
  let calls = 0;
  answer = (_request, response) => {
    calls += 1;
    if (calls === 1) say(response, 200, {});
    else fail(response);
  };
}

test('429: how long to wait, that it is kept to, and a quota that is used up', async () => {
  failLater((response) => say(response, 429, {}, { 'retry-after': '3600', 'x-ratelimit-limit': '60' }));
  const often = await tryOut();
  expect(often.causes[0]).toMatchObject({ id: 'too-many-calls', certainty: 'certain' });
  expect(often.causes[0]?.evidence).toContain('asks to wait 3600 s. x-ratelimit-limit is 60.');
  const calls = seen.length;
  expect((await often.again()).causes[0]).toMatchObject({ id: 'waiting-for-service' });
  expect(seen).toHaveLength(calls);
  const words = { message: 'Monthly quota of your plan exceeded' };
  failLater((response) => say(response, 429, words, { 'retry-after': '3600' }));
  expect((await tryOut()).causes[0]).toMatchObject({ id: 'quota-used-up' });
});

test.each([
  [500, 'service-failed'],
  [501, 'service-failed'],
  [502, 'service-behind-proxy'],
  [503, 'service-unavailable'],
  [504, 'service-behind-proxy'],
])('%i is told apart from a fault of the connector', async (status, id) => {
  failLater((response) => say(response, status, { message: 'Boom' }, { 'retry-after': '3600' }));
  const { causes } = await tryOut();
  expect(causes[0]).toMatchObject({ id, certainty: 'likely' });
  expect(causes[0]?.evidence).toBe(`${server.host} answered ${status}. It says “Boom”.`);
});
