import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import type { JsonObject } from '../../src/base/index.ts';
import type { Client } from '../../src/client/index.ts';
import { serve, type TestServer } from '../servers.ts';
import { startTestProduct, type TestProduct } from './start-product.ts';
import { createEve, describeApi } from './stranger.ts';

let patchbay: TestProduct;
/** Somebody who may change connectors, as everybody may, and made no connection. */
let eve: Client;
let service: TestServer;
let thief: TestServer;
const stolen: string[] = [];
const asked: string[] = [];

beforeAll(async () => {
  patchbay = await startTestProduct();
  const listen = (seen: string[]) =>
    serve((request, response) => {
      seen.push(`${request.url} ${request.headers['x-key'] ?? ''}`);
      response.setHeader('content-type', 'application/json').end('{"ok":true}');
    });
  [service, thief] = await Promise.all([listen(asked), listen(stolen)]);
  await patchbay.client.call(endpoints.updateAllowedHosts, { body: { hosts: [service.host, thief.host] } });
  eve = await createEve(patchbay);
});
afterAll(async () => {
  await patchbay?.stop();
  await Promise.all([service?.close(), thief?.close()]);
});
beforeEach(() => {
  stolen.length = 0;
  asked.length = 0;
});

async function importApi(document: JsonObject): Promise<string> {
  const body = { fileName: 'api.json', text: JSON.stringify(document) };
  const { connector } = await patchbay.client.call(endpoints.importConnector, { body });
  return connector?.id ?? '';
}

async function connect(document = describeApi(service.url), values: JsonObject = {}) {
  const connectorId = await importApi(document);
  const body = { connectorId, parameters: { api_key: 'the key of Ada', ...values } };
  const { id } = await patchbay.client.call(endpoints.createConnection, { body });
  return { connectorId, id };
}

async function save(connectorId: string, document: JsonObject, by: Client = eve): Promise<void> {
  const { latestVersion } = await by.call(endpoints.getConnector, { params: { id: connectorId } });
  await by.call(endpoints.updateConnector, {
    params: { id: connectorId },
    body: { fileName: 'api.json', text: JSON.stringify(document) },
    ifMatch: latestVersion,
  });
}

const call = (id: string, by = patchbay.client) =>
  by.call(endpoints.callOperation, { params: { id, operationId: 'GetMe' }, body: {} });
const read = (id: string) => patchbay.client.call(endpoints.getConnection, { params: { id } });
const addressesOf = (id: string, by = patchbay.client) =>
  by.call(endpoints.listConnectionAddresses, { params: { id } });
const confirm = (id: string, addresses: string[], by = patchbay.client) =>
  by.call(endpoints.confirmConnectionAddresses, { params: { id }, body: { addresses } });

test('a version that somebody else points elsewhere gets no credentials until the owner confirms the host', async () => {
  const { connectorId, id } = await connect();
  await save(connectorId, describeApi(thief.url));
  expect(await read(id)).toMatchObject({
    status: 'error',
    statusDetail: { code: 'NeedsConfirmation', message: expect.stringContaining(thief.url) },
  });
  await expect(call(id, eve)).rejects.toMatchObject({
    code: 'NeedsConfirmation',
    message: `Orders sends to ${thief.url}, for which the connection Orders was not made, so its credentials are not sent there.`,
  });
  const tested = await eve.call(endpoints.testConnection, { params: { id } });
  expect(tested.statusDetail?.code).toBe('NeedsConfirmation');
  expect(await addressesOf(id, eve)).toEqual({
    confirmed: [service.url],
    unconfirmed: [thief.url],
    mayConfirm: false,
  });
  await expect(confirm(id, [thief.url], eve)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(stolen).toEqual([]);

  const confirmed = await confirm(id, [thief.url]);
  expect(confirmed).toMatchObject({ unconfirmed: [], mayConfirm: true });
  expect((await read(id)).status).toBe('connected');
  await call(id);
  expect(stolen.at(-1)).toBe('/me the key of Ada');
});

test('a version that goes back makes the mark go away, one that was pinned goes on', async () => {
  const { connectorId, id } = await connect();
  await save(connectorId, describeApi(thief.url));
  await patchbay.client.call(endpoints.callOperation, {
    params: { id, operationId: 'GetMe' },
    body: { version: 1 },
  });
  await save(connectorId, describeApi(service.url));
  expect((await read(id)).status).toBe('connected');
  await call(id);
  expect(asked.at(-1)).toBe('/me the key of Ada');
  expect(stolen).toEqual([]);
});

test('whoever saves a version takes their own connections along', async () => {
  const { connectorId, id } = await connect();
  await save(connectorId, describeApi(thief.url), patchbay.client);
  await call(id);
  expect(stolen.at(-1)).toBe('/me the key of Ada');
});

test('a draft that anybody may write is not tried with somebody else’s credentials elsewhere', async () => {
  const { connectorId, id } = await connect();
  const draft = await eve.call(endpoints.createConnectorDraft, { body: { connectorId } });
  const definition = {
    openapi: describeApi(thief.url),
    properties: {},
    source: { format: 'openapi-3.1', fileName: null },
    files: {},
  };
  await eve.call(endpoints.updateConnectorDraft, {
    params: { id: draft.id },
    body: { definition },
    ifMatch: draft.revision,
  });
  const tried = eve.call(endpoints.callDraftOperation, {
    params: { id: draft.id, operationId: 'GetMe' },
    body: { connectionId: id },
  });
  await expect(tried).rejects.toMatchObject({ code: 'NeedsConfirmation' });
  expect(stolen).toEqual([]);
  expect((await addressesOf(id)).unconfirmed).toEqual([thief.url]);
});

test.each<[string, (url: string) => JsonObject]>([
  [
    'the server of one operation',
    (url) => ({
      paths: {
        '/me': {
          get: { operationId: 'GetMe', servers: [{ url }], responses: { 200: { description: 'ok' } } },
        },
      },
    }),
  ],
  [
    'a variable of the server with another default',
    (url) => ({ servers: [{ url: 'http://{host}', variables: { host: { default: new URL(url).host } } }] }),
  ],
])('%s is an address too', async (_name, change) => {
  const { connectorId, id } = await connect();
  await save(connectorId, describeApi(service.url, change(thief.url)));
  await expect(call(id)).rejects.toMatchObject({ code: 'NeedsConfirmation' });
  expect(stolen).toEqual([]);
});

test('a policy that makes the host is one, also where only the call decides', async () => {
  const { connectorId, id } = await connect();
  const { latestVersion } = await patchbay.client.call(endpoints.getConnector, {
    params: { id: connectorId },
  });
  const properties = {
    policyTemplateInstances: [
      {
        templateId: 'dynamichosturl',
        title: 'Elsewhere',
        parameters: {
          'x-ms-apimTemplateParameter.urlTemplate': `http://@headers('x-host','${service.host}')`,
        },
      },
    ],
  };
  const definition = {
    openapi: describeApi(service.url),
    properties,
    source: { format: 'openapi-3.1', fileName: null },
    files: {},
  };
  await eve.call(endpoints.updateConnector, {
    params: { id: connectorId },
    body: { definition: definition as never },
    ifMatch: latestVersion,
  });
  await expect(call(id)).rejects.toMatchObject({ code: 'NeedsConfirmation' });
  expect(stolen).toEqual([]);
});

test('another value for a host does not take along secrets of somebody else, new secrets it does', async () => {
  const document = describeApi('http://{host}', {
    servers: [{ url: 'http://{host}', variables: { host: { default: '' } } }],
  });
  const { id } = await connect(document, { server_host: service.host });
  await call(id);
  const patch = (by: Client, parameters: JsonObject) =>
    by.call(endpoints.updateConnection, { params: { id }, body: { parameters } });
  const patched = await patch(eve, { server_host: thief.host });
  expect(patched.statusDetail?.code).toBe('NeedsConfirmation');
  await expect(call(id)).rejects.toMatchObject({ code: 'NeedsConfirmation' });
  expect(stolen).toEqual([]);
  await patch(eve, { server_host: thief.host, api_key: 'a key of Eve' });
  await call(id);
  expect(stolen.at(-1)).toBe('/me a key of Eve');
  // The owner decides, without asking themself.
  await patch(patchbay.client, { server_host: service.host });
  expect((await read(id)).status).toBe('connected');
});

test('only hosts that the connector asks for can be confirmed', async () => {
  const { id } = await connect();
  await expect(confirm(id, ['https://elsewhere.example'])).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});
