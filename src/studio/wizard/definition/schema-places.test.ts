import { expect, test } from 'vitest';
import type { JsonObject } from '../../../base/index.ts';
import { listSchemaRows } from '../../../connector/index.ts';
import { findRow, placeRows } from './schema-places.ts';

const ROOT = '/paths/~1parcels/get/responses/200/content/application~1json/schema';

const PARCEL = {
  type: 'object',
  properties: {
    from: { $ref: '#/components/schemas/Address' },
    stops: {
      type: 'array',
      items: { type: 'object', properties: { at: { $ref: '#/components/schemas/Address' } } },
    },
  },
};

const OPENAPI: JsonObject = {
  components: {
    schemas: {
      Address: {
        type: 'object',
        properties: { street: { type: 'string' }, next: { $ref: '#/components/schemas/Address' } },
      },
    },
  },
};

const find = (pointer: string | undefined) => findRow(OPENAPI, ROOT, PARCEL, pointer);

test('a row is found behind a reference, by the pointer that goes on through it', () => {
  expect(find(`${ROOT}/properties/from/properties/street`)?.id).toBe('/property:from/property:street');
  expect(find(`${ROOT}/properties/stops/items/properties/at/properties/next`)?.id).toBe(
    '/property:stops/items:Each item/property:at/property:next',
  );
});

test('what is deep is opened, and what is said of a row leads to the row', () => {
  const pointer = `${ROOT}/properties/stops/items/properties/at/properties/next/properties/street`;
  const found = find(`${pointer}/x-ms-summary`);
  const rows = listSchemaRows(OPENAPI, ROOT, PARCEL, (id, depth) => found?.toggled.has(id) !== depth < 2);
  expect(rows.some(({ id }) => id === found?.id)).toBe(true);
  expect(placeRows(rows).get(found?.id ?? '')).toBe(pointer);
});

test('the whole is found by itself, and nothing by a pointer that leads elsewhere', () => {
  expect(find(ROOT)?.id).toBe('');
  expect(find(`${ROOT}/properties/gone`)?.id).toBe('');
  expect(find('/paths/~1parcels/get')).toBeUndefined();
  expect(find(undefined)).toBeUndefined();
});
