import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { equalJson, isJsonObject, type Json } from '../../base/index.ts';
import type { ConnectorDefinition, ConnectorFormat, ImportSource } from '../definition-types.ts';
import { importConnector } from '../import/import-connector.ts';
import { exportConnector } from './export-connector.ts';
import type { ExportFormat } from './types.ts';

const CORPUS = process.env['PATCHBAY_CORPUS'];
const DOCUMENTS = new URL('../../../test/documents/', import.meta.url).pathname;

function readFiles(folder: string): ImportSource {
  const files = readdirSync(folder).map((path) => ({
    path,
    bytes: new Uint8Array(readFileSync(join(folder, path))),
  }));
  return { name: folder, files };
}

function readDocuments(folder: string): ImportSource[] {
  return readFiles(folder).files.map((file) => ({ name: file.path, files: [file] }));
}

/** Where two values differ first, for the message of a failing test. */
function findDifference(a: Json | undefined, b: Json | undefined, path = ''): string | undefined {
  if (equalJson(a, b)) return undefined;
  if (isJsonObject(a) && isJsonObject(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
      const found = findDifference(a[key], b[key], `${path}/${key}`);
      if (found !== undefined) return found;
    }
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    for (const [index, item] of a.entries()) {
      const found = findDifference(item, b[index], `${path}/${index}`);
      if (found !== undefined) return found;
    }
  }
  return `${path}: ${JSON.stringify(a)?.slice(0, 200)} became ${JSON.stringify(b)?.slice(0, 200)}`;
}

const FORMATS: Readonly<Partial<Record<ConnectorFormat, ExportFormat>>> = {
  'openapi-3.0': 'openapi-3.0',
  'openapi-3.1': 'openapi-3.1',
  'postman-2.0': 'postman',
  'postman-2.1': 'postman',
  'power-platform': 'power-platform',
  'swagger-2.0': 'swagger-2.0',
};

/** What is different after going out and coming in again; undefined when nothing is. */
function compare(definition: ConnectorDefinition, syntax: 'json' | 'yaml'): string | undefined {
  const { format, fileName } = definition.source;
  const target = FORMATS[format];
  if (target === undefined) return undefined;
  const { files } = exportConnector(definition, target, { syntax });
  const [first] = files;
  const named = files.length === 1 && first ? [{ ...first, path: fileName ?? first.path }] : files;
  const again = importConnector({ name: 'again', files: named });
  if (again.definition === undefined) return again.errors[0]?.message ?? 'nothing';
  const { openapi, properties, files: kept } = again.definition;
  return (
    findDifference(definition.openapi, openapi) ??
    findDifference(definition.properties, properties, 'properties') ??
    findDifference(definition.files, kept, 'files')
  );
}

function compareAll(sources: readonly ImportSource[], syntax: 'json' | 'yaml') {
  const differences: string[] = [];
  let imported = 0;
  for (const source of sources) {
    const { definition } = importConnector(source);
    if (definition === undefined) continue;
    imported += 1;
    const difference = compare(definition, syntax);
    if (difference !== undefined) differences.push(`${source.name} ${difference}`);
  }
  return { imported, equal: imported - differences.length, differences };
}

describe('what comes in and goes out in its own format', () => {
  const own = [
    ...['library.yaml', 'workshop.swagger.json', '../../samples/shipping/openapi.yaml'].map((path) => ({
      name: path,
      files: [{ path, bytes: new Uint8Array(readFileSync(join(DOCUMENTS, path))) }],
    })),
    ...['bakery', 'ferry'].map((name) => {
      const path = `requests/${name}.postman_collection.json`;
      return { name: path, files: [{ path, bytes: new Uint8Array(readFileSync(join(DOCUMENTS, path))) }] };
    }),
    readFiles(join(DOCUMENTS, 'glasshouse')),
    ...readDocuments(join(DOCUMENTS, 'broken')),
  ];

  it.each(['json', 'yaml'] as const)('is the same definition when it comes in again as %s', (syntax) => {
    const { differences, imported } = compareAll(own, syntax);
    expect(differences).toEqual([]);
    expect(imported).toBeGreaterThan(15);
  });
});

const json = (body: string) => ({
  method: 'POST',
  url: 'https://a.example/x',
  header: [{ key: 'Content-Type', value: 'application/json' }],
  body: { mode: 'raw', raw: body },
});
const answer = (name: string, request: object, more: object = { code: 200, body: '{}' }) => ({
  name,
  originalRequest: request,
  ...more,
});
const QUERY = [
  { key: 'flag', value: null },
  { key: 'b', value: '' },
];
const collection = (item: object[]) => ({
  info: { name: 'P', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  item,
});
const swagger = (operation: object) => ({
  swagger: '2.0',
  info: { title: 'S', version: '1' },
  host: 'a.example',
  paths: { '/a': { get: { operationId: 'a', ...operation } } },
});

it.each([
  [
    'a body that is no JSON, and a sample that is',
    collection([
      { name: 'Send', request: json('{"a": {{x}} oops'), response: [answer('R', json('{"a":1}'))] },
    ]),
  ],
  [
    'a request without a name among others',
    collection([
      { name: 'Send', request: json('{"a":1}') },
      { request: json('{"b":2}') },
      { name: '', request: json('{"c":3}') },
    ]),
  ],
  [
    'an answer without a status and without a word',
    collection([{ name: 'Send', request: json('{}'), response: [answer('', json('{}'), { body: '' })] }]),
  ],
  [
    'a folder without requests in a folder',
    collection([
      { name: 'Send', request: json('{}') },
      { name: 'Outer', item: [{ name: 'Inner', description: 'Empty.', item: [] }] },
    ]),
  ],
  [
    'names in the query without a value, and values that Postman makes up',
    collection([
      {
        name: 'Send',
        request: {
          ...json('{"id":"{{$guid}}","at":{{$timestamp}}}'),
          url: { raw: 'https://a.example/x?flag&b=', host: ['a', 'example'], path: ['x'], query: QUERY },
        },
      },
    ]),
  ],
  [
    'a reference to a response that is missing',
    swagger({ responses: { 200: { $ref: '#/responses/Missing' } } }),
  ],
  [
    'a format of lists that does not exist, and headers that are none',
    swagger({
      parameters: [
        { name: 'a', in: 'query', type: 'array', items: { type: 'string' }, collectionFormat: {} },
      ],
      responses: { 200: { description: 'ok', headers: null } },
    }),
  ],
])('%s comes in, goes out and comes in again', (_title, document) => {
  const bytes = new TextEncoder().encode(JSON.stringify(document));
  const { definition } = importConnector({ name: 'a', files: [{ path: 'a.json', bytes }] });
  expect(definition && compare(definition, 'json')).toBeUndefined();
  expect(definition).toBeDefined();
});

describe.skipIf(CORPUS === undefined)(
  'documents of others that go out and come in',
  { timeout: 300_000 },
  () => {
    it('are equal for OpenAPI documents', () => {
      const result = compareAll(readDocuments(join(CORPUS ?? '', 'openapi')), 'json');
      console.log('openapi', result);
      expect(result.equal / result.imported).toBe(1);
    });

    it('are equal for Postman collections', () => {
      const result = compareAll(readDocuments(join(CORPUS ?? '', 'postman')), 'json');
      console.log('postman', result);
      expect(result.imported).toBeGreaterThan(0);
      expect(result.equal / result.imported).toBe(1);
    });

    it('are equal for Power Platform packages', () => {
      const root = join(CORPUS ?? '', 'connectors');
      const result = compareAll(
        readdirSync(root).map((name) => readFiles(join(root, name))),
        'json',
      );
      console.log('connectors', { ...result, differences: result.differences.slice(0, 30) });
      expect(result.equal / result.imported).toBe(1);
    });
  },
);
