import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createShippingApp } from '../../../../samples/shipping/app.ts';
import { importText, readSource } from '../../../../test/documents/read.ts';
import type { ImportResult } from '../../definition-types.ts';
import { importConnector } from '../../import/import-connector.ts';
import { toTypeScriptClient } from './to-client.ts';

const TSC = fileURLToPath(new URL('../../../../node_modules/.bin/tsc', import.meta.url));
const SHIPPING = readFileSync(new URL('../../../../samples/shipping/openapi.yaml', import.meta.url), 'utf8');
const CORPUS = process.env['PATCHBAY_CORPUS'];

const folder = mkdtempSync(join(tmpdir(), 'patchbay-client-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write({ definition, errors }: ImportResult, name: string): string {
  if (definition === undefined) throw new Error(errors[0]?.message);
  const path = join(folder, `${name}.ts`);
  writeFileSync(path, toTypeScriptClient(definition));
  return path;
}

/** What the TypeScript compiler says about some files; nothing, when all is well. */
function compile(paths: readonly string[]): string {
  const options = '--ignoreConfig --strict --noEmit --noUncheckedIndexedAccess --exactOptionalPropertyTypes';
  const platform = '--target es2022 --lib es2022,dom,dom.iterable --module nodenext';
  const { stdout } = spawnSync(TSC, [...`${options} ${platform}`.split(' '), ...paths], { encoding: 'utf8' });
  return stdout;
}

/** Names that every object has, and one that stands in two places. */
const NAMES = `{
  "openapi": "3.1.0",
  "info": { "title": "Names", "version": "1" },
  "servers": [{ "url": "https://api.example.com" }],
  "paths": {
    "/a/{id}": {
      "post": {
        "operationId": "toString",
        "parameters": [
          { "name": "id", "in": "path", "required": true, "schema": { "type": "string" } },
          { "name": "id", "in": "query", "schema": { "type": "string" } },
          { "name": "__proto__", "in": "query", "schema": { "type": "string" } },
          { "name": "constructor", "in": "query", "schema": { "type": "string" } },
          { "name": "toString", "in": "query", "schema": { "type": "string" } }
        ],
        "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/constructor" } } } },
        "responses": { "200": { "description": "", "content": { "application/json": { "schema": { "$ref": "#/components/schemas/toString" } } } } }
      }
    },
    "/b": {
      "get": {
        "operationId": "__proto__",
        "parameters": [{ "name": "constructor", "in": "query", "schema": { "type": "integer" } }],
        "responses": { "200": { "description": "" } }
      }
    }
  },
  "components": { "schemas": {
    "constructor": { "type": "object", "properties": { "hasOwnProperty": { "type": "string" }, "constructor": { "type": "integer" }, "valueOf": { "type": "boolean" } } },
    "toString": { "type": "object", "required": ["toString"], "properties": { "toString": { "type": "string" } } }
  } }
}`;

const CIRCLES = {
  openapi: '3.1.0',
  info: { title: 'circles & "quotes" */', version: '1' },
  paths: {
    '/a/{b-c}': {
      get: {
        operationId: 'constructor',
        summary: 'ends */ early',
        parameters: [
          { name: 'b-c', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'filter', in: 'query', style: 'deepObject', schema: { $ref: '#/components/schemas/Blob' } },
        ],
        responses: {
          200: {
            description: '',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/A' } } },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      A: {
        allOf: [
          { $ref: '#/components/schemas/B' },
          { type: 'object', properties: { 'x-y': { type: 'string' } } },
        ],
      },
      B: {
        oneOf: [
          { $ref: '#/components/schemas/A' },
          { type: ['array', 'null'], items: { $ref: '#/components/schemas/B' } },
        ],
      },
      Blob: { type: 'object', additionalProperties: { $ref: '#/components/schemas/Blob' } },
      'a b': { enum: [1, 'two', null] },
      'a.b': {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'integer', readOnly: true } },
        additionalProperties: { type: 'string' },
      },
    },
  },
};

interface Shipping {
  new (options: object): { [method: string]: (input?: object) => Promise<Record<string, unknown>> };
}

describe('the generated client', () => {
  it('compiles in strict mode', () => {
    const sources = ['library.yaml', 'workshop.swagger.json', 'glasshouse/'].map(readSource);
    const paths = sources.map((source, index) => write(importConnector(source), `own${index}`));
    const odd = write(importText(JSON.stringify(CIRCLES)), 'circles');
    expect(compile([...paths, odd, write(importText(SHIPPING, 'openapi.yaml'), 'shipping')])).toBe('');
  }, 60_000);

  it('refuses inputs that do not fit the schemas', () => {
    write(importText(SHIPPING, 'openapi.yaml'), 'parcel');
    const path = join(folder, 'use.ts');
    const code = `import { ParcelPostClient } from './parcel.ts';
const client = new ParcelPostClient({ credentials: { api_key: 'k' } });
const rates = await client.getRates({ country_code: 'GB', weight_kg: 'heavy' });
export const status: 'lost' = (await client.getLabel({ label_id: 'lb_1' })).status;
`;
    writeFileSync(path, code);
    const said = compile(['--allowImportingTsExtensions', path]);
    expect(said).toContain(`use.ts(3,`);
    expect(said).toContain(`use.ts(4,`);
  }, 60_000);

  it('names what the service says with the summaries of the definition', () => {
    const source = readFileSync(write(importText(SHIPPING, 'openapi.yaml'), 'documented'), 'utf8');
    expect(source).toContain('   * Create a label\n');
    expect(source).toContain('  /** Who receives the parcel. */\n');
    expect(source).not.toMatch(/^import /m);
  });
});

describe('the generated client of the sample API', () => {
  const shipping = createShippingApp();
  let baseUrl: string;
  let ParcelPostClient: Shipping;
  let ApiError: new () => Error;

  beforeAll(async () => {
    baseUrl = await shipping.listen({ port: 0, host: '127.0.0.1' });
    // The generated code is erased of its types by Node itself.
    const path = write(importText(SHIPPING, 'openapi.yaml'), 'running');
    ({ ParcelPostClient, ApiError } = await import(pathToFileURL(path).href));
  });

  afterAll(async () => {
    shipping.server.closeAllConnections();
    await shipping.close();
  });

  it('buys a label, follows the parcel and lists what was sent', async () => {
    const client = new ParcelPostClient({ baseUrl, credentials: { api_key: async () => 'sample-key' } });
    const ship_to = {
      name: 'Ada',
      street: 'St James 12',
      city: 'London',
      postal_code: 'SW1Y 4LB',
      country_code: 'GB',
    };
    const body = { ship_to, package: { weight: { value: 1, unit: 'kilogram' } } };
    const label = await client['createLabel']?.({ body, 'Idempotency-Key': 'one' });
    expect(label).toMatchObject({ label_id: 'lb_1', status: 'accepted' });
    expect(await client['createLabel']?.({ body, 'Idempotency-Key': 'one' })).toMatchObject({
      label_id: 'lb_1',
    });
    expect(await client['trackLabel']?.({ label_id: 'lb_1' })).toMatchObject({ label_id: 'lb_1' });
    expect(await client['listShipments']?.({ per_page: 1 })).toMatchObject({ total: 1, per_page: 1 });
    expect(await client['getRates']?.({ country_code: 'GB', weight_kg: 1 })).toHaveProperty('rates');
  });

  it('throws what the service answered', async () => {
    const client = new ParcelPostClient({ baseUrl, credentials: { api_key: 'wrong' } });
    const error = await client['listCarriers']?.().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      operationId: 'ListCarriers',
      status: 401,
      body: { errors: [{ code: 'unauthorized' }] },
    });
  });
});

describe('names that every object has', () => {
  it('compile, are all there, and are sent when they are given and only then', async () => {
    const path = write(importText(NAMES), 'names');
    const use = join(folder, 'use-names.ts');
    const lines = [
      "import { NamesClient } from './names.js';",
      'const client = new NamesClient();',
      "const input = { id: 'p', id_query: 'q', ['__proto__']: 'a', constructor: 'b', toString: 'c' };",
      'void client.toString(input).then((answer) => answer.toString.length);',
      'void client.proto({ constructor: 1 });',
    ];
    writeFileSync(use, lines.join('\n'));
    expect(compile([path, use])).toBe('');

    const seen: { url: string; body: unknown }[] = [];
    const { NamesClient } = await import(pathToFileURL(path).href);
    const client = new NamesClient({
      fetch: async (url: string, { body }: { body?: unknown }) => {
        seen.push({ url: String(url), body });
        return Response.json({});
      },
    });
    await client.toString({ id: 'p' });
    expect(seen.pop()).toEqual({ url: 'https://api.example.com/a/p', body: undefined });
    const input =
      '{"id":"p","id_query":"q","__proto__":"a","constructor":"b","toString":"c","body":{"hasOwnProperty":"d"}}';
    await client.toString(JSON.parse(input));
    expect(seen.pop()).toEqual({
      url: 'https://api.example.com/a/p?id=q&__proto__=a&constructor=b&toString=c',
      body: '{"hasOwnProperty":"d"}',
    });
    await client.proto();
    expect(seen.pop()?.url).toBe('https://api.example.com/b');
  });
});

describe.skipIf(CORPUS === undefined)('generated clients of documents of others', () => {
  it('compile in strict mode', { timeout: 300_000 }, () => {
    const root = join(CORPUS ?? '', 'openapi');
    const names = readdirSync(root);
    const paths = names.flatMap((name) => {
      const file = { path: name, bytes: new Uint8Array(readFileSync(join(root, name))) };
      const result = importConnector({ name, files: [file] });
      return result.ok ? [write(result, name.replaceAll(/\W/g, '_'))] : [];
    });
    console.log(`${paths.length} of ${names.length} clients`);
    expect(compile(paths)).toBe('');
    expect(paths.length).toBeGreaterThan(names.length - 3);
  });
});
