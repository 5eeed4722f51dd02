import { describe, expect, it } from 'vitest';
import { importText, requestOf } from '../../../test/documents/read.ts';
import type { JsonObject } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import { exportConnector } from '../export/export-connector.ts';
import { importConnector } from './import-connector.ts';

const describeApi = (path: string, parameters: JsonObject[]) => ({
  openapi: '3.0.3',
  info: { title: 'Store', version: '1' },
  servers: [{ url: 'https://store.example' }],
  paths: { [path]: { get: { operationId: 'Get', parameters, responses: { 200: { description: 'OK' } } } } },
});

const inPath = (name: string): JsonObject => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'string' },
});
const inQuery = (name: string): JsonObject => ({ name, in: 'query', schema: { type: 'integer' } });

function urlOf(document: JsonObject, inputs: JsonObject): string {
  const { definition, errors } = importText(JSON.stringify(document));
  if (definition === undefined) throw new Error(errors[0]?.message);
  return requestOf(compileConnector(definition), 'Get', inputs).url;
}

describe('a path in the language of a router', () => {
  it.each([
    ['/files/{proxy+}', 'proxy', 'https://store.example/files/a/b%20c'],
    ['/files/{*proxy}', 'proxy', 'https://store.example/files/a/b%20c'],
    ['/files/{**proxy}', 'proxy', 'https://store.example/files/a/b%20c'],
    ['/files/{+proxy}', 'proxy', 'https://store.example/files/a/b%20c'],
    ['/files/{proxy:.*}', 'proxy', 'https://store.example/files/a/b%20c'],
    ['/v1/{proxy=projects/*}:publish', 'proxy', 'https://store.example/v1/a/b%20c:publish'],
    ['/files/{id:[0-9]+}', 'id', 'https://store.example/files/a%2Fb%20c'],
    ['/files/:id/parts', 'id', 'https://store.example/files/a%2Fb%20c/parts'],
  ])('%s is filled in where the parameter is described', (path, name, url) => {
    expect(urlOf(describeApi(path, [inPath(name)]), { [name]: 'a/b c' })).toBe(url);
    const [warning, ...others] = importText(JSON.stringify(describeApi(path, [inPath(name)]))).warnings;
    expect([warning?.code, others]).toEqual(['CONNECTOR_PATH_PARAMETER', []]);
    expect(warning?.message).toContain(path);
  });

  it('may name a query that is described anyway', () => {
    const document = describeApi('/files{?page,size*}', [inQuery('page'), inQuery('size')]);
    expect(urlOf(document, { page: 2 })).toBe('https://store.example/files?page=2');
  });

  it('is left alone where nothing fits', () => {
    const document = describeApi('/files/:batch/{name+}', [inPath('name+')]);
    expect(urlOf(document, { 'name+': 'a' })).toBe('https://store.example/files/:batch/a');
  });

  it('leaves a value of several segments no way out of its place', () => {
    const document = describeApi('/files/{proxy+}', [inPath('proxy')]);
    expect(() => urlOf(document, { proxy: '../secret' })).toThrow(/would change the path/);
    expect(urlOf(document, { proxy: 'a?b#c' })).toBe('https://store.example/files/a%3Fb%23c');
  });

  it('means the same after it went out and came in again', () => {
    const { definition } = importText(JSON.stringify(describeApi('/files/{proxy+}', [inPath('proxy')])));
    if (definition === undefined) throw new Error('It cannot be imported.');
    const again = importConnector({
      name: 'api.json',
      files: exportConnector(definition, 'openapi-3.0').files,
    });
    expect(again.definition?.openapi).toEqual(definition.openapi);
  });
});
