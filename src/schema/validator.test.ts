import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../base/index.ts';
import { createValidator } from './validator.ts';

const check = (schema: JsonObject, value: Parameters<ReturnType<typeof createValidator>>[0]) =>
  createValidator(schema)(value);

describe('createValidator', () => {
  it('names the place and what must stand there, and never the value', () => {
    const schema: JsonObject = {
      type: 'object',
      properties: { weight: { type: 'number' }, unit: { enum: ['gram', 'kilogram'] } },
      required: ['weight', 'unit'],
    };
    expect(check(schema, { weight: 'heavy', unit: 'stone' })).toEqual([
      { pointer: '/weight', message: 'must be a number, not text' },
      { pointer: '/unit', message: 'must be one of "gram", "kilogram"' },
    ]);
    expect(check(schema, { weight: 1 })).toEqual([{ pointer: '', message: "must have 'unit'" }]);
    expect(check(schema, { weight: 1, unit: 'gram' })).toEqual([]);
  });

  it("understands OpenAPI 3.0's nullable, beside a type, an enum or a reference", () => {
    const schema: JsonObject = {
      properties: {
        a: { type: 'string', nullable: true },
        b: { type: 'string', enum: ['x'], nullable: true },
        c: { $ref: '#/$defs/C', nullable: true },
      },
      $defs: { C: { type: 'integer' } },
    };
    expect(check(schema, { a: null, b: null, c: null })).toEqual([]);
    expect(check(schema, { a: 1, b: 'y', c: 'z' }).map((problem) => problem.pointer)).toEqual([
      '/a',
      '/b',
      '/c',
    ]);
  });

  it('checks values against schemas that contain themselves', () => {
    const schema: JsonObject = {
      $ref: '#/definitions/Node',
      definitions: {
        Node: {
          type: 'object',
          properties: { name: { type: 'string' }, next: { $ref: '#/definitions/Node' } },
        },
      },
    };
    expect(check(schema, { name: 'a', next: { name: 'b' } })).toEqual([]);
    expect(check(schema, { name: 'a', next: { name: 2 } })).toEqual([
      { pointer: '/next/name', message: 'must be text, not a whole number' },
    ]);
  });

  it('survives whatever people write: unknown types, formats and keywords, bad patterns, dangling references', () => {
    const schema: JsonObject = {
      $schema: 'http://json-schema.org/draft-04/schema#',
      id: 'https://example.com/x',
      type: 'object',
      required: true,
      properties: {
        file: { type: 'file' },
        when: { type: 'string', format: 'the day before' },
        code: { type: 'string', pattern: '([' },
        gone: { $ref: '#/definitions/Gone' },
        far: { $ref: 'https://example.com/other.json#/X' },
        pair: { type: 'array', items: [{ type: 'string' }, { type: 'integer' }] },
        odd: 'not a schema',
      },
      'x-ms-visibility': 'internal',
    };
    expect(check(schema, { file: 1, when: 'x', code: 'y', gone: 1, far: 2, pair: ['a', 1] })).toEqual([]);
    expect(check(schema, { file: 1, pair: [1, 'a'] }).length).toBeGreaterThanOrEqual(0);
  });

  it('checks formats unless told not to', () => {
    const schema: JsonObject = { type: 'string', format: 'date-time' };
    expect(createValidator(schema)('yesterday')).toEqual([
      { pointer: '', message: 'must be written as date-time' },
    ]);
    expect(createValidator(schema, { formats: false })('yesterday')).toEqual([]);
  });

  it('takes a whole number beyond 2^53 for a whole number', () => {
    expect(check({ type: 'array', items: { type: 'integer' } }, [9_007_199_254_740_993n, 1])).toEqual([]);
  });

  it('does not ask a sender for what the server fills in, nor for what has a default', () => {
    const schema: JsonObject = {
      type: 'object',
      required: ['id', 'made', 'kind', 'name'],
      properties: {
        id: { readOnly: true },
        made: { 'x-ms-mutability': ['read'] },
        kind: { default: 'a' },
        name: { type: 'string', 'x-ms-mutability': ['create', 'read'] },
      },
    };
    expect(createValidator(schema, { forRequest: true })({})).toEqual([
      { pointer: '', message: "must have 'name'" },
    ]);
  });

  it('tells a failed alternative as one problem, and of "X or null" what is wrong with X', () => {
    const either: JsonObject = {
      anyOf: [{ type: 'string' }, { type: 'object', required: ['a'] }, { type: 'array' }],
    };
    expect(check(either, 5)).toEqual([{ pointer: '', message: 'fits none of the allowed shapes' }]);
    const optional: JsonObject = {
      anyOf: [{ type: 'object', properties: { a: { type: 'string' } } }, { type: 'null' }],
    };
    expect(check(optional, { a: 5 })).toEqual([
      { pointer: '/a', message: 'must be text, not a whole number' },
    ]);
  });

  it.each<[string, JsonObject, Json]>([
    ['an enum of another type', { type: 'boolean', enum: ['true'] }, false],
    ['a pattern that no allowed value matches', { enum: ['nb-NO'], pattern: '^x$', type: 'string' }, 'nb-NO'],
    ['parts of different types', { allOf: [{ type: 'string' }, { type: 'integer' }] }, 1],
    [
      'what one part requires and another says the server fills in',
      { allOf: [{ required: ['id'] }, { properties: { id: { readOnly: true } } }] },
      {},
    ],
  ])('of what is sent does not ask %s', (_name, schema, value) => {
    expect(createValidator(schema, { forRequest: true })(value)).toEqual([]);
  });
});
