import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import { finishRequest } from './finish-request.ts';
import { prepareRequest } from './prepare-request.ts';

const item: JsonObject = {
  type: 'object',
  xml: { name: 'item' },
  properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string' }, of: { type: 'object' } },
};

function build(operation: JsonObject, inputs: JsonObject) {
  const connector = compileConnector({
    openapi: {
      openapi: '3.1.0',
      info: { title: 'T', version: '1' },
      servers: [{ url: 'https://api.example' }],
      paths: { '/items': { put: { operationId: 'Put', responses: {}, ...operation } } },
    },
    properties: {},
    source: { format: 'openapi-3.1', fileName: null },
    files: {},
  });
  const found = connector.operation('Put');
  if (found === undefined) throw new Error('no operation');
  const context = { connector, operation: found, values: {}, method: connector.authenticationMethod() };
  const { headers, body } = finishRequest(prepareRequest(context, inputs));
  return { type: headers['content-type'], accept: headers['accept'], body: toText(body) };
}

function toText(body: string | Uint8Array | undefined): string | undefined {
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : body;
}

const takes = (...types: string[]): JsonObject => ({
  parameters: [{ name: 'Content-Type', in: 'header', schema: { type: 'string' } }],
  requestBody: { content: Object.fromEntries(types.map((type) => [type, { schema: item }])) },
});
const body: Json = { id: 7, name: 'a b', of: { x: 1 } };

describe('the media type of a body', () => {
  it('is JSON where it can be, without what only the service sets', () => {
    expect(build(takes('application/xml', 'application/json'), { body })).toMatchObject({
      type: 'application/json',
      body: '{"name":"a b","of":{"x":1}}',
    });
  });

  it('is the one a Content-Type among the inputs names', () => {
    const send = (type: string) =>
      build(takes('application/json', 'application/xml'), { body, 'Content-Type': type });
    expect(send('application/xml')).toMatchObject({
      type: 'application/xml',
      body: '<item><name>a b</name><of><x>1</x></of></item>',
    });
    expect(send('application/x-www-form-urlencoded').body).toBe('name=a+b&of=%7B%22x%22%3A1%7D');
    expect(send('application/vnd.api+json')).toMatchObject({
      type: 'application/vnd.api+json',
      body: '{"name":"a b","of":{"x":1}}',
    });
    expect(build(takes('application/*+json'), { body })).toMatchObject({
      type: 'application/json',
      body: '{"name":"a b","of":{"x":1}}',
    });
    const parts = send('multipart/form-data');
    expect(parts.type).toMatch(/^multipart\/form-data; boundary=/);
    expect(parts.body).toContain('name="name"\r\n\r\na b\r\n');
  });

  it('is that of the bytes that are given, where the operation takes them', () => {
    const image = { '$content-type': 'image/png', $content: 'iVBORw==' };
    expect(build(takes('application/json', 'image/*'), { body: image }).type).toBe('image/png');
    expect(build(takes('application/json', 'text/csv'), { body: image }).type).toBe('application/json');
  });
});

describe('parts of a multipart body', () => {
  it('are written as their encoding says', () => {
    const sent = build(
      {
        requestBody: {
          content: {
            'multipart/form-data': {
              schema: {
                type: 'object',
                properties: {
                  meta: item,
                  history: { type: 'array', items: { type: 'object' } },
                  tags: { type: 'array', items: { type: 'string' } },
                  file: { type: 'string', format: 'binary' },
                },
              },
              encoding: {
                meta: { contentType: 'application/xml; charset=utf-8' },
                tags: { style: 'form', explode: false },
                file: {
                  contentType: 'image/*, image/png',
                  headers: { 'X-Kind': { schema: { const: 'photo' } } },
                },
              },
            },
          },
        },
      },
      { body: { meta: { name: 'n' }, history: [{ a: 1 }, { a: 2 }], tags: ['x', 'y'], file: 'bytes' } },
    );
    const parts = String(sent.body)
      .split(/--patchbay-form-boundary-0(?:--)?\r\n/)
      .slice(1, -1);
    expect(parts).toEqual([
      'Content-Disposition: form-data; name="meta"\r\nContent-Type: application/xml; charset=utf-8\r\n\r\n<item><name>n</name></item>\r\n',
      'Content-Disposition: form-data; name="history"\r\nContent-Type: application/json\r\n\r\n{"a":1}\r\n',
      'Content-Disposition: form-data; name="history"\r\nContent-Type: application/json\r\n\r\n{"a":2}\r\n',
      'Content-Disposition: form-data; name="tags"\r\n\r\nx,y\r\n',
      'Content-Disposition: form-data; name="file"; filename="file"\r\nContent-Type: image/png\r\nX-Kind: photo\r\n\r\nbytes\r\n',
    ]);
  });
});

describe('what a request asks for', () => {
  const answers = (...types: string[]): JsonObject => ({
    responses: { 200: { description: '', content: Object.fromEntries(types.map((type) => [type, {}])) } },
  });

  it('is what the operation answers with, JSON first', () => {
    expect(build({}, {}).accept).toBe('application/json, */*;q=0.8');
    expect(build(answers('application/json'), {}).accept).toBe('application/json, */*;q=0.8');
    expect(build(answers('application/pdf'), {}).accept).toBe('application/pdf, */*;q=0.8');
    expect(build(answers('text/csv', 'application/hal+json'), {}).accept).toBe(
      'application/hal+json, text/csv;q=0.9, */*;q=0.8',
    );
  });

  it('is what the inputs say, when they say it', () => {
    const parameters = [{ name: 'accept', in: 'header', schema: { type: 'string' } }];
    expect(build({ ...answers('application/pdf'), parameters }, { accept: 'text/csv' }).accept).toBe(
      'text/csv',
    );
  });
});
