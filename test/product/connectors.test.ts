import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createShippingApp } from '../../samples/shipping/app.ts';
import { endpoints } from '../../src/api/index.ts';
import { ApiError } from '../../src/client/index.ts';
import { serve } from '../servers.ts';
import { connectShipping, readShippingDocument, SHIPPING_KEY } from './shipping.ts';
import { startTestProduct, type TestProduct } from './start-product.ts';

const ADDRESS = {
  name: 'Ada',
  street: 'St James 12',
  city: 'London',
  postal_code: 'SW1Y 4LB',
  country_code: 'GB',
};
const LABEL = { body: { ship_to: ADDRESS, package: { weight: { value: 1, unit: 'kilogram' } } } };

const shipping = createShippingApp();
let shippingUrl: string;
let patchbay: TestProduct;
let connectionId: string;

beforeAll(async () => {
  shippingUrl = await shipping.listen({ port: 0, host: '127.0.0.1' });
  patchbay = await startTestProduct();
  const body = { hosts: [new URL(shippingUrl).host] };
  await patchbay.client.call(endpoints.updateAllowedHosts, { body });
  connectionId = await connectShipping(patchbay.client, 'shipping', await readShippingDocument(shippingUrl));
});

beforeEach(() => admin('POST', 'reset'));

afterAll(async () => {
  await patchbay?.stop();
  shipping.server.closeAllConnections();
  await shipping.close();
});

function admin(method: 'POST' | 'PUT', path: string, payload?: object) {
  return shipping.inject({
    method,
    url: `/v1/admin/${path}`,
    headers: { 'x-api-key': SHIPPING_KEY },
    payload,
  });
}

/** The error of a call that must fail. */
async function refuse(call: Promise<unknown>): Promise<ApiError> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ApiError) return error;
  throw new Error('The call should have been refused.');
}

function callOperation(operationId: string, parameters: object = {}) {
  return patchbay.client.call(endpoints.callOperation, {
    params: { id: connectionId, operationId },
    body: { parameters: parameters as Record<string, never> },
  });
}

test('a connection works as soon as it is made, and its secret is never given back', async () => {
  const connection = await patchbay.client.call(endpoints.getConnection, { params: { id: connectionId } });
  expect(connection).toMatchObject({ status: 'connected', secrets: ['api_key'], parameters: {} });
  expect(JSON.stringify(connection)).not.toContain(SHIPPING_KEY);
});

test('an operation is called without a flow', async () => {
  const label = await callOperation('CreateLabel', LABEL);
  expect(label).toMatchObject({ statusCode: 201, body: { label_id: 'lb_1', status: 'accepted' } });
  const tracking = await callOperation('TrackLabel', { label_id: 'lb_1' });
  expect(tracking.body).toMatchObject({ tracking_number: 'SW000000001' });
});

test('an operation describes its inputs, with a sample that works', async () => {
  const connection = await patchbay.client.call(endpoints.getConnection, { params: { id: connectionId } });
  const params = { id: connection.connector.id, operationId: 'CreateLabel' };
  const operation = await patchbay.client.call(endpoints.getOperation, { params });
  expect(operation).toMatchObject({ method: 'POST', kind: 'action', connectorVersion: 1 });
  expect(operation.definitions).toHaveProperty('Address');
  expect((await callOperation('CreateLabel', operation.sample)).statusCode).toBe(201);
});

test('what goes wrong at the API is told with the likely cause and what it said', async () => {
  const missing = await refuse(callOperation('TrackLabel', { label_id: 'lb_77' }));
  expect(missing).toMatchObject({ status: 502, code: 'NotFound', upstream: { statusCode: 404 } });
  const invalid = await refuse(callOperation('TrackLabel', {}));
  expect(invalid).toMatchObject({ status: 400, code: 'InvalidInputs' });
  await admin('PUT', 'behaviour', { fail_next: { count: 1, status: 429, retry_after_seconds: 2 } });
  expect(await refuse(callOperation('ListCarriers'))).toMatchObject({ code: 'TooManyRequests' });
  await admin('PUT', 'behaviour', { broken_json_next: 1 });
  expect(await refuse(callOperation('ListCarriers'))).toMatchObject({ code: 'InvalidResponse' });
  const unknown = await refuse(callOperation('Teleport'));
  expect(unknown).toMatchObject({ status: 404, code: 'OperationNotFound' });
});

test('a wrong key is a connection in error that says what to do, and shows no key', async () => {
  const { connector } = await patchbay.client.call(endpoints.getConnection, { params: { id: connectionId } });
  const connection = await patchbay.client.call(endpoints.createConnection, {
    body: { connectorId: connector.id, name: 'Wrong', parameters: { api_key: 'wr0ng-key' } },
  });
  expect(connection).toMatchObject({ status: 'error', statusDetail: { code: 'Unauthorized' } });
  expect(connection.statusDetail?.fix).toBeDefined();
  expect(JSON.stringify(connection)).not.toContain('wr0ng-key');

  const mended = await patchbay.client.call(endpoints.updateConnection, {
    params: { id: connection.id },
    body: { parameters: { api_key: SHIPPING_KEY } },
  });
  expect(mended).toMatchObject({ status: 'connected' });
  expect(mended.statusDetail?.code).not.toBe('Unauthorized');
});

test('a connection with a parameter too few or too many is refused with its place', async () => {
  const { connector } = await patchbay.client.call(endpoints.getConnection, { params: { id: connectionId } });
  const connect = (parameters: Record<string, string>) =>
    refuse(
      patchbay.client.call(endpoints.createConnection, { body: { connectorId: connector.id, parameters } }),
    );
  expect(await connect({})).toMatchObject({ code: 'CONNECTION_PARAMETERS', pointer: '/parameters/api_key' });
  expect(await connect({ api_key: 'x', colour: 'red' })).toMatchObject({ pointer: '/parameters/colour' });
});

test('a host that nobody has allowed is not called', async () => {
  const other = createShippingApp();
  const url = await other.listen({ port: 0, host: '127.0.0.1' });
  try {
    const id = await connectShipping(patchbay.client, 'elsewhere', await readShippingDocument(url));
    const connection = await patchbay.client.call(endpoints.getConnection, { params: { id } });
    expect(connection).toMatchObject({ status: 'error', statusDetail: { code: 'AddressNotAllowed' } });
  } finally {
    await other.close();
  }
});

test('a web page is refused as a document, and a dry run makes nothing', async () => {
  const page = { text: '<!doctype html><html><body>Sign in</body></html>', fileName: 'openapi.yaml' };
  const refused = await refuse(patchbay.client.call(endpoints.importConnector, { body: page }));
  expect(refused).toMatchObject({ status: 422, code: 'DOCUMENT_REFUSED' });
  expect(refused.problems[0]?.code).toBe('CONNECTOR_HTML');
  const report = await patchbay.client.call(endpoints.importConnector, { body: { ...page, dryRun: true } });
  expect(report).toMatchObject({ ok: false, errors: [{ code: 'CONNECTOR_HTML' }] });

  const text = await readShippingDocument(shippingUrl);
  const before = (await patchbay.client.call(endpoints.listConnectors)).value.length;
  const dry = await patchbay.client.call(endpoints.importConnector, { body: { text, dryRun: true } });
  expect(dry).toMatchObject({ ok: true, title: 'Parcel Post', auth: ['apiKey'] });
  expect((await patchbay.client.call(endpoints.listConnectors)).value).toHaveLength(before);
});

test('a document is fetched from its address, where that is allowed', async () => {
  const document = await readFile(new URL('../../samples/shipping/openapi.yaml', import.meta.url), 'utf8');
  const host = await serve((_request, response) => {
    response.setHeader('content-type', 'application/yaml').end(document);
  });
  try {
    const body = { url: `${host.url}/openapi.yaml`, dryRun: true };
    const refused = await refuse(patchbay.client.call(endpoints.importConnector, { body }));
    expect(refused).toMatchObject({ status: 403, code: 'ADDRESS_NOT_ALLOWED' });
    const hosts = [new URL(shippingUrl).host, host.host];
    await patchbay.client.call(endpoints.updateAllowedHosts, { body: { hosts } });
    expect(await patchbay.client.call(endpoints.importConnector, { body })).toMatchObject({ ok: true });
  } finally {
    await host.close();
  }
});

test('a document of 20 MB is imported or refused in one piece', async () => {
  const description = 'x'.repeat(20 * 1024 * 1024);
  const text = JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Large', version: '1', description },
    paths: { '/a': { get: { operationId: 'A', responses: { 200: { description: 'ok' } } } } },
  });
  const report = await patchbay.client.call(endpoints.importConnector, { body: { text, dryRun: true } });
  expect(report).toMatchObject({ ok: true, title: 'Large' });
});

test('a connector is saved as its next version only by who has seen the last one', async () => {
  const { connector } = await patchbay.client.call(endpoints.getConnection, { params: { id: connectionId } });
  const text = (await readShippingDocument(shippingUrl)).replace(
    'title: Parcel Post',
    'title: Parcel Post 2',
  );
  const save = (ifMatch: number) =>
    patchbay.client.call(endpoints.updateConnector, {
      params: { id: connector.id },
      body: { text, note: 'Renamed' },
      ifMatch,
    });
  expect(await save(1)).toMatchObject({ ok: true, connector: { latestVersion: 2, title: 'Parcel Post 2' } });
  expect(await refuse(save(1))).toMatchObject({ status: 412, code: 'STORE_VERSION_CONFLICT' });
  const versions = await patchbay.client.call(endpoints.listConnectorVersions, {
    params: { id: connector.id },
  });
  expect(versions.value.map(({ version, note }) => [version, note])).toEqual([
    [2, 'Renamed'],
    [1, undefined],
  ]);
  const first = await patchbay.client.call(endpoints.getConnectorVersion, {
    params: { id: connector.id, version: 1 },
  });
  expect(first.definition.openapi).toMatchObject({ info: { title: 'Parcel Post' } });
});

test('a connector that is in use stays, and so do those that ship', async () => {
  const { connector } = await patchbay.client.call(endpoints.getConnection, { params: { id: connectionId } });
  const used = await refuse(
    patchbay.client.call(endpoints.deleteConnector, { params: { id: connector.id } }),
  );
  expect(used.status).toBe(409);
  const { value } = await patchbay.client.call(endpoints.listConnectors);
  const lists = value.find((one) => one.name === 'lists');
  const builtin = await refuse(
    patchbay.client.call(endpoints.deleteConnector, { params: { id: lists?.id ?? '' } }),
  );
  expect(builtin).toMatchObject({ status: 409, code: 'BUILTIN_CONNECTOR' });
});
