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

test('XML: text beside attributes, names that stand twice, prefixes and namespaces', () => {
  const text = `<o:order xmlns:o="urn:o" xmlns="urn:d" xmlns:x="urn:x" id="7" x:kind="big">
    <id>8</id><item n="1">a</item><item n="2">b</item><o:total cur="EUR">12.50</o:total><note/></o:order>`;
  const schema = inferSchemaFromTexts([{ text }]);
  expect(schema).toMatchObject({
    required: ['@id', 'kind', 'id', 'item', 'total', 'note'],
    properties: {
      '@id': { type: 'integer', xml: { attribute: true, name: 'id' } },
      kind: { type: 'string', xml: { attribute: true, prefix: 'x', namespace: 'urn:x' } },
      id: { type: 'integer', xml: { namespace: 'urn:d' } },
      item: {
        items: {
          properties: { n: { type: 'integer' }, '#text': { type: 'string', xml: { 'x-text': true } } },
          required: ['n', '#text'],
        },
      },
      total: { properties: { '#text': { type: 'number' } }, xml: { prefix: 'o', namespace: 'urn:o' } },
    },
  });
  const value = readXml(text, schema, {});
  expect(value).toEqual({
    '@id': 7,
    kind: 'big',
    id: 8,
    item: [
      { n: 1, '#text': 'a' },
      { n: 2, '#text': 'b' },
    ],
    total: { cur: 'EUR', '#text': 12.5 },
    note: '',
  });
  const written = writeXml(value ?? null, schema, {}, 'order');
  expect(readXml(written, schema, {})).toEqual(value);
  expect(written).toContain('<o:total cur="EUR">12.5</o:total>');
  expect(written).toContain('<item n="1" xmlns="urn:d">a</item>');
});

test.each<[string, string, object]>([
  ['comments and commas too many', '{"a": 1, // the first\n "b": [1, 2,],}', { required: ['a', 'b'] }],
  [
    'one value a line',
    '{"a": 1}\n{"a": "x", "b": null}\n',
    { properties: { a: { type: ['string', 'integer'] } }, required: ['a'] },
  ],
  [
    'a price that happens to be whole',
    '{"a": 12.00, "b": -3.0, "c": 1, "t": "7.0"}',
    {
      properties: {
        a: { type: 'number' },
        b: { type: 'number' },
        c: { type: 'integer' },
        t: { type: 'string' },
      },
    },
  ],
  [
    'numbers longer than doubles are exact',
    '{"a": 12345678901234567890}',
    { properties: { a: { type: 'integer' } } },
  ],
  ['nothing but null', '{"a": null, "l": []}', { properties: { a: {}, l: { type: 'array', items: {} } } }],
  [
    'names of prototypes',
    '{"__proto__": {"a": 1}, "constructor": 2}',
    { required: ['__proto__', 'constructor'] },
  ],
])('JSON: %s', (_what, text, expected) => {
  expect(inferSchemaFromTexts([{ text }])).toMatchObject(expected);
});

test.each([
  ['a web page', [{ text: '<!DOCTYPE html><html><body>No</body></html>' }], /^Sample 1 is a web page/],
  ['an entity nobody declared', [{ text: '<a>&x;</a>' }], /^Sample 1 is no XML: entity not found/],
  ['broken JSON', [{ text: '{"a": ' }], /^Sample 1 is not valid JSON: in line 1/],
  ['broken XML', [{ text: '<a><b></a>' }], /Sample 1 is no XML/],
  ['two formats', [{ text: '<a/>' }, { text: '{}' }], /different formats/],
  ['two roots', [{ text: '<a/>' }, { text: '<b/>' }], /different roots: a, b/],
])('%s is refused with one sentence', (_what, samples, message) => {
  expect(() => inferSchemaFromTexts(samples)).toThrow(message);
});
