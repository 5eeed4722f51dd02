import { afterAll, beforeAll, expect, test } from 'vitest';
import { createShippingApp } from '../../samples/shipping/app.ts';
import { endpoints } from '../../src/api/index.ts';
import { isJsonObject } from '../../src/base/index.ts';
import {
  compileConnector,
  detectPaging,
  importConnector,
  PAGING_EXTENSION,
} from '../../src/connector/index.ts';
import { connectShipping, publishFlow, readShippingDocument, SHIPPING_KEY } from './shipping.ts';
import { startTestProduct, type TestProduct } from './start-product.ts';

const LABEL = {
  ship_to: {
    name: 'Ada',
    street: 'St James 12',
    city: 'London',
    postal_code: 'SW1Y 4LB',
    country_code: 'GB',
  },
  package: { weight: { value: 1, unit: 'kilogram' } },
};
const ORDERS = [1, 2, 3, 4, 5, 6, 7].map((order) => `Order ${order}`);

const shipping = createShippingApp();
let patchbay: TestProduct;
let connectionId: string;

beforeAll(async () => {
  const url = await shipping.listen({ port: 0, host: '127.0.0.1' });
  patchbay = await startTestProduct();
  await patchbay.client.call(endpoints.updateAllowedHosts, { body: { hosts: [new URL(url).host] } });
  const document = declarePaging(await readShippingDocument(url));
  connectionId = await connectShipping(patchbay.client, 'shipping', document);
  for (const reference of ORDERS) {
    const payload = { ...LABEL, reference };
    await shipping.inject({
      method: 'POST',
      url: '/v1/labels',
      headers: { 'x-api-key': SHIPPING_KEY },
      payload,
    });
  }
});

afterAll(async () => {
  await patchbay?.stop();
  shipping.server.closeAllConnections();
  await shipping.close();
});

/** Writes what is proposed for each operation into the document. */
function declarePaging(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const { definition } = importConnector({ name: 'openapi.yaml', files: [{ path: 'openapi.yaml', bytes }] });
  if (definition === undefined) throw new Error('the sample imports');
  const connector = compileConnector(definition);
  return connector.operations.reduce((document, operation) => {
    const proposal = detectPaging(connector, operation);
    const line = `operationId: ${operation.operationId}\n`;
    if (proposal === undefined) return document;
    return document.replace(line, `${line}      ${PAGING_EXTENSION}: ${JSON.stringify(proposal.paging)}\n`);
  }, text);
}

function listReferences(body: unknown): unknown[] {
  const shipments = isJsonObject(body) ? body['shipments'] : undefined;
  return Array.isArray(shipments) ? shipments.map((one) => isJsonObject(one) && one['reference']) : [];
}

test.each([
  ['ListShipments', { per_page: 3 }],
  ['ListShipmentHistory', { limit: 3 }],
])('%s gives the items of all pages when they are asked for', async (operationId, parameters) => {
  const call = (maximumItems?: number) =>
    patchbay.client.call(endpoints.callOperation, {
      params: { id: connectionId, operationId },
      body: { parameters, ...(maximumItems === undefined ? {} : { pages: { maximumItems } }) },
    });
  expect(listReferences((await call()).body)).toHaveLength(3);
  const all = await call(100);
  expect(listReferences(all.body)).toEqual(ORDERS);
  expect(all.pages).toEqual({ count: 3, items: 7, more: false });
  expect((await call(5)).pages).toEqual({ count: 2, items: 5, more: true });
});

test('an action of a flow pages by its pagination policy', async () => {
  const list = {
    type: 'OpenApiConnection',
    runAfter: {},
    inputs: {
      host: { connectionName: 'shipping', operationId: 'ListShipments' },
      parameters: { per_page: 2 },
    },
    runtimeConfiguration: { paginationPolicy: { minimumItemCount: 100 } },
  };
  const definition = {
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } },
    actions: {
      List: list,
      Answer: {
        type: 'Response',
        runAfter: { List: ['Succeeded'] },
        inputs: { statusCode: 200, body: "@body('List')" },
      },
    },
  };
  const { url } = await publishFlow(patchbay.client, 'Pages', definition, { shipping: connectionId });
  const answer = await fetch(url, { method: 'POST' });
  expect(listReferences(await answer.json())).toEqual(ORDERS);
});
