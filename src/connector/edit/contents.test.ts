import { describe, expect, it } from 'vitest';
import { getByPointer, type JsonObject } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { importRequestSample, importResponseSample, importSchemaSample } from './import-sample.ts';
import { readSample } from './read-sample.ts';
import {
  addField,
  checkFieldName,
  deleteField,
  moveField,
  readEnum,
  readValue,
  renameField,
  setEnum,
  setFieldRequired,
  setNullable,
  setType,
} from './schema-edits.ts';
import { listSchemaRows } from './schema-rows.ts';
import {
  addUnsubscribe,
  findCallbackField,
  findUnsubscribe,
  listBodyFields,
  readTriggerKind,
  setCallbackField,
  setTriggerKind,
} from './trigger-edits.ts';

const POINTER = '/paths/~1x/get';

function define(operation: JsonObject = {}, components: JsonObject = {}): ConnectorDefinition {
  const openapi: JsonObject = {
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    servers: [{ url: 'https://api.shop.example/v1' }],
    paths: { '/x': { get: { operationId: 'X', responses: { '200': { description: 'OK' } }, ...operation } } },
    components,
  };
  return { openapi, properties: {}, source: { format: 'openapi-3.1', fileName: null }, files: {} };
}

function operationOf(definition: ConnectorDefinition) {
  const operation = compileConnector(definition).operation('X');
  if (operation === undefined) throw new Error('no operation');
  return operation;
}

describe('a sample', () => {
  it('is told apart: a body, a command, a command with its answer', () => {
    expect(readSample('{"a": 1}')).toEqual({ answer: { headers: [], body: '{"a": 1}' } });
    expect(readSample('curl https://a.example \\\n -d \'{\n"a": 1}\'')).toEqual({
      command: 'curl https://a.example \\\n -d \'{\n"a": 1}\'',
    });
    const both = readSample(
      'curl -i https://a.example\nHTTP/1.1 100 Continue\n\nHTTP/2 201 Created\ncontent-type: application/json\nX-Rate: 3\ndate: now\n\n{"id": 7}\n',
    );
    expect(both).toEqual({
      command: 'curl -i https://a.example',
      answer: { status: '201', contentType: 'application/json', headers: ['X-Rate'], body: '{"id": 7}' },
    });
    const verbose = readSample(
      'curl -v https://a.example\n* Trying\n> GET / HTTP/1.1\n>\n< HTTP/1.1 200 OK\n< X-A: 1\n<\n{"b": 2}',
    );
    expect(verbose.answer).toEqual({ status: '200', headers: ['X-A'], body: '{"b": 2}' });
  });

  it('describes a body without saying what must be there', () => {
    const { definition } = importRequestSample(
      define(),
      POINTER,
      '{"ship_to": {"name": "Ada"}, "n": 1}',
      'replace',
    );
    const { body } = operationOf(definition);
    expect([body?.mediaType, body?.required]).toEqual(['application/json', true]);
    expect(body?.schema).toEqual({
      type: 'object',
      properties: {
        ship_to: { type: 'object', properties: { name: { type: 'string' } } },
        n: { type: 'integer' },
      },
    });
  });

  it('of an answer describes its status, further ones what else it may hold', () => {
    const one = importResponseSample(define(), POINTER, '200', '{"a": 1, "b": "x"}', 'replace').definition;
    const two = importResponseSample(one, POINTER, '200', '{"a": 1.5, "c": []}', 'extend').definition;
    const schema = operationOf(two).successResponse?.schema;
    expect(schema).toMatchObject({
      properties: { a: { type: 'number' }, b: {}, c: { type: 'array' } },
      required: ['a'],
    });
    const xml = importResponseSample(
      two,
      POINTER,
      '404',
      '<error><code>7</code></error>',
      'replace',
    ).definition;
    const responses = operationOf(xml).responses;
    expect(responses.map(({ status, mediaTypes }) => [status, mediaTypes])).toEqual([
      ['200', ['application/json']],
      ['404', ['application/xml']],
    ]);
  });

  it('that is a command brings method, address, parameters, body and answer', () => {
    const text = `curl -X POST 'https://api.shop.example/v1/orders/42/lines?dry=true' -H 'X-Shop: s' -H 'API-Key: s3cret' \\
      -H 'Content-Type: application/json' -d '{"sku": "a", "count": 2}'
{"line": 3}`;
    const result = importRequestSample(define(), POINTER, text, 'replace');
    expect(result.pointer).toBe('/paths/~1orders~1{orderId}~1lines/post');
    const operation = operationOf(result.definition);
    expect(operation.parameters.map((one) => `${one.in} ${one.name}`)).toEqual([
      'path orderId',
      'query dry',
      'header X-Shop',
    ]);
    expect(Object.keys(operation.body?.schema['properties'] as JsonObject)).toEqual(['sku', 'count']);
    expect(operation.successResponse?.schema).toMatchObject({ properties: { line: { type: 'integer' } } });
    expect(JSON.stringify(result.definition)).not.toContain('s3cret');
  });

  it('that cannot be read is refused with a reason', () => {
    expect(() => importRequestSample(define(), POINTER, '{"a": }', 'replace')).toThrow(
      /^Sample 1 is not valid JSON: in line 1, column 7/,
    );
    expect(() => importRequestSample(define(), POINTER, ' ', 'replace')).toThrow(/Paste a body/);
    expect(() => importResponseSample(define(), POINTER, '200', 'curl https://a.example', 'replace')).toThrow(
      /without its answer/,
    );
  });

  it('describes a shared schema', () => {
    const shared = define({}, { schemas: { A: {} } });
    const { openapi } = importSchemaSample(shared, '/components/schemas/A', '[1]', 'replace');
    expect(getByPointer(openapi, '/components/schemas/A')).toEqual({
      type: 'array',
      items: { type: 'integer' },
    });
  });
});

describe('a schema', () => {
  const document: JsonObject = {
    a: { type: 'object', properties: { one: { type: 'string' }, two: { $ref: '#/b' } }, required: ['one'] },
    b: {
      type: 'object',
      properties: {
        back: { $ref: '#/b' },
        list: { type: 'array', items: { type: 'object', properties: { x: {} } } },
      },
    },
  };
  const written = document['a'] as JsonObject;

  it('is listed as a tree, references followed, only what is open', () => {
    const rows = listSchemaRows(document, '/a', written, (_id, depth) => depth < 3);
    expect(rows.map((row) => `${'-'.repeat(row.depth)}${row.name} ${row.pointer}`)).toEqual([
      ' /a',
      '-one /a/properties/one',
      '-two /a/properties/two',
      '--back /b/properties/back',
      '---back /b/properties/back',
      '---list /b/properties/list',
      '--list /b/properties/list',
      '---Each item /b/properties/list/items',
    ]);
    expect(rows[2]).toMatchObject({
      refersTo: 'b',
      target: '/b',
      position: 2,
      siblings: 2,
      isRequired: false,
    });
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });

  it('gets, renames, moves and loses fields', () => {
    const added = addField(document, '/a', 'one');
    expect(Object.keys(fieldsOf(added.openapi))).toEqual(['one', 'field', 'two']);
    const renamed = renameField(added.openapi, '/a', 'one', 'first');
    expect(getByPointer(renamed, '/a/required')).toEqual(['first']);
    expect(Object.keys(fieldsOf(moveField(renamed, '/a', 'two', -1)))).toEqual(['first', 'two', 'field']);
    const left = deleteField(renamed, '/a', 'first');
    expect([Object.keys(fieldsOf(left)), getByPointer(left, '/a/required')]).toEqual([
      ['field', 'two'],
      undefined,
    ]);
    expect(getByPointer(setFieldRequired(left, '/a', 'two', true), '/a/required')).toEqual(['two']);
    expect(checkFieldName(written, 'one', 'two')).toContain('already');
    expect(checkFieldName(written, 'one', 'one')).toBeUndefined();
  });

  it('takes fields of any name', () => {
    const renamed = renameField(document, '/a', 'one', '__proto__');
    expect(Object.keys(fieldsOf(renamed))).toEqual(['__proto__', 'two']);
  });

  it('changes its type and keeps what still holds', () => {
    const text: JsonObject = {
      type: ['string', 'null'],
      title: 'T',
      format: 'date',
      enum: ['a'],
      maxLength: 3,
    };
    expect(setType(text, 'array')).toEqual({
      type: ['array', 'null'],
      title: 'T',
      items: { type: 'string' },
    });
    expect(setType(text, 'object')).toEqual({ type: ['object', 'null'], title: 'T', properties: {} });
    expect(setType(text, 'string')).toEqual(text);
    expect(setNullable({ type: 'integer' }, true)).toEqual({ type: ['integer', 'null'] });
    expect(setNullable(text, false)).toMatchObject({ type: 'string' });
  });

  it('keeps names of values only where there are some', () => {
    const named = setEnum({ type: 'string' }, [
      { value: 'a', title: 'First' },
      { value: 'b', title: '' },
    ]);
    expect(named['x-ms-enum-values']).toEqual([
      { value: 'a', displayName: 'First' },
      { value: 'b', displayName: 'b' },
    ]);
    expect(readEnum(named)[0]).toEqual({ value: 'a', title: 'First' });
    expect(setEnum(named, [{ value: 'a', title: '' }])).toEqual({ type: 'string', enum: ['a'] });
    expect(setEnum(named, [])).toEqual({ type: 'string' });
    expect([
      readValue('7', { type: 'integer' }),
      readValue('x', { type: 'integer' }),
      readValue('true', { type: 'boolean' }),
    ]).toEqual([7, 'x', true]);
  });

  function fieldsOf(root: JsonObject): JsonObject {
    return getByPointer(root, '/a/properties') as JsonObject;
  }
});

describe('a trigger', () => {
  it('that is polled', () => {
    const single = setTriggerKind(define(), POINTER, 'polling-single');
    expect(operationOf(single.definition).trigger).toMatchObject({ kind: 'polling', batch: false });
    const back = setTriggerKind(single.definition, POINTER, 'action').definition;
    expect(back).toEqual(define());
  });

  it('that is a webhook has a body with an address, a content, and an end', () => {
    const webhook = setTriggerKind(define(), POINTER, 'webhook');
    expect(webhook.pointer).toBe('/paths/~1x/post');
    expect(readTriggerKind(webhook.definition.openapi, webhook.pointer)).toBe('webhook');
    expect(operationOf(webhook.definition).trigger).toMatchObject({
      kind: 'webhook',
      callbackUrlPointer: '/callbackUrl',
      notificationSchema: { type: 'object' },
    });
    expect(findUnsubscribe(webhook.definition.openapi, webhook.pointer)).toBeUndefined();
    const ended = addUnsubscribe(webhook.definition, webhook.pointer);
    expect(findUnsubscribe(ended.definition.openapi, webhook.pointer)).toBe(ended.pointer);
    expect(compileConnector(ended.definition).operation('DeleteX')).toMatchObject({ visibility: 'internal' });
    const polled = setTriggerKind(ended.definition, webhook.pointer, 'polling-batch').definition;
    expect(operationOf(polled).trigger).toMatchObject({ kind: 'polling', batch: true });
  });

  it('takes the address in the field that is chosen, required all the way', () => {
    const sample = '{"event": "x", "target": {"hook_url": "https://a.example"}}';
    const withBody = importRequestSample(define(), POINTER, sample, 'replace').definition;
    const webhook = setTriggerKind(withBody, POINTER, 'webhook');
    const { openapi } = webhook.definition;
    expect(findCallbackField(openapi, webhook.pointer)?.name).toBe('target.hook_url');
    const event = listBodyFields(openapi, webhook.pointer).find(({ name }) => name === 'event');
    const moved = setCallbackField(webhook.definition, webhook.pointer, event?.pointer ?? '');
    expect(operationOf(moved).body?.schema).toEqual({
      type: 'object',
      properties: {
        event: { type: 'string', 'x-ms-visibility': 'internal', 'x-ms-notification-url': true },
        target: {
          type: 'object',
          properties: { hook_url: { type: 'string', format: 'uri' } },
          required: ['hook_url'],
        },
      },
      required: ['target', 'event'],
    });
  });
});
