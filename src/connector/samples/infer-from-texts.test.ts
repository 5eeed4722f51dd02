import { expect, test } from 'vitest';
import { readXml } from '../xml/read-xml.ts';
import { writeXml } from '../xml/write-xml.ts';
import { inferSchemaFromTexts } from './infer-from-texts.ts';

test('JSON samples, the second without a member and with a null', () => {
  const schema = inferSchemaFromTexts([
    { text: '{"id": 12345678901234567890, "at": "2026-01-02T03:04:05Z", "note": "x"}' },
    { text: '{"id": 7, "at": null}', contentType: 'application/problem+json' },
  ]);
  expect(schema).toEqual({
    type: 'object',
    properties: {
      id: { type: 'integer' },
      at: { type: ['string', 'null'], format: 'date-time' },
      note: { type: 'string' },
    },
    required: ['id', 'at'],
  });
});

test('a form: numbers, switches, and names that repeat', () => {
  expect(inferSchemaFromTexts([{ text: 'weight=2.5&insured=true&tag=a&tag=b&zip=01067' }])).toMatchObject({
    properties: {
      weight: { type: 'number' },
      insured: { type: 'boolean' },
      tag: { type: 'array', items: { type: 'string' } },
      zip: { type: 'string' },
    },
    required: ['weight', 'insured', 'tag', 'zip'],
  });
});

const XML = `<?xml version="1.0"?>
<order id="7"><line sku="A1"><count>2</count></line><line sku="B2"><count>3</count><gift>true</gift></line><to>Ada</to></order>`;

test('XML: attributes, elements that repeat, and the name of the root', () => {
  expect(inferSchemaFromTexts([{ text: XML }])).toEqual({
    type: 'object',
    xml: { name: 'order' },
    required: ['id', 'line', 'to'],
    properties: {
      id: { type: 'integer', xml: { attribute: true } },
      to: { type: 'string' },
      line: {
        type: 'array',
        items: {
          type: 'object',
          required: ['sku', 'count'],
          properties: {
            sku: { type: 'string', xml: { attribute: true } },
            count: { type: 'integer' },
            gift: { type: 'boolean' },
          },
        },
      },
    },
  });
});

test('what a schema from XML reads, it writes again', () => {
  const schema = inferSchemaFromTexts([{ text: XML }]);
  const value = readXml(XML, schema, {});
  expect(value).toEqual({
    id: 7,
    line: [
      { sku: 'A1', count: 2 },
      { sku: 'B2', count: 3, gift: true },
    ],
    to: 'Ada',
  });
  expect(readXml(writeXml(value ?? null, schema, {}, 'order'), schema, {})).toEqual(value);
});

test.each([
  ['broken JSON', [{ text: '{"a": ' }], /Sample 1 is no JSON/],
  ['broken XML', [{ text: '<a><b></a>' }], /Sample 1 is no XML/],
  ['two formats', [{ text: '<a/>' }, { text: '{}' }], /different formats/],
  ['two roots', [{ text: '<a/>' }, { text: '<b/>' }], /different roots: a, b/],
])('%s is refused with one sentence', (_what, samples, message) => {
  expect(() => inferSchemaFromTexts(samples)).toThrow(message);
});
