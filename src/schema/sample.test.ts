import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../base/index.ts';
import { improveSample } from './improve-sample.ts';
import { makeSample } from './sample.ts';
import { createValidator } from './validator.ts';

describe('makeSample', () => {
  it("prefers the author's example, default and first allowed value to its own", () => {
    const schema: JsonObject = {
      type: 'object',
      properties: {
        a: { type: 'string', examples: ['one'] },
        b: { type: 'integer', default: 7 },
        c: { type: 'string', enum: ['x', 'y'] },
        d: { type: 'integer', example: 'of the wrong type', minimum: 3 },
        e: { type: 'string', format: 'email' },
      },
    };
    expect(makeSample(schema)).toEqual({ a: 'one', b: 7, c: 'x', d: 3, e: 'ada@example.com' });
  });

  it.each<[string, JsonObject]>([
    [
      'names that must match a pattern',
      {
        type: 'object',
        minProperties: 2,
        propertyNames: { pattern: '^x-' },
        patternProperties: { '^x-': {} },
      },
    ],
    ['names out of a list', { type: 'object', minProperties: 1, propertyNames: { enum: ['a', 'b'] } }],
    ['a password', { type: 'string', pattern: '^(?=.*[A-Z])(?=.*\\d)[A-Za-z\\d]{8,}$' }],
    ['what is no object', { not: { type: 'object' } }],
  ])('makes %s', (_what, schema) => {
    expect(createValidator(schema)(makeSample(schema))).toEqual([]);
  });

  it('names a subtype as the mapping does, and as the list of names where it is in no mapping', () => {
    const root: JsonObject = {
      Mode: { type: 'string', enum: ['auto', 'bookmark'] },
      App: {
        type: 'object',
        properties: { mode: { $ref: '#/Mode' } },
        discriminator: { propertyName: 'mode', mapping: { bookmark: '#/Bookmark' } },
      },
      Bookmark: { allOf: [{ $ref: '#/App' }, { properties: { url: { type: 'string' } } }] },
    };
    expect(makeSample({ $ref: '#/App' }, root)).toEqual({ mode: 'auto' });
    const either: JsonObject = {
      oneOf: [{ $ref: '#/Bookmark' }],
      discriminator: { propertyName: 'mode', mapping: { bookmark: '#/Bookmark' } },
    };
    expect(makeSample(either, root)).toEqual({ mode: 'bookmark', url: 'sample' });
  });

  it('ends circles and joins allOf', () => {
    const root: JsonObject = {
      components: {
        schemas: {
          Named: { type: 'object', properties: { name: { type: 'string' } } },
          Tree: {
            allOf: [
              { $ref: '#/components/schemas/Named' },
              {
                type: 'object',
                properties: { children: { type: 'array', items: { $ref: '#/components/schemas/Tree' } } },
              },
            ],
          },
        },
      },
    };
    expect(makeSample({ $ref: '#/components/schemas/Tree' }, root)).toEqual({ name: 'sample', children: [] });
  });

  it('stays small where everything contains everything', () => {
    const names = Array.from({ length: 30 }, (_, index) => `S${index}`);
    const refs = Object.fromEntries(names.map((name) => [name, { $ref: `#/$defs/${name}` }]));
    const root: JsonObject = {
      $defs: Object.fromEntries(names.map((name) => [name, { type: 'object', properties: refs }])),
    };
    expect(JSON.stringify(makeSample({ $ref: '#/$defs/S0' }, root)).length).toBeLessThan(100_000);
  });

  it('leaves out of a request what the server fills in', () => {
    const schema: JsonObject = {
      type: 'object',
      properties: { id: { type: 'string', readOnly: true }, name: { type: 'string' } },
    };
    expect(makeSample(schema, schema, { forRequest: true })).toEqual({ name: 'sample' });
  });

  it.each<[string, JsonObject]>([
    ['bounds of numbers', { type: 'integer', minimum: 5, multipleOf: 4, maximum: 9 }],
    ['bounds that are left out', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.5 }],
    ['steps of a tenth', { type: 'number', minimum: 0.25, multipleOf: 0.1 }],
    ['whole numbers of fractional steps', { type: 'integer', minimum: 1, multipleOf: 1.5 }],
    ['negative numbers', { type: 'integer', maximum: -7 }],
    ['patterns with conditions', { type: 'string', pattern: '(?=^.{5,20}$)^[a-z.]+@[a-z]+$' }],
    ['patterns and lengths', { type: 'string', pattern: '^[A-Z]+$', minLength: 3, maxLength: 4 }],
    ['patterns with letters of any language', { type: 'string', pattern: '^\\p{Lu}\\p{Ll}{2,}\\u0041$' }],
    ['patterns of which a later alternative fits', { type: 'string', pattern: '^(?:a|bcd)$', minLength: 3 }],
    ['numbers of items', { type: 'array', items: { type: 'integer' }, minItems: 3, uniqueItems: true }],
    [
      'different items of a list',
      { type: 'array', items: { enum: ['a', 'b', 'c'] }, minItems: 2, uniqueItems: true },
    ],
    ['tuples', { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], minItems: 2 }],
    [
      'numbers of properties',
      { type: 'object', minProperties: 2, additionalProperties: { type: 'integer' } },
    ],
    [
      'what nobody describes but must be there',
      { type: 'object', required: ['a'], patternProperties: { a: { type: 'null' } } },
    ],
    [
      'parts that ask together',
      {
        allOf: [
          { required: ['a'] },
          { properties: { a: { type: 'integer' } } },
          { properties: { a: { minimum: 4 } } },
        ],
      },
    ],
    [
      'an alternative beside properties',
      {
        type: 'object',
        properties: { a: { type: 'string' } },
        oneOf: [{ required: ['b'], properties: { b: { const: 1 } } }],
      },
    ],
    ['what is not allowed', { enum: ['a', 'b'], not: { enum: ['a'] } }],
  ])('fits %s', (_name, schema) => {
    expect(createValidator(schema)(makeSample(schema))).toEqual([]);
  });

  it('names the branch of a union where a discriminator asks for it', () => {
    const root: JsonObject = {
      $defs: { Cat: { type: 'object', properties: { kind: { type: 'string' } } } },
      oneOf: [{ $ref: '#/$defs/Cat' }],
      discriminator: { propertyName: 'kind', mapping: { cat: '#/$defs/Cat' } },
    };
    expect(makeSample(root)).toEqual({ kind: 'cat' });
  });
});

describe('improveSample', () => {
  const improve = (schema: JsonObject) => {
    const validate = createValidator(schema, { forRequest: true });
    return improveSample(
      (options) => makeSample(schema, schema, options),
      (sample) => validate(sample).map((problem) => problem.pointer),
    );
  };

  it('passes over examples that contradict their schema, and keeps the others', () => {
    const properties: JsonObject = {
      code: { type: 'string', maxLength: 2, example: 'too long' },
      name: { type: 'string', example: 'Ada' },
    };
    expect(improve({ type: 'object', properties })).toEqual({ code: 'sa', name: 'Ada' });
    expect(improve({ type: 'object', properties, example: { code: 'long', name: 'Bo' } })).toEqual({
      code: 'sa',
      name: 'Ada',
    });
  });

  it('takes the alternative that fits when the first does not', () => {
    const schema: JsonObject = {
      type: 'object',
      oneOf: [{ required: ['a'], properties: { a: false } }, { required: ['b'] }],
    };
    expect(improve(schema)).toEqual({ b: 'sample' });
  });

  it('gives what comes nearest where nothing fits', () => {
    expect(improve({ type: 'string', minLength: 3, maxLength: 2 })).toBe('sam');
  });
});
