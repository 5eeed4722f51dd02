import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { upgradeFromTwoToThree } from '@scalar/openapi-upgrader/2.0-to-3.0';
import { upgradeFromThreeToThreeOne } from '@scalar/openapi-upgrader/3.0-to-3.1';
import { describe, expect, it } from 'vitest';
import { equalJson, isJsonObject, type Json, type JsonObject } from '../../../base/index.ts';
import { cleanPaths } from '../clean-paths.ts';
import { detectVersion } from '../detect-version.ts';
import { parseDocument } from '../parse-document.ts';
import { prepareSwagger } from '../prepare-swagger.ts';
import { Problems } from '../problems.ts';
import { repairExtensions } from '../repair-extensions.ts';
import { upgradeDocument } from './upgrade-document.ts';

const CORPUS = process.env['PATCHBAY_CORPUS'];
const DOCUMENTS = new URL('../../../../test/documents/', import.meta.url).pathname;

type Upgrade = (document: Record<string, unknown>) => unknown;

/** Before the upgrade, as the importer prepares it. */
function prepare(document: JsonObject): JsonObject {
  const problems = new Problems();
  const format = detectVersion('it', document, problems);
  repairExtensions(document, problems);
  cleanPaths(document, problems);
  if (format === 'swagger-2.0') prepareSwagger(document);
  return document;
}

function upgradeByLibrary(document: JsonObject): JsonObject {
  const three = (upgradeFromTwoToThree as Upgrade)(document) as Record<string, unknown>;
  return (upgradeFromThreeToThreeOne as Upgrade)(three) as JsonObject;
}

function findDifference(a: Json | undefined, b: Json | undefined, path = ''): string | undefined {
  if (equalJson(a, b)) return undefined;
  const [left, right] = [a, b].map((one) => (typeof one === 'object' && one !== null ? one : undefined));
  if (left === undefined || right === undefined || Array.isArray(left) !== Array.isArray(right))
    return `${path}: library ${JSON.stringify(a)?.slice(0, 150)}, here ${JSON.stringify(b)?.slice(0, 150)}`;
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const found = findDifference((left as JsonObject)[key], (right as JsonObject)[key], `${path}/${key}`);
    if (found !== undefined) return found;
  }
  return `${path}: members`;
}

function compare(prepared: JsonObject): string | undefined {
  return findDifference(upgradeByLibrary(structuredClone(prepared)), upgradeDocument('it', prepared));
}

function* listDocuments(folder: string): Generator<readonly [string, JsonObject]> {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* listDocuments(path);
    else if (/\.(?:json|ya?ml)$/i.test(name) && name !== 'apiProperties.json') {
      const document = tryRead(path);
      if (document !== undefined) yield [path, document];
    }
  }
}

function tryRead(path: string): JsonObject | undefined {
  try {
    const { value } = parseDocument(path, new Uint8Array(readFileSync(path)), new Problems());
    return isJsonObject(value) && isJsonObject(value['paths']) ? prepare(value) : undefined;
  } catch {
    return undefined; // other tests are about what cannot be read
  }
}

function compareAll(folder: string) {
  const differences: string[] = [];
  let count = 0;
  for (const [path, document] of listDocuments(folder)) {
    count += 1;
    const difference = compare(document);
    if (difference !== undefined) differences.push(`${path} ${difference}`);
  }
  return { count, differences };
}

/** One schema with every word that means two things, in every place that a document has. */
const TRICKY: JsonObject = {
  type: 'object',
  nullable: true,
  properties: {
    example: { type: 'string', example: 'a', format: 'binary' },
    default: { type: 'integer', nullable: true, minimum: 1, exclusiveMinimum: true },
    properties: { type: 'object', properties: { items: { type: 'string', format: 'byte' } } },
    examples: { type: 'object', properties: { value: { type: 'string', example: 'x' } } },
    headers: { type: 'object', properties: { example: { type: 'string', nullable: true } } },
    responses: {
      type: 'object',
      properties: { default: { nullable: true, $ref: '#/components/schemas/A' } },
    },
    either: { oneOf: [{ nullable: true, description: 'Nothing.' }, { $ref: '#/components/schemas/A' }] },
    both: { nullable: true, allOf: [{ $ref: '#/components/schemas/A' }] },
    several: { nullable: true, allOf: [{ type: 'object' }, { $ref: '#/components/schemas/A' }] },
    any: { nullable: true },
  },
  example: { nullable: true, type: 'string', example: 1 },
  default: { nullable: true, type: 'string', format: 'byte' },
  enum: [{ nullable: true, type: 'string' }],
  maximum: 3,
  exclusiveMaximum: false,
  'x-note': { oneOf: [{ nullable: true }], schema: { type: 'string', example: 'x' } },
};

const media: JsonObject = {
  'application/json': { schema: TRICKY, example: { example: 1, type: 'string', nullable: true } },
  'application/pdf': { schema: { type: 'string', format: 'binary' } },
  'multipart/form-data': {
    schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } },
    encoding: { file: { headers: { default: { schema: TRICKY, example: 'h' } } } },
  },
};

const TRICKY_30: JsonObject = {
  openapi: '3.0.3',
  info: { title: 'Tricky' },
  'x-webhooks': { ping: { post: { requestBody: { content: media } } } },
  paths: {
    '/example': {
      post: {
        parameters: [
          { name: 'example', in: 'query', schema: TRICKY, example: 'a' },
          {
            name: 'q',
            in: 'query',
            examples: { value: { value: { example: 1, nullable: true, type: 'x' } } },
          },
        ],
        requestBody: { content: media },
        responses: {
          default: { description: 'Any.', content: media, headers: { example: { schema: TRICKY } } },
          200: {
            description: 'Fine.',
            content: { 'text/plain': { schema: TRICKY, examples: { a: { value: 1 } } } },
          },
        },
        callbacks: { schema: { example: { post: { requestBody: { content: media } } } } },
      },
    },
  },
  components: {
    schemas: { A: TRICKY, example: TRICKY, properties: TRICKY, headers: TRICKY },
    parameters: { default: { name: 'd', in: 'query', schema: TRICKY, example: 'x' } },
    responses: {
      example: { description: 'x', content: media },
      headers: { headers: { example: { schema: TRICKY } } },
    },
    headers: { example: { schema: TRICKY, example: 'x' } },
    examples: { value: { value: { nullable: true, type: 'string' } } },
  },
};

const TRICKY_2: JsonObject = {
  swagger: '2.0',
  info: { title: 'Tricky' },
  host: 'tricky.example',
  basePath: '/v1',
  consumes: ['application/json', 'text/json'],
  produces: ['application/json', 'text/xml'],
  parameters: { id: { name: 'id', in: 'path', type: 'string', required: true, 'x-example': 'a' } },
  responses: {
    Gone: {
      description: 'Gone.',
      schema: { $ref: '#/definitions/A' },
      examples: { 'application/json': { nullable: true } },
      headers: { 'X-A': { type: 'array', items: { type: 'string' }, collectionFormat: 'csv' } },
    },
  },
  definitions: {
    A: { ...TRICKY, discriminator: 'kind', properties: { kind: { type: 'string', 'x-nullable': true } } },
    B: { allOf: [{ $ref: '#/definitions/A' }], 'x-nullable': false, example: { $ref: '#/definitions/A' } },
  },
  components: { securitySchemes: { k: { type: 'apiKey' } } },
  securityDefinitions: { basic: { type: 'basic' } },
  paths: {
    '/a/{id}': {
      parameters: [{ $ref: '#/parameters/id' }],
      post: {
        parameters: [{ name: 'it', in: 'body', schema: { $ref: '#/definitions/B' } }],
        responses: { 200: { description: 'Fine.', schema: TRICKY }, 410: { $ref: '#/responses/Gone' } },
      },
    },
  },
};

describe('the upgrade to OpenAPI 3.1', () => {
  it.each([
    ['OpenAPI 3.0', TRICKY_30],
    ['Swagger 2.0', TRICKY_2],
    [
      'Swagger 2.0 with subtypes and files',
      {
        ...TRICKY_2,
        definitions: {
          Pet: { type: 'object', discriminator: 'kind', properties: { photo: { type: 'file' } } },
          Cat: { allOf: [{ $ref: '#/definitions/Pet' }], 'x-ms-discriminator-value': 'cat' },
        },
      },
    ],
  ])('makes of %s what the library makes', (_name, document) => {
    expect(compare(prepare(JSON.parse(JSON.stringify(document)) as JsonObject))).toBeUndefined();
  });

  it('makes of our own documents what the library makes', () => {
    const { count, differences } = compareAll(DOCUMENTS);
    expect(differences).toEqual([]);
    expect(count).toBeGreaterThan(10);
  });
});

describe.skipIf(CORPUS === undefined)('the upgrade of documents of others', { timeout: 300_000 }, () => {
  it.each(['openapi', 'connectors'])('is that of the library: %s', (folder) => {
    const { differences } = compareAll(join(CORPUS ?? '', folder));
    expect(differences).toEqual([]);
  });
});
