import { expect, test } from 'vitest';
import type { JsonObject } from '../../base/index.ts';
import { flattenSchema } from './flatten-schema.ts';

const definitions: JsonObject = {
  Parcel: {
    type: 'object',
    properties: {
      id: { type: 'string', description: 'Its number.' },
      contents: { type: 'array', items: { $ref: '#/components/schemas/Parcel' } },
      sender: { $ref: '#/components/schemas/Person' },
      receiver: { $ref: '#/components/schemas/Person' },
    },
  },
  Person: { type: 'object', properties: { name: { type: 'string' } } },
};

test('each value has its path, those of a list with brackets; what contains itself ends', () => {
  const rows = flattenSchema({ type: 'array', items: { $ref: '#/components/schemas/Parcel' } }, definitions);
  expect(rows.map(({ path, type }) => `${path}: ${type}`)).toEqual([
    'body: array of object',
    '[].id: string',
    '[].contents: array of object',
    '[].sender: object',
    '[].sender.name: string',
    '[].receiver: object',
    '[].receiver.name: string',
  ]);
  expect(rows[1]?.description).toBe('Its number.');
});

test('a plain value is one row, and an endless schema without names ends', () => {
  expect(flattenSchema({ type: 'string' }, {})).toEqual([{ path: 'body', type: 'string', description: '' }]);
  const wide = { properties: Object.fromEntries(Array.from({ length: 900 }, (_, i) => [`p${i}`, {}])) };
  expect(flattenSchema(wide, {}).length).toBe(400);
});
