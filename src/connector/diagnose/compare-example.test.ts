import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../base/index.ts';
import { compareExample } from './compare-example.ts';

const MEDIA = '/media';

function compare(schema: JsonObject, value: Json, isSent = false) {
  const openapi = { media: { schema }, components: { schemas: { Id: { type: 'string' } } } };
  return compareExample(openapi, MEDIA, value, isSent);
}

const label: JsonObject = {
  type: 'object',
  required: ['id', 'weight'],
  properties: { id: { $ref: '#/components/schemas/Id', readOnly: true }, weight: { type: 'number' } },
};

test('what an example lacks, has too much of, or has of another type is said in words', () => {
  expect(compare(label, { id: 'lb_1', weight: 1 })).toEqual([]);
  expect(compare(label, { id: 'lb_1', weight: '1', size: 'L' })).toEqual([
    'weight is a text; the definition says a number.',
    'size is not in the schema.',
  ]);
  expect(compare(label, { weight: 1 })).toEqual(['id is required and missing.']);
  expect(compare(label, [])).toEqual(['The value is not what the schema describes.']);
});

test('what is sent lacks what only the service sets', () => {
  expect(compare(label, { weight: 1 }, true)).toEqual([]);
  expect(compare(label, {}, true)).toEqual(['weight is required and missing.']);
});

test('of several shapes the one that fits is meant; without a schema anything goes', () => {
  const one = { oneOf: [label, { type: 'object', required: ['none'], properties: { none: {} } }] };
  expect(compare(one, { none: 1 })).toEqual([]);
  expect(compareExample({ media: {} }, MEDIA, 1, false)).toEqual([]);
});
