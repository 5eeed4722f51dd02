import { describe, expect, it } from 'vitest';
import { compileObject, importText, requestOf } from '../../../test/documents/read.ts';
import type { JsonObject } from '../../base/index.ts';
import { checkInputs } from '../request/check-inputs.ts';
import { readInputs } from '../request/read-inputs.ts';
import { makeSampleInputs } from '../request/sample-inputs.ts';

const describeApi = (schema: JsonObject, schemas: JsonObject): JsonObject => ({
  openapi: '3.1.0',
  info: { title: 'Orchard', version: '1' },
  servers: [{ url: 'https://orchard.example' }],
  paths: {
    '/trees': {
      post: {
        operationId: 'Plant',
        requestBody: { required: true, content: { 'application/json': { schema } } },
        responses: { 201: { description: 'Planted.' } },
      },
    },
  },
  components: { schemas },
});

/** Places of what is wrong with a body. */
function check(document: JsonObject, body: JsonObject): (string | undefined)[] {
  const connector = compileObject(document);
  const operation = connector.operation('Plant');
  if (operation === undefined) throw new Error('There is no operation.');
  return checkInputs(connector, operation, readInputs(connector, operation, { body })).map(
    ({ pointer }) => pointer,
  );
}

const schemas: JsonObject = {
  Apple: { $anchor: 'apple', type: 'object', required: ['sort'], properties: { sort: { type: 'string' } } },
  Tree: {
    $id: 'https://orchard.example/tree',
    $dynamicAnchor: 'node',
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string' },
      branches: { type: 'array', items: { $dynamicRef: '#node' } },
      age: { $ref: '#/$defs/years' },
      fruit: { $ref: '#/components/schemas/Apple' },
    },
    $defs: { years: { type: 'integer' } },
  },
};

describe('references to names', () => {
  it.each<[string, JsonObject, JsonObject, string]>([
    ['an anchor', { properties: { it: { $ref: '#apple' } } }, { it: {} }, '/body/it'],
    ['an address', { properties: { it: { $ref: 'https://orchard.example/tree' } } }, { it: {} }, '/body/it'],
    [
      'a relative address',
      { properties: { it: { $id: 'https://orchard.example/x', properties: { in: { $ref: 'tree' } } } } },
      { it: { in: {} } },
      '/body/it/in',
    ],
    [
      'a place within what has an address',
      { $ref: '#/components/schemas/Tree' },
      { name: 'a', age: 'old' },
      '/body/age',
    ],
    [
      'a place in the document from within what has an address',
      { $ref: '#/components/schemas/Tree' },
      { name: 'a', fruit: {} },
      '/body/fruit',
    ],
    [
      'a dynamic anchor',
      { $ref: '#/components/schemas/Tree' },
      { name: 'a', branches: [{ name: 'b', branches: [{}] }] },
      '/body/branches/0/branches/0',
    ],
  ])('by %s are followed', (_name, schema, body, place) => {
    const document = describeApi(schema, schemas);
    expect(importText(JSON.stringify(document)).warnings).toEqual([]);
    expect(check(document, body)).toEqual([place]);
  });

  it('that nobody has are a warning', () => {
    const { warnings } = importText(JSON.stringify(describeApi({ $ref: '#pear' }, schemas)));
    expect(warnings.map(({ code }) => code)).toEqual(['CONNECTOR_DANGLING_REFERENCE']);
  });

  it('are read the same when they come in again', () => {
    const { definition } = importText(JSON.stringify(describeApi({ $ref: '#apple' }, schemas)));
    expect(importText(JSON.stringify(definition?.openapi)).definition?.openapi).toEqual(definition?.openapi);
  });
});

describe('what stands beside a reference', () => {
  const document = describeApi(
    { $ref: '#/components/schemas/Apple', required: ['weight'], properties: { weight: { type: 'number' } } },
    schemas,
  );

  it('is demanded together with what it refers to', () => {
    expect(check(document, {})).toHaveLength(2);
    expect(check(document, { sort: 'russet', weight: 0.2 })).toEqual([]);
  });

  it('is in a sample together with it', () => {
    const connector = compileObject(document);
    const operation = connector.operations[0];
    expect(operation && makeSampleInputs(connector, operation)).toEqual({
      body: { sort: 'sample', weight: 1 },
    });
  });
});

describe('keywords of JSON Schema 2020-12', () => {
  it.each<[string, JsonObject, JsonObject, string[]]>([
    ['prefixItems', { a: { prefixItems: [{ type: 'string' }], items: false } }, { a: ['x', 1] }, ['/body/a']],
    ['const', { a: { const: 7 } }, { a: 8 }, ['/body/a']],
    ['a list of types', { a: { type: ['integer', 'null'] } }, { a: 'x' }, ['/body/a']],
    ['true', { a: true }, { a: [1] }, []],
    ['false', { a: false }, { a: 1 }, ['/body/a']],
    ['if and else', { a: { if: { maximum: 5 }, else: { multipleOf: 2 } } }, { a: 7 }, ['/body/a']],
    ['dependentRequired', { a: { dependentRequired: { b: ['c'] } } }, { a: { b: 1 } }, ['/body/a']],
    ['propertyNames', { a: { propertyNames: { maxLength: 1 } } }, { a: { bb: 1 } }, ['/body/a']],
    ['contains', { a: { contains: { const: 1 }, minContains: 2 } }, { a: [1] }, ['/body/a']],
  ])('bind a request: %s', (_name, properties, body, places) => {
    const found = check(describeApi({ type: 'object', properties }, {}), body);
    expect([...new Set(found)]).toEqual(places);
  });
});

describe('a sample of a subtype', () => {
  const pets: JsonObject = {
    Pet: {
      type: 'object',
      required: ['kind'],
      properties: { kind: { type: 'string' } },
      discriminator: { propertyName: 'kind', mapping: { feline: '#/components/schemas/Cat' } },
    },
    Cat: { allOf: [{ $ref: '#/components/schemas/Pet' }, { properties: { lives: { const: 9 } } }] },
    Dog: { allOf: [{ $ref: '#/components/schemas/Pet' }, { properties: { barks: { const: true } } }] },
  };
  const sample = (name: string) => {
    const connector = compileObject(describeApi({ $ref: `#/components/schemas/${name}` }, pets));
    const operation = connector.operations[0];
    const inputs = operation === undefined ? {} : makeSampleInputs(connector, operation);
    return JSON.parse(String(requestOf(connector, 'Plant', inputs).body));
  };

  it('says which it is, as the mapping calls it or by its name', () => {
    expect(sample('Cat')).toEqual({ kind: 'feline', lives: 9 });
    expect(sample('Dog')).toEqual({ kind: 'Dog', barks: true });
  });
});
