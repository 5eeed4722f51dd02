import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import { startTestProduct, type TestProduct } from './start-product.ts';

let patchbay: TestProduct;

beforeAll(async () => {
  patchbay = await startTestProduct();
});

afterAll(() => patchbay?.stop());

const query = (name: string) => ({ name, in: 'query', schema: { type: 'integer' } });
const list = {
  type: 'object',
  properties: { items: { type: 'array', items: {} }, total: { type: 'integer' } },
};
const answer = (schema: object) => ({
  200: { description: 'ok', content: { 'application/json': { schema } } },
});
const POND = {
  openapi: '3.1.1',
  info: { title: 'Pond', version: '1' },
  servers: [{ url: 'https://pond.example' }],
  paths: {
    '/fish': {
      get: {
        operationId: 'ListFish',
        parameters: [query('page'), query('per_page')],
        responses: answer(list),
      },
    },
    '/frogs': { get: { operationId: 'ListFrogs', responses: answer({}) } },
  },
};

/** A document of as many megabytes, in YAML, with every value a text of its own. */
function createLarge(megabytes: number): string {
  const text = 'A sentence about this part of the service, as long as such sentences are. '.repeat(3);
  const path = (index: number) =>
    [
      `  /things/${index}/{id}:`,
      '    get:',
      `      operationId: GetThing${index}`,
      `      description: '${text}'`,
      '      parameters:',
      `        - { name: id, in: path, required: true, schema: { type: string }, description: '${text}' }`,
      `      responses: { "200": { description: '${text}' } }`,
      '',
    ].join('\n');
  const head =
    'openapi: 3.0.3\ninfo: { title: Large, version: "1" }\nservers: [{ url: "https://large.example" }]\npaths:\n';
  const count = Math.ceil((megabytes * 1_000_000) / path(10_000).length);
  return head + Array.from({ length: count }, (_, index) => path(index)).join('');
}

describe('an import', () => {
  test('proposes pages, and declares those that were chosen', async () => {
    const body = { text: JSON.stringify(POND) };
    const report = await patchbay.client.call(endpoints.importConnector, { body: { ...body, dryRun: true } });
    expect(report.proposals).toEqual([
      {
        operationId: 'ListFish',
        summary: 'ListFish',
        paging: { by: 'page', parameter: 'page', sizeParameter: 'per_page', total: 'total', items: 'items' },
        reason: "It takes the number of a page in 'page'.",
      },
    ]);
    const [proposal] = report.proposals;
    const made = await patchbay.client.call(endpoints.importConnector, {
      body: { ...body, name: 'pond', paging: { ListFish: proposal?.paging ?? null } },
    });
    const params = { id: made.connector?.id ?? '' };
    const first = await patchbay.client.call(endpoints.getConnectorVersion, {
      params: { ...params, version: 1 },
    });
    expect(JSON.stringify(first.definition.openapi)).toContain('"x-patchbay-paging":{"by":"page"');

    // Nothing is left to propose from the document; a sample answer shows more.
    const again = await patchbay.client.call(endpoints.proposePaging, { params, body: {} });
    expect(again.value).toEqual([]);
    const samples = { ListFrogs: { body: { data: [{}], next_url: 'https://pond.example/frogs?p=2' } } };
    const { value } = await patchbay.client.call(endpoints.proposePaging, { params, body: { samples } });
    expect(value).toMatchObject([
      { operationId: 'ListFrogs', paging: { by: 'nextLink', nextLink: 'next_url', items: 'data' } },
    ]);
    const saved = await patchbay.client.call(endpoints.updateConnector, {
      params,
      ifMatch: 1,
      body: { paging: { ListFrogs: value[0]?.paging ?? null, ListFish: null }, note: 'Pages of frogs' },
    });
    expect(saved.connector?.latestVersion).toBe(2);
    const second = await patchbay.client.call(endpoints.getConnectorVersion, {
      params: { ...params, version: 2 },
    });
    const written = JSON.stringify(second.definition.openapi);
    expect(written).toContain('"by":"nextLink"');
    expect(written).not.toContain('"by":"page"');
    const { value: versions } = await patchbay.client.call(endpoints.listConnectorVersions, { params });
    expect(versions.map(({ version, note }) => [version, note])).toEqual([
      [2, 'Pages of frogs'],
      [1, undefined],
    ]);
    expect(versions[0]?.createdBy).toBeTruthy();
  });

  test('takes the operations that were chosen, and refuses those that are not there', async () => {
    const body = { text: JSON.stringify(POND), name: 'frogs' };
    const made = await patchbay.client.call(endpoints.importConnector, {
      body: { ...body, operations: ['ListFrogs'] },
    });
    expect(made.operations.map(({ operationId }) => operationId)).toEqual(['ListFrogs']);
    expect(made.connector?.operationCount).toBe(1);
    const wrong = patchbay.client.call(endpoints.importConnector, {
      body: { ...body, operations: ['ListFrogs', 'ListNewts'] },
    });
    await expect(wrong).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: "Pond has no operation 'ListNewts'.",
    });
  });

  test('of 20 MB of YAML leaves the server answering', { timeout: 120_000 }, async () => {
    const text = createLarge(20);
    let isDone = false;
    const importing = patchbay.client
      .call(endpoints.importConnector, { body: { fileName: 'large.yaml', text, dryRun: true } })
      .finally(() => {
        isDone = true;
      });
    const waits: number[] = [];
    while (!isDone) {
      const startedAt = performance.now();
      await patchbay.client.call(endpoints.getHealth);
      waits.push(performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const report = await importing;
    expect([report.ok, report.operations.length > 10_000, report.warnings]).toEqual([true, true, []]);
    // Taking in the request and writing the report block it for a moment each, reading the document does not.
    expect(waits.length).toBeGreaterThan(10);
    expect(Math.max(...waits)).toBeLessThan(5_000);
    console.log(
      `${waits.length} answers in the meantime, the slowest after ${Math.max(...waits).toFixed(0)} ms`,
    );
  });
});
