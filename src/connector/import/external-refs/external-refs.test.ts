import { describe, expect, it } from 'vitest';
import { getByPointer, isJsonObject, type Json, type JsonObject } from '../../../base/index.ts';
import { compileConnector } from '../../compile/compile-connector.ts';
import { importConnector } from '../import-connector.ts';
import { listFileReferences } from './bundle-files.ts';
import { resolvePath } from './resolve-path.ts';

const file = (path: string, text: string) => ({ path, bytes: new TextEncoder().encode(text) });

function importFiles(files: Record<string, string>) {
  return importConnector({
    name: 'api',
    files: Object.entries(files).map(([path, text]) => file(path, text)),
  });
}

const HEAD = 'openapi: 3.1.0\ninfo: {title: Pond, version: "1"}\nservers: [{url: https://pond.example}]\n';

const FILES = {
  'schemas/fish.yaml': [
    'type: object',
    'properties:',
    '  name: {$ref: "common.yaml#/Name"}',
    '  pond: {$ref: "#/definitions/Pond"}',
    'definitions:',
    '  Pond: {type: object, properties: {fish: {type: array, items: {$ref: fish.yaml}}}}',
  ].join('\n'),
  'schemas/common.yaml':
    'Name: {type: string, maxLength: 40}\nBack: {$ref: "../pond.yaml#/components/schemas/Size"}',
  'schemas/_index.yaml': 'Size: {type: integer}\nFrog: {$ref: frog.json}',
  'schemas/frog.json': '{"type": "object", "properties": {"size": {"$ref": "./common.yaml#/Back"}}}',
  'paths/fish.yaml': [
    'get:',
    '  operationId: ListFish',
    '  parameters: [{$ref: "../parts.yaml#/parameters/Limit"}]',
    '  responses:',
    '    "200": {description: ok, content: {application/json: {schema: {$ref: ../schemas/fish.yaml}}}}',
    '    default: {$ref: "../parts.yaml#/responses/Error"}',
    'post:',
    '  operationId: AddFish',
    '  requestBody: {$ref: "../parts.yaml#/bodies/Fish"}',
    '  responses: {"201": {description: made}}',
  ].join('\n'),
  'parts.yaml': [
    'parameters: {Limit: {name: limit, in: query, schema: {type: integer}}}',
    'responses: {Error: {description: bad, content: {application/json: {schema: {$ref: schemas/frog.json}}}}}',
    'bodies: {Fish: {content: {application/json: {schema: {$ref: schemas/fish.yaml}}}}}',
  ].join('\n'),
  'pond.yaml': `${HEAD}paths:\n  /fish: {$ref: paths/fish.yaml}\ncomponents:\n  schemas: {$ref: schemas/_index.yaml}\n`,
};

describe('a document in several files', () => {
  const { definition, warnings, errors, format } = importFiles(FILES);
  const openapi = definition?.openapi;

  it('is put together', () => {
    expect([format, errors, warnings]).toEqual(['openapi-3.1', [], []]);
    expect(definition?.source.fileName).toBe('pond.yaml');
    const operations = definition && compileConnector(definition).operations;
    expect(operations?.map((one) => [one.operationId, one.parameters.map(({ name }) => name)])).toEqual([
      ['ListFish', ['limit']],
      ['AddFish', []],
    ]);
    expect(operations?.[1]?.body?.kind).toBe('json');
  });

  it('names each part once, however often it is meant', () => {
    const components = openapi?.['components'] as JsonObject;
    expect(Object.keys(components['schemas'] as JsonObject).toSorted()).toEqual([
      'Back',
      'Frog',
      'Name',
      'Pond',
      'Size',
      'fish',
      'frog',
    ]);
    expect(Object.keys(components)).toEqual(
      expect.arrayContaining(['parameters', 'responses', 'requestBodies']),
    );
  });

  it('has only references that lead somewhere in it', () => {
    const references: string[] = [];
    const walk = (value: Json | undefined): void => {
      if (Array.isArray(value)) value.forEach(walk);
      else if (isJsonObject(value)) {
        if (typeof value['$ref'] === 'string') references.push(value['$ref']);
        Object.values(value).forEach(walk);
      }
    };
    walk(openapi);
    expect(references.length).toBeGreaterThan(5);
    expect(references.filter((one) => getByPointer(openapi, one) === undefined)).toEqual([]);
  });

  it('may be Swagger 2.0', () => {
    const { definition: swagger, warnings: found } = importFiles({
      'types.json':
        '{"definitions": {"A": {"properties": {"b": {"$ref": "#/definitions/B"}}}, "B": {"type": "string"}}}',
      'main.json': `{"swagger": "2.0", "host": "a.example", "schemes": ["https"], "info": {"title": "A", "version": "1"}, "paths":
        {"/a": {"get": {"operationId": "A", "responses": {"200": {"description": "", "schema": {"$ref": "types.json#/definitions/A"}}}}}}}`,
    });
    expect(found).toEqual([]);
    const schema = swagger && compileConnector(swagger).operations[0]?.successResponse?.schema;
    expect(schema).toEqual({ $ref: '#/components/schemas/A' });
    expect(getByPointer(swagger?.openapi, '/components/schemas/A/properties/b')).toEqual({
      $ref: '#/components/schemas/B',
    });
  });

  it('of which one is missing is imported with a warning', () => {
    const { 'parts.yaml': _missing, ...rest } = FILES;
    const result = importFiles(rest);
    expect(result.ok).toBe(true);
    expect(new Set(result.warnings.map(({ code }) => code))).toContain('CONNECTOR_EXTERNAL_REFERENCE');
  });

  it('says which files it needs', () => {
    expect(listFileReferences(file('pond.yaml', FILES['pond.yaml']))).toEqual([
      'schemas/_index.yaml',
      'paths/fish.yaml',
    ]);
    expect(
      listFileReferences(
        file(
          'https://a.example/x/api.yaml',
          "a: {$ref: '../y.yaml#/Z'}\nb: {$ref: 'https://b.example/c.json'}",
        ),
      ),
    ).toEqual(['https://b.example/c.json', 'https://a.example/y.yaml']);
  });
});

it.each([
  ['a/b.yaml', '../c.yaml', 'c.yaml'],
  ['a/b.yaml', './c%20d.yaml', 'a/c d.yaml'],
  ['a.yaml', '../../c.yaml', '../../c.yaml'],
  ['https://a.example/x/y.yaml?z=1', '../../../c.yaml', 'https://a.example/c.yaml'],
  ['https://a.example/x/y.yaml', '/c.yaml', 'https://a.example/c.yaml'],
  ['https://a.example/x', '//b.example/c.yaml', 'https://b.example/c.yaml'],
  ['C\\d.yaml', 'e.yaml', 'C/e.yaml'],
])('resolves against %s the reference %s', (base, reference, expected) => {
  expect(resolvePath(base, reference)).toBe(expected);
});
