import { validate } from '@scalar/openapi-parser';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it, test } from 'vitest';
import { importText, readSource } from '../../../test/documents/read.ts';
import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { ConnectorDefinition, ImportResult } from '../definition-types.ts';
import { importConnector } from '../import/import-connector.ts';
import { exportConnector } from './export-connector.ts';
import type { ExportFormat } from './types.ts';
import { packFiles } from './zip.ts';

function define({ definition, errors }: ImportResult): ConnectorDefinition {
  if (definition === undefined) throw new Error(errors[0]?.message);
  return definition;
}

function exportText(definition: ConnectorDefinition, format: ExportFormat): string {
  const [file] = exportConnector(definition, format).files;
  return new TextDecoder().decode(file?.bytes);
}

function exportDocument(document: object, format: ExportFormat): JsonObject {
  return JSON.parse(exportText(define(importText(JSON.stringify(document))), format)) as JsonObject;
}

function get(value: Json | undefined, ...path: string[]): Json | undefined {
  return path.reduce<Json | undefined>((at, key) => {
    if (Array.isArray(at)) return at[Number(key)];
    return isJsonObject(at) ? at[key] : undefined;
  }, value);
}

/** A 3.1 document with one schema. */
function withSchema(schema: object) {
  return {
    openapi: '3.1.0',
    info: { title: 'T', version: '1', summary: 'S' },
    paths: { '/a': { get: { operationId: 'A', responses: { 200: { description: 'ok' } } } } },
    components: { schemas: { S: schema } },
  };
}

describe('a definition that goes out', () => {
  const names = [
    'library.yaml',
    'workshop.swagger.json',
    'glasshouse/',
    '../../samples/shipping/openapi.yaml',
  ];
  const formats = ['openapi-3.1', 'openapi-3.0', 'swagger-2.0'] as const;
  const pairs = names.flatMap((name) => formats.map((format) => [name, format] as const));

  it.each(pairs)('is valid: %s as %s', async (name, format) => {
    const text = exportText(define(importConnector(readSource(name))), format);
    const { valid, errors } = await validate(text);
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  it('becomes a package that can be imported again, and whose bytes are always the same', () => {
    const definition = define(importConnector(readSource('glasshouse/')));
    const { files } = exportConnector(definition, 'power-platform');
    expect(packFiles(files)).toEqual(packFiles(files));
    const unpacked = Object.entries(unzipSync(packFiles(files))).map(([path, bytes]) => ({ path, bytes }));
    expect(unpacked.map((file) => file.path).sort()).toEqual(
      ['apiDefinition.swagger.json', 'apiProperties.json', 'icon.png', 'script.csx', 'settings.json'].sort(),
    );
    expect(importConnector({ name: 'again', files: unpacked }).definition).toEqual(definition);
  });

  it('becomes a package with connection parameters though it came without', () => {
    const definition = define(importConnector(readSource('../../samples/shipping/openapi.yaml')));
    const { files } = exportConnector(definition, 'power-platform');
    const properties = files.find((file) => file.path === 'apiProperties.json');
    expect(JSON.parse(strFromU8(properties?.bytes ?? new Uint8Array()))).toMatchObject({
      properties: { connectionParameters: { api_key: { type: 'securestring' } }, capabilities: [] },
    });
  });
});

describe('what only OpenAPI 3.1 can say', () => {
  it.each([
    [{ type: ['string', 'null'] }, { type: 'string', nullable: true }],
    [{ type: ['string', 'integer'] }, { anyOf: [{ type: 'string' }, { type: 'integer' }] }],
    [{ const: 'a' }, { enum: ['a'] }],
    [
      { type: 'number', exclusiveMinimum: 3 },
      { type: 'number', minimum: 3, exclusiveMinimum: true },
    ],
    [
      { type: 'number', exclusiveMaximum: 9, maximum: 5 },
      { type: 'number', maximum: 5 },
    ],
    [
      { type: 'string', examples: ['a', 'b'] },
      { type: 'string', example: 'a' },
    ],
    [
      { type: 'string', contentEncoding: 'base64' },
      { type: 'string', format: 'byte' },
    ],
    [{ contentMediaType: 'application/octet-stream' }, { type: 'string', format: 'binary' }],
    [
      { anyOf: [{ $ref: '#/components/schemas/S' }, { type: 'null' }] },
      { $ref: '#/components/schemas/S', nullable: true },
    ],
    [
      { type: 'array', prefixItems: [{ type: 'string' }] },
      { type: 'array', items: { anyOf: [{ type: 'string' }] } },
    ],
    [
      { type: 'object', properties: { a: true }, if: {}, patternProperties: {} },
      { type: 'object', properties: { a: {} } },
    ],
    [
      { type: 'object', properties: { const: { type: 'string' } } },
      { type: 'object', properties: { const: { type: 'string' } } },
    ],
    [{ type: 'null' }, { enum: [null] }],
    [{ default: { const: 1, type: ['a', 'null'] } }, { default: { const: 1, type: ['a', 'null'] } }],
  ])('%j becomes %j in 3.0', (written, expected) => {
    const document = exportDocument(withSchema(written), 'openapi-3.0');
    expect(get(document, 'components', 'schemas', 'S')).toEqual(expected);
    expect(document['openapi']).toBe('3.0.3');
    expect(get(document, 'info', 'summary')).toBeUndefined();
  });
});

describe('what OpenAPI 3 can say and Swagger cannot', () => {
  const document = {
    ...withSchema({
      oneOf: [{ type: 'object', properties: { a: { type: ['string', 'null'] } } }, { type: 'object' }],
    }),
    servers: [{ url: 'https://{region}.example.com/v1', variables: { region: { default: 'eu' } } }],
    security: [{ token: [] }],
    paths: {
      '/files': {
        post: {
          operationId: 'Upload',
          parameters: [
            { name: 'session', in: 'cookie', schema: { type: 'string' } },
            {
              name: 'tags',
              in: 'query',
              explode: false,
              schema: { type: 'array', items: { $ref: '#/components/schemas/S' } },
            },
          ],
          requestBody: { $ref: '#/components/requestBodies/Upload' },
          responses: {
            '2XX': { description: 'ok', content: { 'text/csv': { schema: { type: 'string' } } } },
          },
        },
      },
    },
  };
  const components = {
    schemas: document.components.schemas,
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    requestBodies: {
      Upload: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: {
              type: 'object',
              required: ['file'],
              properties: {
                file: { contentMediaType: 'application/octet-stream' },
                note: { type: 'string', description: 'N' },
              },
            },
          },
        },
      },
    },
  };
  const swagger = exportDocument({ ...document, components }, 'swagger-2.0');
  const upload = get(swagger, 'paths', '/files', 'post');

  it('is said by the nearest there is', () => {
    expect(swagger).toMatchObject({ host: 'eu.example.com', basePath: '/v1', schemes: ['https'] });
    expect(get(swagger, 'securityDefinitions', 'token')).toEqual({
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      'x-patchbay-scheme': { type: 'http', scheme: 'bearer' },
    });
    expect(upload).toMatchObject({ consumes: ['multipart/form-data'], produces: ['text/csv'] });
    expect(get(upload, 'responses', '200', 'schema')).toEqual({ type: 'string' });
    expect(get(swagger, 'definitions', 'S')).toEqual({ type: 'object' });
  });

  it('is one parameter for each field of a form, and none for a cookie', () => {
    expect(get(upload, 'parameters')).toEqual([
      { name: 'tags', in: 'query', type: 'array', items: { type: 'string' }, collectionFormat: 'csv' },
      { name: 'file', in: 'formData', required: true, type: 'file' },
      { name: 'note', in: 'formData', type: 'string', description: 'N' },
    ]);
  });
});

describe('a Postman collection', () => {
  const definition = define(importConnector(readSource('../../samples/shipping/openapi.yaml')));
  const collection = JSON.parse(exportText(definition, 'postman')) as JsonObject;

  it('has a folder for each tag, with requests that can be sent', () => {
    const { item, variable, auth } = collection;
    expect(variable).toContainEqual({ key: 'baseUrl', value: 'http://127.0.0.1:4010', type: 'string' });
    expect(auth).toMatchObject({ type: 'apikey' });
    expect(get(item, '0', 'name')).toBe('labels');
    expect(get(item, '0', 'item', '0', 'request')).toMatchObject({ method: 'POST', body: { mode: 'raw' } });
    expect(get(item, '0', 'item', '1', 'request', 'url')).toMatchObject({
      raw: '{{baseUrl}}/v1/labels/:label_id',
      path: ['v1', 'labels', ':label_id'],
    });
  });
});

test('a member that YAML would merge is written so that it comes in again', () => {
  const definition = define(
    importText(JSON.stringify(withSchema({ properties: { '<<': { type: 'string' } } }))),
  );
  const [file] = exportConnector(definition, 'openapi-3.1', { syntax: 'yaml' }).files;
  const again = define(importText(strFromU8(file?.bytes ?? new Uint8Array()), 'again.yaml'));
  expect(again.openapi).toEqual(definition.openapi);
});
