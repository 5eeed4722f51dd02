import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import { finishRequest } from '../request/finish-request.ts';
import { prepareRequest } from '../request/prepare-request.ts';
import { importConnector } from './import-connector.ts';

const MEGABYTE = 1_000_000;

/** Thousands of operations over schemas that all contain one another. */
function createLarge(
  root: JsonObject,
  schemasAt: 'definitions' | 'components',
  megabytes: number,
): Uint8Array {
  const base = schemasAt === 'definitions' ? '#/definitions' : '#/components/schemas';
  const text = 'A sentence about this part of the service, as long as such sentences are. '.repeat(4);
  const paths: JsonObject = {};
  const schemas: JsonObject = {};
  for (let index = 0, size = 0; size < megabytes * MEGABYTE; index++) {
    const reference = (offset: number) => ({ $ref: `${base}/Thing${Math.max(0, index - offset)}` });
    const parameter = { name: 'id', in: 'path', required: true, description: text };
    const typed =
      schemasAt === 'definitions'
        ? { ...parameter, type: 'string' }
        : { ...parameter, schema: { type: 'string' } };
    paths[`/things/${index}/{id}`] = {
      get: {
        operationId: `GetThing${index}`,
        description: text,
        parameters: [typed],
        responses: { 200: { description: text } },
      },
    };
    const properties = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [
        `part${at}`,
        { description: text, type: 'array', items: reference(at * at) },
      ]),
    );
    schemas[`Thing${index}`] = { type: 'object', description: text, properties };
    size += JSON.stringify([paths[`/things/${index}/{id}`], schemas[`Thing${index}`]]).length;
  }
  const described = schemasAt === 'definitions' ? { definitions: schemas } : { components: { schemas } };
  return new TextEncoder().encode(
    JSON.stringify({ ...root, info: { title: 'Large' }, paths, ...described }, null, 1),
  );
}

const SOURCES: readonly (readonly [string, JsonObject, 'definitions' | 'components'])[] = [
  ['Swagger 2.0', { swagger: '2.0', host: 'large.example' }, 'definitions'],
  ['OpenAPI 3.0', { openapi: '3.0.3', servers: [{ url: 'https://large.example' }] }, 'components'],
];

describe('a document of 20 MB', { timeout: 120_000 }, () => {
  it.each(SOURCES)('imports as %s in seconds, and its operations can be called', (_name, root, schemasAt) => {
    const bytes = createLarge(root, schemasAt, 20);
    expect(bytes.length).toBeGreaterThan(20 * MEGABYTE);
    const before = process.cpuUsage();
    const { definition, warnings } = importConnector({
      name: 'large',
      files: [{ path: 'large.json', bytes }],
    });
    expect(warnings).toEqual([]);
    if (definition === undefined) throw new Error('not imported');
    const connector = compileConnector(definition);
    const operation = connector.operations.at(-1);
    if (operation === undefined) throw new Error('no operations');
    const [method] = connector.authentication;
    if (method === undefined) throw new Error('no method');
    const plan = prepareRequest({ connector, operation, method, values: {} }, { id: 'x' });
    expect(finishRequest(plan).url).toMatch(/^https:\/\/large\.example\/things\/\d+\/x$/);
    expect(connector.operations.length).toBeGreaterThan(3000);
    // Processor time, since other tests run beside this one. About two seconds; people would notice a tenfold slip.
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000_000).toBeLessThan(20);
  });
});

describe('a YAML document of many paths', { timeout: 120_000 }, () => {
  it('takes time in proportion to its length', () => {
    const path = (index: number) =>
      `  /things/${index}:\n    get:\n      operationId: GetThing${index}\n      responses: { "200": { description: Fine. } }\n`;
    const head =
      'openapi: 3.0.3\ninfo: { title: Large, version: "1" }\nservers: [{ url: "https://large.example" }]\npaths:\n';
    const text = head + Array.from({ length: 10_000 }, (_, index) => path(index)).join('');
    const before = process.cpuUsage();
    const bytes = new TextEncoder().encode(text);
    const { ok, warnings } = importConnector({ name: 'large', files: [{ path: 'large.yaml', bytes }] });
    expect([ok, warnings]).toEqual([true, []]);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000_000).toBeLessThan(10);
  });
});
