import { expect, test } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { listSchemaRows, type SchemaEntry } from './schema-rows.ts';

const definitions: JsonObject = {
  Parcel: {
    type: 'object',
    required: ['weight'],
    properties: {
      weight: { type: 'number', minimum: 0, maximum: 30, description: 'In kilograms.' },
      inside: { $ref: '#/components/schemas/Parcel' },
    },
  },
};

const entries: SchemaEntry[] = [
  {
    name: 'carrier',
    place: 'query',
    required: true,
    schema: { type: 'string', enum: ['ups', 'dhl'], default: 'ups' },
  },
  { name: 'body', required: true, schema: { $ref: '#/components/schemas/Parcel' }, note: 'What is sent.' },
  { name: 'codes', required: false, schema: { type: 'array', items: { type: 'string', enum: ['a', 'b'] } } },
  { name: 'name', required: false, schema: { type: 'string', minLength: 2, pattern: '^x' } },
];

test('a row says name, place, type, default and what is allowed', () => {
  const rows = listSchemaRows(entries, definitions, () => false);
  expect(rows).toMatchObject([
    { name: 'carrier', place: 'query', type: 'string', required: true, default: 'ups', allowed: 'ups, dhl' },
    { name: 'body', type: 'object', isOpen: false, description: 'What is sent.' },
    { name: 'codes', type: 'array of string', allowed: 'a, b' },
    { name: 'name', allowed: 'at least 2 characters; matches ^x' },
  ]);
  expect(rows[0]?.isOpen).toBeUndefined();
});

test('what is inside is listed below it when it is open, however deep a schema contains itself', () => {
  const rows = listSchemaRows(entries, definitions, (_key, level) => level < 3);
  expect(rows.map(({ key, level, isOpen }) => [key, level, isOpen])).toEqual([
    ['/carrier', 1, undefined],
    ['/body', 1, true],
    ['/body/weight', 2, undefined],
    ['/body/inside', 2, true],
    ['/body/inside/weight', 3, undefined],
    ['/body/inside/inside', 3, false],
    ['/codes', 1, undefined],
    ['/name', 1, undefined],
  ]);
  expect(rows[2]).toMatchObject({ required: true, allowed: '0 to 30', description: 'In kilograms.' });
});
