import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import { readResponse } from './read-response.ts';

const order: JsonObject = {
  type: 'object',
  xml: { name: 'order' },
  properties: {
    number: { type: 'integer', xml: { attribute: true } },
    line: { type: 'array', items: { type: 'string' } },
    pin: { type: 'string', writeOnly: true },
  },
};
const error: JsonObject = {
  type: 'object',
  properties: { reason: { type: 'string' }, code: { type: 'integer' } },
};

const openapi: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Orders', version: '1' },
  servers: [{ url: 'https://orders.example' }],
  paths: {
    '/order': {
      get: {
        operationId: 'GetOrder',
        responses: {
          '200': describeBody(order),
          '2XX': describeBody({ type: 'string' }),
          default: describeBody(error),
        },
      },
    },
  },
};

function describeBody(schema: JsonObject): JsonObject {
  return { description: '', content: { 'application/xml': { schema }, 'application/json': { schema } } };
}

const operation = compileConnector({
  openapi,
  properties: {},
  source: { format: 'openapi-3.1', fileName: null },
  files: {},
}).operation('GetOrder');

function read(body: string | Uint8Array, type: string, status = 200): Json {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return readResponse(operation, { status, headers: { 'content-type': type }, body: bytes }, openapi).body;
}

describe('answers that a schema describes', () => {
  it('are read from XML by the response of their status', () => {
    const xml = '<order number="7"><line>a</line></order>';
    expect(read(xml, 'text/xml')).toEqual({ number: 7, line: ['a'] });
    expect(read('<x><y>1</y></x>', 'application/xml', 201)).toBe('<x><y>1</y></x>');
    expect(read('<e><reason>no</reason><code>5</code></e>', 'application/xml', 500)).toEqual({
      reason: 'no',
      code: 5,
    });
    expect(read('<order', 'application/xml')).toBe('<order');
  });

  it('are read from XML in the charset it declares', () => {
    const latin = Buffer.from(
      '<?xml version="1.0" encoding="ISO-8859-1"?><order><line>é</line></order>',
      'latin1',
    );
    expect(read(latin, 'application/xml')).toEqual({ line: ['é'] });
  });

  it('are read from JSON that is labelled as text, if it is JSON', () => {
    expect(read('{"number":7}', 'text/plain')).toEqual({ number: 7 });
    expect(read('{order 7}', 'text/plain')).toBe('{order 7}');
    expect(read('{"a":1}', 'text/plain', 201)).toBe('{"a":1}');
  });

  it('keep out what the service only takes', () => {
    expect(read('{"number":7,"pin":"1234"}', 'application/json')).toEqual({ number: 7 });
  });
});

describe('charsets', () => {
  const utf16 = Buffer.from('\ufeff{"a":"é"}', 'utf16le');

  it('are those of a byte order mark, of the label, or UTF-8', () => {
    expect(read(utf16, 'application/json', 201)).toEqual({ a: 'é' });
    expect(read('\ufeff{"a":1}', 'application/json', 201)).toEqual({ a: 1 });
    expect(read(Buffer.from('{"a":"é"}', 'latin1'), 'application/json; charset=latin1', 201)).toEqual({
      a: 'é',
    });
    expect(read('é', 'text/plain; charset=no-such', 201)).toBe('é');
  });

  it('that are wrong make a success an error, and a failure readable', () => {
    const broken = Buffer.from('{"reason":"é"}', 'latin1');
    expect(() => read(broken, 'application/json', 201)).toThrow(/is not written in UTF-8/);
    expect(read(broken, 'application/json', 500)).toEqual({ reason: '\ufffd' });
  });
});
