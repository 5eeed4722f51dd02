import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import { startTestProduct, type TestProduct } from './start-product.ts';

const DOCUMENT = {
  openapi: '3.1.1',
  info: {
    title: 'Orders API',
    version: '1',
    description: 'Keeps the orders of a shop, and what became of them.',
  },
  servers: [{ url: 'https://orders.example' }],
  paths: {
    '/orders/{id}': {
      get: {
        operationId: 'GetOrder',
        summary: 'Get an order.',
        description: 'Finds an order by its number',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { 200: { description: 'ok' } },
      },
    },
  },
};

let patchbay: TestProduct;
let id: string;

beforeAll(async () => {
  patchbay = await startTestProduct();
  const { connector } = await patchbay.client.call(endpoints.importConnector, {
    body: { name: 'orders', text: JSON.stringify(DOCUMENT) },
  });
  id = connector?.id ?? '';
});

afterAll(() => patchbay?.stop());

const rulesOf = (findings: readonly { readonly rule: string }[]) => [
  ...new Set(findings.map((one) => one.rule)),
];

test('a version is checked by the rules of certification', async () => {
  const { value } = await patchbay.client.call(endpoints.certifyConnectorVersion, {
    params: { id, version: 1 },
    query: {},
  });
  expect(rulesOf(value)).toEqual(expect.arrayContaining(['CERT-TITLE-WORDS', 'CERT-OP-SUMMARY-END']));
  const asNew = await patchbay.client.call(endpoints.certifyConnectorVersion, {
    params: { id, version: 1 },
    query: { new: true },
  });
  const severityOf = (findings: typeof value) =>
    findings.find((one) => one.rule === 'CERT-PARAM-SUMMARY')?.severity;
  expect([severityOf(value), severityOf(asNew.value)]).toEqual(['warning', 'error']);
});

test('what is mended becomes the next version; the one before stays, and cannot be mended again', async () => {
  const { client } = patchbay;
  const fix = (version: number, rule?: string) =>
    client.call(endpoints.fixConnectorVersion, {
      params: { id, version },
      body: rule === undefined ? {} : { rule },
    });
  const one = await fix(1, 'CERT-OP-DESC-PUNCT');
  expect([one.version, rulesOf(one.fixed)]).toEqual([2, ['CERT-OP-DESC-PUNCT']]);
  await expect(fix(1)).rejects.toMatchObject({ status: 412 });
  const all = await fix(2);
  expect(all.version).toBe(3);
  expect(all.left.filter((finding) => finding.fixable)).toEqual([]);
  expect((await fix(3)).version).toBe(3);
  const latest = await client.call(endpoints.getConnector, { params: { id } });
  expect([latest.title, latest.latestVersion, latest.operations[0]?.summary]).toEqual([
    'Orders',
    3,
    'Get an order',
  ]);
  const { value } = await client.call(endpoints.listConnectorVersions, { params: { id } });
  expect(value.find((version) => version.version === 2)?.note).toContain('CERT-OP-DESC-PUNCT');
});

test('nobody looks without signing in', async () => {
  const url = `${patchbay.url}/api/connectors/${id}/versions/1/certification`;
  expect((await fetch(url)).status).toBe(401);
  expect(
    (
      await fetch(`${url}/fix`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      })
    ).status,
  ).toBe(401);
});
