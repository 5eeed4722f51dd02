import { describe, expect, it, test } from 'vitest';
import { compileObject, requestOf } from '../../../test/documents/read.ts';
import type { JsonObject } from '../../base/index.ts';
import { makeSampleInputs } from './sample-inputs.ts';

const describeApi = (operation: JsonObject): JsonObject => ({
  openapi: '3.1.0',
  info: { title: 'Post', version: '1' },
  servers: [{ url: 'https://post.example' }],
  paths: { '/letters': { post: { operationId: 'Send', responses: { 200: {} }, ...operation } } },
});

const file = (text: string, type: string) => ({ '$content-type': type, $content: btoa(text) });

function sample(document: JsonObject): JsonObject {
  const connector = compileObject(document);
  const [operation] = connector.operations;
  return operation === undefined ? {} : makeSampleInputs(connector, operation);
}

const textOf = (body: string | Uint8Array | undefined) =>
  typeof body === 'string' ? body : new TextDecoder().decode(body);

describe('several files in one field', () => {
  const form = {
    requestBody: {
      content: {
        'multipart/form-data': {
          schema: {
            type: 'object',
            properties: {
              scans: { type: 'array', items: { type: 'string', contentMediaType: 'image/png' } },
            },
          },
        },
      },
    },
  };
  const swagger: JsonObject = {
    swagger: '2.0',
    info: { title: 'Post', version: '1' },
    host: 'post.example',
    paths: {
      '/letters': {
        post: {
          operationId: 'Send',
          parameters: [{ name: 'scans', in: 'formData', type: 'array', items: { type: 'file' } }],
          responses: { 200: { description: 'Sent.' } },
        },
      },
    },
  };

  it.each([
    ['OpenAPI', describeApi(form)],
    ['Swagger', swagger],
  ])('are known as files, each a part: %s', (_name, document) => {
    const connector = compileObject(document);
    expect(connector.operations[0]?.body?.fields?.[0]).toMatchObject({ name: 'scans', file: true });
    const scans = [file('one', 'image/png'), file('two', 'image/png')];
    const inputs: JsonObject = connector.operations[0]?.body?.asParameters ? { scans } : { body: { scans } };
    const text = textOf(requestOf(connector, 'Send', inputs).body);
    expect(text.match(/name="scans"; filename="scans"\r\nContent-Type: image\/png/g)).toHaveLength(2);
    expect(JSON.stringify(sample(document))).toContain('$content');
  });
});

describe('parts told apart by their order', () => {
  const document = describeApi({
    requestBody: { content: { 'multipart/mixed': { schema: { type: 'array', items: {} } } } },
  });

  it('are the items of a list, each in the type of what it is', () => {
    const body = [{ a: 1 }, 'text', file('%PDF', 'application/pdf')];
    const { headers, body: sent } = requestOf(compileObject(document), 'Send', { body });
    expect(headers['content-type']).toMatch(/^multipart\/mixed; boundary=/);
    expect(textOf(sent).split('\r\n')).toEqual([
      ...['--patchbay-form-boundary-0', 'Content-Type: application/json', '', '{"a":1}'],
      ...['--patchbay-form-boundary-0', 'Content-Type: text/plain; charset=utf-8', '', 'text'],
      ...['--patchbay-form-boundary-0', 'Content-Type: application/pdf', '', '%PDF'],
      ...['--patchbay-form-boundary-0--', ''],
    ]);
  });
});

describe('a sample', () => {
  it('has words where nobody says what a value is', () => {
    const parameters: JsonObject[] = [
      { name: 'a', in: 'query' },
      { name: 'b', in: 'query', schema: true },
      { name: 'c', in: 'query', schema: { description: 'Anything.' } },
    ];
    const document = describeApi({ parameters });
    expect(sample(document)).toEqual({ a: 'sample', b: 'sample', c: 'sample' });
    expect(requestOf(compileObject(document), 'Send', sample(document)).url).toBe(
      'https://post.example/letters?a=sample&b=sample&c=sample',
    );
  });

  it('names the media types of body and answer in headers for them, and no credentials', () => {
    const header = (name: string) => ({ name, in: 'header', schema: { type: 'string' } });
    const operation = {
      parameters: ['Accept', 'Content-Type', 'Authorization'].map(header),
      requestBody: { content: { 'application/vnd.post+json': { schema: { type: 'object' } } } },
      responses: { 200: { content: { 'text/csv': {} } } },
    };
    expect(sample(describeApi(operation))).toEqual({
      Accept: 'text/csv',
      'Content-Type': 'application/vnd.post+json',
      body: {},
    });
    const { requestBody: _body, ...bare } = operation;
    expect(sample(describeApi(bare))).toEqual({ Accept: 'text/csv' });
  });
});

test('of several servers with open variables the chosen one is filled in', () => {
  const connector = compileObject({
    openapi: '3.0.3',
    info: { title: 'Terminals', version: '1' },
    servers: [
      { url: 'https://pay.example/{merchant}/sync', description: 'At once' },
      { url: 'https://pay.example/{merchant}/async' },
      { url: 'https://{terminal}.local' },
    ],
    paths: { '/login': { post: { operationId: 'login', responses: {} } } },
  });
  const { parameters } = connector.authenticationMethod();
  expect(parameters.map(({ name, required }) => [name, required])).toEqual([
    ['server_url', false],
    ['server_terminal', false],
    ['server_merchant', true],
  ]);
  const urlOf = (values: Record<string, string>) => requestOf(connector, 'login', {}, values).url;
  expect(urlOf({ server_merchant: 'm1' })).toBe('https://pay.example/m1/sync/login');
  const [, second, third] = parameters[0]?.allowedValues?.map(({ value }) => String(value)) ?? [];
  expect(urlOf({ server_url: second ?? '', server_merchant: 'm1' })).toBe(
    'https://pay.example/m1/async/login',
  );
  expect(urlOf({ server_url: third ?? '', server_terminal: 't9' })).toBe('https://t9.local/login');
  expect(urlOf({ server_url: 'https://other.example/x' })).toBe('https://other.example/x/login');
});

test('a route of an API gateway for any method is an operation for each', () => {
  const parameters = [{ name: 'proxy', in: 'path', required: true, schema: { type: 'string' } }];
  const connector = compileObject({
    openapi: '3.0.1',
    info: { title: 'Gateway', version: '1' },
    servers: [{ url: 'https://gateway.example' }],
    paths: {
      '/{proxy+}': {
        get: { operationId: 'read', parameters, responses: {} },
        'x-amazon-apigateway-any-method': { operationId: 'any', parameters, responses: {} },
      },
    },
  });
  expect(connector.operations.map(({ operationId, method }) => [operationId, method])).toEqual([
    ['read', 'GET'],
    ['any_post', 'POST'],
    ['any_put', 'PUT'],
    ['any_patch', 'PATCH'],
    ['any_delete', 'DELETE'],
  ]);
  expect(requestOf(connector, 'any_put', { proxy: 'a/b' }).url).toBe('https://gateway.example/a/b');
});

describe('a body', () => {
  const send = (content: JsonObject, body: JsonObject[string]) =>
    requestOf(compileObject({ ...describeApi({ requestBody: { content } }), openapi: '3.0.3' }), 'Send', {
      body,
    });

  it('of any type that is bytes is a file', () => {
    const file = { '$content-type': 'image/png', $content: 'UGF0Y2hiYXk=' };
    const { headers, body } = send({ '*/*': { schema: { type: 'string', format: 'binary' } } }, file);
    expect(headers['content-type']).toBe('image/png');
    expect(new TextDecoder().decode(body as Uint8Array)).toBe('Patchbay');
  });

  it.each([
    ['multipart/mixed;boundary=part', 'multipart/mixed;boundary=part'],
    ['multipart/mixed', 'multipart/mixed; boundary="part"'],
  ])('of parts that is written already goes out as it is: %s', (mediaType, expected) => {
    const text = '--part\r\nContent-Type: application/http\r\n\r\nGET /a HTTP/1.1\r\n\r\n--part--\r\n';
    const { headers, body } = send({ [mediaType]: { schema: { type: 'string' } } }, text);
    expect(headers['content-type']).toBe(expected);
    expect(new TextDecoder().decode(body as Uint8Array)).toBe(text);
  });
});

it('a part whose encoding changes nothing is a file', () => {
  const schema = {
    type: 'object',
    properties: { photo: { type: 'string', contentMediaType: 'image/png', contentEncoding: 'binary' } },
  };
  const connector = compileObject(
    describeApi({ requestBody: { content: { 'multipart/form-data': { schema } } } }),
  );
  const photo = { '$content-type': 'image/png', $content: 'UGF0Y2hiYXk=', $filename: 'a.png' };
  const { body } = requestOf(connector, 'Send', { body: { photo } });
  expect(new TextDecoder().decode(body as Uint8Array)).toContain(
    'name="photo"; filename="a.png"\r\nContent-Type: image/png\r\n\r\nPatchbay\r\n',
  );
});
