import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { compileObject, requestOf } from '../../../../test/documents/read.ts';
import type { JsonObject } from '../../../base/index.ts';
import { toTypeScriptClient } from './to-client.ts';

const folder = mkdtempSync(join(tmpdir(), 'patchbay-client-'));
afterAll(() => rmSync(folder, { recursive: true }));

const strings = { type: 'array', items: { type: 'string' } };
const object = { type: 'object' };
const place = (name: string, where: string, schema: object, more: object = {}) => ({
  ...{ name, in: where, schema, required: where === 'path' },
  ...more,
});
const form = (mediaType: string, encoding: object) => ({
  content: {
    [mediaType]: {
      schema: {
        type: 'object',
        properties: { plain: object, list: strings, deep: object, joined: strings, text: {} },
      },
      encoding,
    },
  },
});

const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Styles', version: '1' },
  servers: [{ url: 'https://styles.example/v1' }],
  paths: {
    '/a/{simple}/{label}/{matrix}/{rest+}': {
      get: {
        operationId: 'place',
        parameters: [
          place('simple', 'path', strings),
          place('label', 'path', strings, { style: 'label', explode: true }),
          place('matrix', 'path', object, { style: 'matrix', explode: true }),
          place('rest', 'path', {}),
          place('exploded', 'query', object),
          place('csv', 'query', strings, { explode: false }),
          place('piped', 'query', strings, { style: 'pipeDelimited', explode: false }),
          place('deep', 'query', object, { style: 'deepObject', explode: true }),
          place(
            'json',
            'query',
            {},
            { content: { 'application/json': { schema: object } }, schema: undefined },
          ),
          place('X-Pairs', 'header', object, { explode: true }),
          place('X-Always', 'header', { type: 'string', default: 'yes' }, { required: true }),
          place('basket', 'cookie', strings),
        ],
        responses: { 200: { content: { 'text/csv': { schema: { type: 'string' } } } } },
      },
    },
    '/form': {
      post: {
        operationId: 'form',
        requestBody: form('application/x-www-form-urlencoded', {
          deep: { style: 'deepObject', explode: true },
          joined: { style: 'form', explode: false },
        }),
        responses: { 200: {} },
      },
    },
    '/parts': {
      post: {
        operationId: 'parts',
        requestBody: form('multipart/form-data', { text: { contentType: 'text/csv' } }),
        responses: { 200: {} },
      },
    },
    '/typed': {
      put: {
        operationId: 'typed',
        parameters: [place('Content-Type', 'header', { type: 'string' })],
        requestBody: { content: { 'application/json': { schema: {} } } },
        responses: { 200: {} },
      },
    },
  },
};

const HOSTILE = 'a/b c&d=e+f?#%,[x]*:;@é"';
const body = {
  plain: { a: HOSTILE },
  list: [HOSTILE, 'b,c'],
  deep: { a: { b: [HOSTILE, 'c'] } },
  joined: ['x', 'y'],
  text: '1;2',
};
const CALLS: readonly (readonly [string, JsonObject])[] = [
  [
    'place',
    {
      simple: [HOSTILE, 'b'],
      label: ['a', HOSTILE],
      matrix: { k: HOSTILE, l: 'm' },
      rest: 'x/y z?',
      exploded: { size: 2, sort: ['a', HOSTILE] },
      csv: [HOSTILE, 'b,c'],
      piped: ['a|b', HOSTILE],
      deep: { a: [1, { b: HOSTILE }], c: false, d: null },
      json: { a: [HOSTILE] },
      'X-Pairs': { a: 1, b: 'two' },
      basket: ['a;b', 'c'],
    },
  ],
  ['form', { body }],
  ['typed', { 'Content-Type': 'application/x-www-form-urlencoded', body: { a: HOSTILE } }],
  ['typed', { 'Content-Type': 'application/vnd.styles+json', body: { a: HOSTILE } }],
];

type Client = Record<string, (inputs: JsonObject) => Promise<unknown>>;
interface Sent {
  readonly url: string;
  readonly request: { readonly headers: Headers; readonly body?: BodyInit };
}

async function createClient(sent: Sent[]): Promise<Client> {
  const path = join(folder, 'styles.ts');
  writeFileSync(path, toTypeScriptClient(compileObject(DOCUMENT).definition));
  const { StylesClient } = await import(pathToFileURL(path).href);
  const fetch = async (url: string, request: Sent['request']) => {
    sent.push({ url, request });
    return new Response('{}');
  };
  return new StylesClient({ fetch });
}

describe('a request of the generated client', () => {
  it.each(CALLS)('is the one that Patchbay sends: %s', async (operationId, inputs) => {
    const sent: Sent[] = [];
    await (await createClient(sent))[operationId]?.(inputs);
    const [{ url, request } = expect.fail('Nothing was sent.')] = sent;
    const ours = requestOf(compileObject(DOCUMENT), operationId, inputs);
    expect(url).toBe(ours.url);
    expect(Object.fromEntries(request.headers)).toEqual(ours.headers);
    const text = request.body === undefined ? undefined : await new Response(request.body).text();
    const pairs = (written: unknown) => [...new URLSearchParams(String(written))];
    if (operationId === 'form') expect(pairs(text)).toEqual(pairs(ours.body));
    else if (url.endsWith('/typed')) expect(pairs(text)).toEqual(pairs(ours.body));
    else expect(text).toBe(ours.body);
  });

  it('has objects as JSON in the parts of a form', async () => {
    const sent: Sent[] = [];
    await (await createClient(sent))['parts']?.({ body: { plain: { a: 1 }, list: ['x', 'y'], text: '1;2' } });
    const given = await new Response(sent[0]?.request.body).formData();
    const parts = await Promise.all(
      [...given].map(async ([name, value]) =>
        typeof value === 'string' ? [name, value] : [name, await value.text(), value.type],
      ),
    );
    expect(parts).toEqual([
      ['plain', '{"a":1}', 'application/json'],
      ['list', 'x'],
      ['list', 'y'],
      ['text', '1;2', 'text/csv'],
    ]);
  });
});

it('the generated client sends what an operation asks for', async () => {
  const place = (id: string, security?: unknown) => [
    `/${id}`,
    { get: { operationId: id, responses: { 200: {} }, ...(security === undefined ? {} : { security }) } },
  ];
  const { definition } = compileObject({
    ...DOCUMENT,
    info: { title: 'Gate', version: '1' },
    security: [{ key: [] }],
    paths: Object.fromEntries([place('plain'), place('open', []), place('other', [{ basic: [] }])]),
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'X-Key' },
        basic: { type: 'http', scheme: 'basic' },
      },
    },
  });
  const path = join(folder, 'gate.ts');
  writeFileSync(path, toTypeScriptClient(definition));
  const { GateClient } = await import(pathToFileURL(path).href);
  const sent: string[] = [];
  const fetch = async (_url: string, { headers }: Sent['request']) => {
    sent.push(headers.get('x-key') ?? headers.get('authorization') ?? 'nothing');
    return new Response('{}');
  };
  const client = new GateClient({
    fetch,
    credentials: { api_key: 'k', username: 'u', password: 'p' },
  });
  await client.plain();
  await client.open();
  await client.other();
  await new GateClient({ fetch, credentials: { api_key: 'k' } }).other();
  expect(sent).toEqual(['k', 'nothing', 'Basic dTpw', 'k']);
});

it('the generated client joins lists in lists as the definition says', async () => {
  const rows = {
    ...{ name: 'rows', in: 'query', type: 'array', collectionFormat: 'pipes' },
    items: { type: 'array', collectionFormat: 'ssv', items: { type: 'string' } },
  };
  const connector = compileObject({
    swagger: '2.0',
    info: { title: 'Nested', version: '1' },
    host: 'nested.example',
    paths: { '/a': { get: { operationId: 'list', parameters: [rows], responses: {} } } },
  });
  const path = join(folder, 'nested.ts');
  writeFileSync(path, toTypeScriptClient(connector.definition));
  const { NestedClient } = await import(pathToFileURL(path).href);
  const urls: string[] = [];
  const fetch = async (url: string) => {
    urls.push(url);
    return new Response('{}');
  };
  const inputs = { rows: [['a b', 'c'], ['d,e']] };
  await new NestedClient({ fetch }).list(inputs);
  expect(urls).toEqual([requestOf(connector, 'list', inputs).url]);
  expect(urls[0]).toContain('rows=a%20b%20c%7Cd%2Ce');
});
