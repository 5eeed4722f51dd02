import { expect, test } from 'vitest';
import { type JsonObject, Secret } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import { exportConnector } from '../export/export-connector.ts';
import { finishRequest } from '../request/finish-request.ts';
import { prepareRequest } from '../request/prepare-request.ts';
import { importConnector } from './import-connector.ts';

const encode = (document: object) => new TextEncoder().encode(JSON.stringify(document));

function read(operation: JsonObject, root: JsonObject = {}) {
  const document = {
    swagger: '2.0',
    info: { title: 'T', version: '1' },
    host: 'api.example.com',
    basePath: '/v1',
    schemes: ['https'],
    paths: { '/a/{p}': { post: { operationId: 'A', responses: {}, ...operation } } },
    ...root,
  };
  const { definition, warnings } = importConnector({
    name: 'api.json',
    files: [{ path: 'api.json', bytes: encode(document) }],
  });
  if (definition === undefined) throw new Error('not imported');
  return { definition, warnings };
}

function send(operation: JsonObject, inputs: JsonObject, root?: JsonObject) {
  const connector = compileConnector(read(operation, root).definition);
  const method = connector.authenticationMethod();
  const compiled = connector.operation('A');
  if (compiled === undefined) throw new Error('no operation');
  const values = { api_key: new Secret('') };
  return finishRequest(prepareRequest({ connector, operation: compiled, method, values }, inputs));
}

const rows = (inner: string | undefined, more: JsonObject) => ({
  type: 'array',
  items: {
    type: 'array',
    ...(inner === undefined ? {} : { collectionFormat: inner }),
    items: { type: 'string' },
  },
  ...more,
});
const P = { name: 'p', in: 'path', required: true, type: 'string' };

test.each([
  ['csv', undefined, '?rows=a,b,c%20d'],
  ['pipes', 'csv', '?rows=a,b%7Cc%20d'],
  ['pipes', 'ssv', '?rows=a%20b%7Cc%20d'],
  ['multi', 'pipes', '?rows=a%7Cb&rows=c%20d'],
  ['csv', 'tsv', '?rows=a%09b,c%20d'],
])('lists in a list are joined as they say: %s of %s', (outer, inner, query) => {
  const parameters = [P, rows(inner, { name: 'rows', in: 'query', collectionFormat: outer })];
  const { url } = send({ parameters }, { p: 'x', rows: [['a', 'b'], ['c d']] });
  expect(url).toBe(`https://api.example.com/v1/a/x${query}`);
});

test('so are those in a path, a header and a form', () => {
  const pairs = [['a', 'b'], ['c']];
  const { url } = send(
    { parameters: [rows('pipes', { name: 'p', in: 'path', required: true })] },
    { p: pairs },
  );
  expect(url).toBe('https://api.example.com/v1/a/a%7Cb,c');
  const header = rows('ssv', { name: 'x-rows', in: 'header', collectionFormat: 'pipes' });
  expect(send({ parameters: [P, header] }, { p: 'x', 'x-rows': pairs }).headers['x-rows']).toBe('a b|c');
  const field = rows('pipes', { name: 'rows', in: 'formData', collectionFormat: 'multi' });
  const form = { consumes: ['application/x-www-form-urlencoded'], parameters: [P, field] };
  expect(send(form, { p: 'x', rows: pairs }).body).toBe('rows=a%7Cb&rows=c');
});

test('an operation is called with the scheme it names itself', () => {
  expect(send({ schemes: ['http'], parameters: [P] }, { p: 'x' }).url).toBe('http://api.example.com/v1/a/x');
  expect(send({ schemes: ['http', 'https'], parameters: [P] }, { p: 'x' }).url).toMatch(/^https:/);
  expect(send({ schemes: ['https'], parameters: [P] }, { p: 'x' }, { schemes: ['http'] }).url).toMatch(
    /^https:/,
  );
  expect(send({ schemes: ['wss'], parameters: [P] }, { p: 'x' }).url).toMatch(/^https:/);
});

test('a document without a host has no use for it, and says so', () => {
  const { warnings } = read({ schemes: ['http'], parameters: [P] }, { host: undefined as never });
  expect(warnings).toContainEqual(
    expect.objectContaining({ code: 'CONNECTOR_HOST', pointer: '/paths/~1a~1{p}/post/schemes' }),
  );
});

test('both go out again as they came', async () => {
  const parameters = [P, rows('pipes', { name: 'rows', in: 'query', collectionFormat: 'ssv' })];
  const { definition } = read({ schemes: ['http'], parameters });
  const { files } = exportConnector(definition, 'swagger-2.0');
  const text = new TextDecoder().decode(files[0]?.bytes);
  const operation = JSON.parse(text).paths['/a/{p}'].post;
  expect(operation.schemes).toEqual(['http']);
  expect(operation.servers).toBeUndefined();
  expect(operation.parameters[1]).toMatchObject({
    collectionFormat: 'ssv',
    items: { collectionFormat: 'pipes' },
  });
  const again = importConnector({
    name: 'api.json',
    files: [{ path: 'api.json', bytes: encode(JSON.parse(text)) }],
  });
  expect(again.definition?.openapi).toEqual(definition.openapi);
});
