import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import { importConnector } from '../../src/connector/index.ts';
import { startTestProduct, type TestProduct } from './start-product.ts';

const ORDERS = {
  openapi: '3.1.1',
  info: { title: 'Orders', version: '1' },
  servers: [{ url: 'https://orders.example' }],
  paths: {
    '/orders/{id}': {
      get: {
        operationId: 'GetOrder',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: {
          200: {
            description: 'ok',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: { total: { type: 'number' }, note: { type: 'string' } },
                },
              },
            },
          },
        },
      },
    },
  },
};

const FLOW = {
  triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } },
  actions: {
    Get: {
      type: 'OpenApiConnection',
      inputs: { host: { connectionName: 'orders', operationId: 'GetOrder' }, parameters: { id: '1' } },
    },
    Show: { type: 'Compose', inputs: "@body('Get')?['total']", runAfter: { Get: ['Succeeded'] } },
  },
};

let patchbay: TestProduct;
let id: string;

beforeAll(async () => {
  patchbay = await startTestProduct();
  const text = JSON.stringify(ORDERS);
  const { connector } = await patchbay.client.call(endpoints.importConnector, {
    body: { name: 'orders', text },
  });
  id = connector?.id ?? '';
});

afterAll(() => patchbay?.stop());

function download(query: string): Promise<Response> {
  const url = `${patchbay.url}/api/connectors/${id}/versions/1/export?${query}`;
  return fetch(url, { headers: { authorization: `Bearer ${patchbay.apiKey}` } });
}

test('a version is downloaded in each format, as a file that can be imported again', async () => {
  const response = await download('format=openapi-3.1&syntax=yaml');
  expect(response.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''orders.yaml");
  const bytes = new Uint8Array(await response.arrayBuffer());
  const { definition } = importConnector({ name: 'again', files: [{ path: 'orders.yaml', bytes }] });
  expect(definition?.openapi).toEqual(ORDERS);
  for (const format of ['openapi-3.0', 'swagger-2.0', 'postman', 'typescript'])
    expect((await (await download(`format=${format}`)).text()).length).toBeGreaterThan(200);
  const archive = await download('format=power-platform');
  expect(archive.headers.get('content-type')).toBe('application/zip');
  expect(new TextDecoder().decode((await archive.arrayBuffer()).slice(0, 2))).toBe('PK');
  expect((await download('format=raml')).status).toBe(400);
});

test('what a format cannot say of a version is listed', async () => {
  const list = (format: 'openapi-3.1' | 'typescript') =>
    patchbay.client.call(endpoints.listExportNotes, { params: { id, version: 1 }, query: { format } });
  expect(await list('openapi-3.1')).toEqual({ notes: [] });
  const { notes } = await list('typescript');
  expect(notes).toMatchObject([{ code: 'EXPORT_CONSTRAINTS_LEFT_OUT', pointer: '' }]);
  const url = `${patchbay.url}/api/connectors/${id}/versions/1/export/notes?format=typescript`;
  expect((await fetch(url)).status).toBe(401);
  expect(
    (
      await fetch(url.replace('typescript', 'raml'), {
        headers: { authorization: `Bearer ${patchbay.apiKey}` },
      })
    ).status,
  ).toBe(400);
});

test('two versions are compared, and the actions that a change would break are named', async () => {
  const { client } = patchbay;
  const changed = structuredClone(ORDERS) as typeof ORDERS & { x?: unknown };
  const { properties } = changed.paths['/orders/{id}'].get.responses[200].content['application/json'].schema;
  Object.assign(properties, { total: { type: 'string' } });
  const connection = await client.call(endpoints.createConnection, {
    body: { connectorId: id, name: 'orders', parameters: {} },
  });
  const flow = await client.call(endpoints.createFlow, {
    body: {
      name: 'Show',
      definition: JSON.stringify(FLOW),
      connectionReferences: { orders: { connectionId: connection.id } },
    },
  });
  await client.call(endpoints.updateConnector, {
    params: { id },
    body: { text: JSON.stringify(changed) },
    ifMatch: 1,
  });
  const { changes, affected } = await client.call(endpoints.diffConnectorVersions, {
    params: { id, version: 2 },
    query: { with: 1 },
  });
  expect(changes).toMatchObject([
    { class: 'breaking', code: 'FIELD_TYPE_CHANGED', operationId: 'GetOrder', field: 'body/total' },
  ]);
  expect(affected).toMatchObject([{ flowId: flow.id, flow: 'Show', action: 'Show', field: 'body/total' }]);
  const none = await client.call(endpoints.diffConnectorVersions, {
    params: { id, version: 1 },
    query: { with: 1 },
  });
  expect(none).toEqual({ changes: [], affected: [] });
});
