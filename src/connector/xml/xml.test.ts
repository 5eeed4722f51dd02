import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../base/index.ts';
import { readXml } from './read-xml.ts';
import { writeXml } from './write-xml.ts';

const text: JsonObject = { type: 'string' };

/** The tables of the OpenAPI specification (3.1, section 4.8.26.3): schema, value, XML. */
const EXAMPLES: [string, JsonObject, Json, string][] = [
  ['an element by its property', { animals: text }, { animals: 'a' }, '<animals>a</animals>'],
  [
    'a list without an element of its own',
    { animals: { type: 'array', items: text } },
    { animals: ['a', 'b'] },
    '<animals>a</animals><animals>b</animals>',
  ],
  [
    'attribute, prefix, namespace and name',
    {
      id: { type: 'integer', xml: { attribute: true } },
      name: { ...text, xml: { namespace: 'https://example.com/schema/sample', prefix: 'sample' } },
    },
    { id: 123, name: 'example' },
    '@ id="123"|<sample:name xmlns:sample="https://example.com/schema/sample">example</sample:name>',
  ],
  [
    'the name of the items',
    { animals: { type: 'array', items: { ...text, xml: { name: 'animal' } } } },
    { animals: ['a', 'b'] },
    '<animal>a</animal><animal>b</animal>',
  ],
  [
    'the name of the list has no effect without an element',
    { animals: { type: 'array', items: { ...text, xml: { name: 'animal' } }, xml: { name: 'aliens' } } },
    { animals: ['a', 'b'] },
    '<animal>a</animal><animal>b</animal>',
  ],
  [
    'a wrapped list',
    { animals: { type: 'array', items: text, xml: { wrapped: true } } },
    { animals: ['a', 'b'] },
    '<animals><animals>a</animals><animals>b</animals></animals>',
  ],
  [
    'a wrapped list with both names',
    {
      animals: {
        type: 'array',
        items: { ...text, xml: { name: 'animal' } },
        xml: { name: 'aliens', wrapped: true },
      },
    },
    { animals: ['a', 'b'] },
    '<aliens><animal>a</animal><animal>b</animal></aliens>',
  ],
  [
    'a wrapped list with a name',
    { animals: { type: 'array', items: text, xml: { name: 'aliens', wrapped: true } } },
    { animals: ['a', 'b'] },
    '<aliens><aliens>a</aliens><aliens>b</aliens></aliens>',
  ],
];

describe('XML by the schema', () => {
  it.each(EXAMPLES)('%s, out and in', (_name, properties, value, inner) => {
    const schema: JsonObject = { type: 'object', xml: { name: 'r' }, properties };
    const [attributes = '', content = ''] = inner.startsWith('@') ? inner.slice(1).split('|') : ['', inner];
    const written = writeXml(value, schema, {}, 'root');
    expect(written).toBe(`<r${attributes}>${content}</r>`);
    expect(readXml(written, schema, {})).toEqual(value);
  });

  it('takes the name of the component, and follows references in a circle', () => {
    const document: JsonObject = {
      components: {
        schemas: {
          Node: {
            type: 'object',
            properties: { n: { type: 'number' }, next: { $ref: '#/components/schemas/Node' } },
          },
        },
      },
    };
    const schema = { $ref: '#/components/schemas/Node' };
    const value = { n: 1.5, next: { n: 2, next: { n: 3 } } };
    const written = writeXml(value, schema, document, 'body');
    expect(written).toBe('<Node><n>1.5</n><next><n>2</n><next><n>3</n></next></next></Node>');
    expect(readXml(written, schema, document)).toEqual(value);
  });

  it('passes a default namespace on to what stands inside', () => {
    const schema = { type: 'object', xml: { name: 'o', namespace: 'urn:o' }, properties: { a: text } };
    expect(writeXml({ a: 'x' }, schema, {}, 'r')).toBe('<o xmlns="urn:o"><a>x</a></o>');
  });

  it('keeps what the schema does not know, as Json.NET writes it', () => {
    const value = { order: { '@id': '7', line: ['a', 'b'], note: { '@lang': 'en', '#text': 'hi' } } };
    const written = writeXml(value, {}, {}, 'body');
    expect(written).toBe('<order id="7"><line>a</line><line>b</line><note lang="en">hi</note></order>');
    expect(readXml(written, { type: 'object' }, {})).toEqual(value.order);
  });

  it('refuses what XML cannot hold, and reads neither entities nor what is no XML', () => {
    expect(() => writeXml({ 'a b': 1, c: 2 }, {}, {}, 'r')).toThrow(/cannot be written as XML/);
    expect(() => writeXml({ a: '\u0000', c: 2 }, {}, {}, 'r')).toThrow(/cannot be written as XML/);
    expect(readXml('<!DOCTYPE r [<!ENTITY e "x">]><r>&e;</r>', {}, {})).toBeUndefined();
    expect(readXml('<r>', {}, {})).toBeUndefined();
    expect(readXml('no XML', {}, {})).toBeUndefined();
  });

  it('reads back whatever it wrote', () => {
    const word = fc
      .string({ unit: 'binary' })
      .filter((one) => /^[\t\n\r\x20-\ud7ff\ue000-\ufffd]*$/.test(one));
    const schema: JsonObject = {
      type: 'object',
      properties: {
        id: { type: 'string', xml: { attribute: true } },
        count: { type: 'integer' },
        open: { type: 'boolean', xml: { name: 'is-open' } },
        tags: { type: 'array', items: { ...text, xml: { name: 'tag' } } },
        lines: {
          type: 'array',
          xml: { wrapped: true },
          items: {
            type: 'object',
            xml: { name: 'line' },
            properties: { sku: text, price: { type: 'number' } },
          },
        },
      },
    };
    const line = fc.record({ sku: word, price: fc.double({ min: -1e9, max: 1e9, noNaN: true }) });
    const value = fc.record(
      {
        id: word,
        count: fc.maxSafeInteger(),
        open: fc.boolean(),
        tags: fc.array(word, { minLength: 1 }),
        lines: fc.array(line),
      },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(value, (given) => {
        const plain = JSON.parse(JSON.stringify(given)) as Json;
        expect(readXml(writeXml(plain, schema, {}, 'r'), schema, {})).toEqual(plain);
      }),
      { numRuns: 60 },
    );
  });
});
