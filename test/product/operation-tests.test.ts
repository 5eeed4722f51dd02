import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import { ApiError } from '../../src/client/index.ts';
import { applyEdit, type ConnectorDefinition } from '../../src/connector/index.ts';
import { startTestProduct, type TestProduct } from './start-product.ts';

const KEY = 'live_0123456789abcdef';

let patchbay: TestProduct;
let server: Server;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let connectorId: string;
let connectionId: string;

beforeAll(async () => {
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  patchbay = await startTestProduct();
  await patchbay.client.call(endpoints.updateAllowedHosts, { body: { hosts: [host] } });
  answer = (_request, response) => send(response, 200, { city: 'Delft' });
  const { connector } = await patchbay.client.call(endpoints.importConnector, {
    body: { text: JSON.stringify(document(`http://${host}`)) },
  });
  connectorId = connector?.id ?? '';
  const body = { connectorId, name: 'Mine', parameters: { api_key: KEY } };
  connectionId = (await patchbay.client.call(endpoints.createConnection, { body })).id;
});

beforeEach(() => {
  answer = (_request, response) => send(response, 200, { city: 'Delft' });
});

afterAll(async () => {
  await patchbay?.stop();
  server?.closeAllConnections();
  server?.close();
});

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

function document(url: string) {
  const schema = { type: 'object', required: ['city'], properties: { city: { type: 'string' } } };
  const responses = { '200': { description: 'ok', content: { 'application/json': { schema } } } };
  const parameters = [{ name: 'number', in: 'query', required: true, schema: { type: 'string' } }];
  return {
    openapi: '3.0.3',
    info: { title: 'Parcel tracks', version: '1' },
    servers: [{ url }],
    security: [{ key: [] }],
    components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'API-Key' } } },
    paths: {
      '/track': { get: { operationId: 'Track', parameters, responses } },
      '/wipe': { post: { operationId: 'Wipe', 'x-ms-require-user-confirmation': true, responses } },
    },
  };
}

function run(
  parameters: Record<string, string> = { number: '1Z' },
  others: object = {},
  operationId = 'Track',
) {
  const params = { id: connectionId, operationId };
  return patchbay.client.call(endpoints.testOperation, { params, body: { parameters, ...others } });
}

test('a test tells the request after each step, as it was sent, and what it took', async () => {
  const result = await run();
  expect(result).toMatchObject({
    ok: true,
    answer: { statusCode: 200, body: { city: 'Delft' }, truncated: false },
  });
  expect(result.steps.map(({ step }) => step)).toEqual(
    expect.arrayContaining(['inputs', 'request', 'credentials', 'send', 'decode']),
  );
  const [exchange] = result.exchanges;
  expect(exchange?.request).toMatchObject({
    method: 'GET',
    headers: { accept: 'application/json, */*;q=0.8' },
  });
  expect(exchange?.request.url).toMatch(/\/track\?number=1Z$/);
  expect(exchange?.timings?.firstByteMs).toBeGreaterThan(0);
  expect(typeof exchange?.timings?.reused).toBe('boolean');
  expect(result.causes).toEqual([]);
  expect(JSON.stringify(result)).not.toContain(KEY);
});

test('a key that the service repeats stands nowhere in the answer', async () => {
  answer = (request, response) =>
    send(response, 401, { got: request.headers['api-key'] }, { 'x-got': String(request.headers['api-key']) });
  const result = await run();
  expect(result.ok).toBe(false);
  expect(JSON.stringify(result)).not.toContain(KEY);
});

test('a refusal is explained from what was sent and what is asked for', async () => {
  answer = (_request, response) => send(response, 401, {}, { 'www-authenticate': 'Bearer realm="tracks"' });
  const { ok, causes } = await run();
  expect(ok).toBe(false);
  expect(causes[0]).toMatchObject({
    id: 'key-wants-bearer',
    certainty: 'certain',
    fix: { kind: 'definition', edit: { edit: 'use-bearer', scheme: 'key' } },
  });
});

test('a service that hangs up is explained, and no answer is made up', async () => {
  answer = (request) => request.socket.destroy();
  const result = await run();
  expect(result.answer).toBeUndefined();
  expect(result.causes[0]?.id).toBe('connection-lost');
  expect(result.exchanges[0]?.failure).toMatchObject({ code: 'CONNECTION_RESET', phase: 'headers' });
});

test('an address in a private network is explained with the host to allow', async () => {
  const { hosts } = await patchbay.client.call(endpoints.getAllowedHosts);
  await patchbay.client.call(endpoints.updateAllowedHosts, { body: { hosts: [] } });
  const { causes } = await run();
  expect(causes[0]).toMatchObject({ id: 'address-not-allowed', fix: { kind: 'allow-host', host: hosts[0] } });
  await patchbay.client.call(endpoints.updateAllowedHosts, { body: { hosts } });
});

test('a difference from the schema is mended in a draft, and the draft is tested as it stands', async () => {
  answer = (_request, response) => send(response, 200, { city: null, carrier: 'ups' });
  const { differences } = await run();
  expect(differences.map(({ kind, pointer }) => [kind, pointer])).toEqual([
    ['null', '/city'],
    ['extra', '/carrier'],
  ]);
  const draft = await patchbay.client.call(endpoints.createConnectorDraft, { body: { connectorId } });
  let definition = draft.definition as ConnectorDefinition;
  for (const { fix } of differences) if (fix) definition = applyEdit(definition, fix.edit);
  const { id } = draft;
  await patchbay.client.call(endpoints.updateConnectorDraft, {
    params: { id },
    body: { definition },
    ifMatch: draft.revision,
  });
  expect((await run(undefined, { draftId: id })).differences).toEqual([]);
  expect((await run()).differences).toHaveLength(2);
  await patchbay.client.call(endpoints.deleteConnectorDraft, { params: { id } });
});

test("a draft's operations have their form, their lists and their check before it is saved", async () => {
  const { client } = patchbay;
  const draft = await client.call(endpoints.createConnectorDraft, { body: { connectorId } });
  const definition = structuredClone(draft.definition) as ConnectorDefinition;
  const paths = definition.openapi['paths'] as Record<string, { get: Record<string, unknown> }>;
  const carrier = {
    name: 'carrier',
    in: 'query',
    required: true,
    schema: { type: 'string' },
    'x-ms-dynamic-values': { operationId: 'Carriers', 'value-path': 'id', 'value-title': 'name' },
  };
  const parameters = paths['/track']?.get['parameters'];
  if (!Array.isArray(parameters)) throw new Error('Track has no parameters.');
  parameters.push(carrier);
  paths['/carriers'] = { get: { operationId: 'Carriers', responses: { '200': { description: 'ok' } } } };
  await client.call(endpoints.updateConnectorDraft, {
    params: { id: draft.id },
    body: { definition },
    ifMatch: draft.revision,
  });
  const params = { id: draft.id, operationId: 'Track' };
  const operation = await client.call(endpoints.getDraftOperation, { params });
  expect(operation.parameters.map(({ name }) => name)).toEqual(['number', 'carrier']);
  const saved = { id: connectorId, operationId: 'Track' };
  const body = { parameters: { number: '1Z' }, draftId: draft.id };
  const { problems } = await client.call(endpoints.checkOperationInputs, { params: saved, body });
  expect(problems.map(({ pointer }) => pointer)).toEqual(['/carrier']);

  answer = (_request, response) => send(response, 200, [{ id: 'ups', name: 'United Parcel' }]);
  const question = { pointer: '/carrier', inputs: { number: '1Z' } };
  const asked = { id: connectionId, operationId: 'Track' };
  const { options } = await client.call(endpoints.readDynamicContent, {
    params: asked,
    body: { ...question, draftId: draft.id },
  });
  expect(options).toEqual([{ value: 'ups', title: 'United Parcel' }]);
  await expect(
    client.call(endpoints.readDynamicContent, { params: asked, body: question }),
  ).rejects.toMatchObject({ code: 'NothingDynamic' });
  await client.call(endpoints.deleteConnectorDraft, { params: { id: draft.id } });
  await expect(client.call(endpoints.getDraftOperation, { params })).rejects.toMatchObject({ status: 404 });
});

test("a draft of another connector is not found, neither for a form's lists nor for its check", async () => {
  const { client } = patchbay;
  const draft = await client.call(endpoints.createConnectorDraft, { body: { copyOf: connectorId } });
  const draftId = draft.id;
  const params = { id: connectionId, operationId: 'Track' };
  const refused = await Promise.allSettled([
    client.call(endpoints.readDynamicContent, { params, body: { pointer: '/number', draftId } }),
    client.call(endpoints.testOperation, { params, body: { draftId } }),
    client.call(endpoints.checkOperationInputs, {
      params: { id: connectorId, operationId: 'Track' },
      body: { draftId },
    }),
  ]);
  expect(refused).toMatchObject(
    Array.from({ length: 3 }, () => ({ status: 'rejected', reason: { status: 404 } })),
  );
  await client.call(endpoints.deleteConnectorDraft, { params: { id: draftId } });
});

test('tests are remembered with who, what and why; credentials among the inputs are not', async () => {
  await run({ number: '1Z', api_key: 'topsecret-value' });
  const { value } = await patchbay.client.call(endpoints.listConnectorTests, {
    params: { id: connectorId },
    query: { operationId: 'Track', limit: 1 },
  });
  expect(value).toMatchObject([
    {
      operationId: 'Track',
      connectionId,
      connectionName: 'Mine',
      ok: false,
      connectorVersion: 1,
    },
  ]);
  expect(value[0]?.cause).toBeTruthy();
  expect(JSON.stringify(value)).not.toContain('topsecret-value');
  const none = await patchbay.client.call(endpoints.listConnectorTests, {
    params: { id: connectorId },
    query: { operationId: 'Wipe' },
  });
  expect(none.value).toEqual([]);
});

test('a check holds as long as its expectations do', async () => {
  const expectations = { status: 200, schema: true, equals: [{ pointer: '/city', value: 'Delft' }] };
  const body = {
    connectionId,
    operationId: 'Track',
    name: 'Track a parcel',
    inputs: { number: '1Z' },
    expectations,
  };
  const { id } = await patchbay.client.call(endpoints.createConnectorCheck, {
    params: { id: connectorId },
    body,
  });
  const good = await patchbay.client.call(endpoints.runConnectorCheck, { params: { id } });
  expect(good.result).toMatchObject({ ok: true, problems: [], statusCode: 200 });
  answer = (_request, response) => send(response, 200, { city: 'Breda' });
  const bad = await patchbay.client.call(endpoints.runConnectorCheck, { params: { id } });
  expect(bad.result).toMatchObject({ ok: false, problems: ['/city is "Breda", not "Delft".'] });
  const { value } = await patchbay.client.call(endpoints.listConnectorChecks, {
    params: { id: connectorId },
  });
  expect(value).toEqual([bad]);
  await patchbay.client.call(endpoints.deleteConnectorCheck, { params: { id } });
});

test('a check keeps no credential', async () => {
  const body = {
    connectionId,
    operationId: 'Track',
    name: 'x',
    inputs: { number: '1', password: 'hunter2hunter2' },
    expectations: {},
  };
  const error = await patchbay.client
    .call(endpoints.createConnectorCheck, { params: { id: connectorId }, body })
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ApiError);
});

test('an operation that asks for a person is not called without one', async () => {
  await expect(run({}, {}, 'Wipe')).rejects.toThrow('a person agrees');
});
