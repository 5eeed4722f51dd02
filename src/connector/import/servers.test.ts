import { describe, expect, it } from 'vitest';
import { compileObject, importText, requestOf } from '../../../test/documents/read.ts';
import type { JsonObject } from '../../base/index.ts';
import { exportConnector } from '../export/export-connector.ts';

const get = (operationId: string, more: JsonObject = {}): JsonObject => ({
  operationId,
  responses: { 200: { description: 'Fine.' } },
  ...more,
});

const describeApi = (more: JsonObject): JsonObject => ({
  openapi: '3.1.0',
  info: { title: 'Ferry', version: '1' },
  paths: { '/a': { get: get('A') } },
  ...more,
});

const importFrom = (address: string, document: JsonObject) => {
  const result = importText(JSON.stringify(document), address);
  return { url: (result.definition?.openapi['servers'] as JsonObject[] | undefined)?.[0]?.['url'], result };
};

describe('servers of a document', () => {
  it.each([
    ['//ferry.example/v1/', 'https://ferry.example/v1/a', []],
    ['ferry.example/v1', 'https://ferry.example/v1/a', ['CONNECTOR_HOST']],
    ['{region}.ferry.example', 'https://eu.ferry.example/a', ['CONNECTOR_HOST']],
    ['localhost:8080', 'http://localhost:8080/a', ['CONNECTOR_HOST']],
    [' https://ferry.example ', 'https://ferry.example/a', []],
  ])('written %s are called at %s', (url, called, codes) => {
    const document = describeApi({ servers: [{ url, variables: { region: { default: 'eu' } } }] });
    expect(importText(JSON.stringify(document)).warnings.map(({ code }) => code)).toEqual(codes);
    expect(requestOf(compileObject(document), 'A').url).toBe(called);
  });

  it('that speak another protocol than HTTP are passed over', () => {
    const servers = [{ url: 'wss://ferry.example/live' }, { url: 'https://ferry.example' }];
    expect(requestOf(compileObject(describeApi({ servers })), 'A').url).toBe('https://ferry.example/a');
    const { warnings } = importText(JSON.stringify(describeApi({ servers: servers.slice(0, 1) })));
    expect(warnings.map(({ code }) => code)).toEqual(['CONNECTOR_NO_SERVER']);
  });

  it('that are no servers are left out, with the line', () => {
    const document = describeApi({ servers: [{}, 'https://ferry.example', { url: 'https://b.example' }] });
    const { warnings } = importText(JSON.stringify(document, null, 1));
    expect(warnings.map(({ code, pointer, line }) => [code, pointer, typeof line])).toEqual([
      ['CONNECTOR_MALFORMED', '/servers/0', 'number'],
      ['CONNECTOR_MALFORMED', '/servers/1', 'number'],
    ]);
    expect(compileObject(document).baseUrl).toBe('https://b.example');
  });
});

describe('the address a document was read from', () => {
  const address = 'https://ferry.example/docs/v2/openapi.json';

  it('completes what is relative', () => {
    expect(importFrom(address, describeApi({ servers: [{ url: '/api' }] })).url).toBe(
      'https://ferry.example/api',
    );
    expect(importFrom(address, describeApi({ servers: [{ url: './{kind}' }] })).url).toBe(
      'https://ferry.example/docs/v2/{kind}',
    );
    expect(importFrom(address, describeApi({ servers: [{ url: '..' }] })).url).toBe(
      'https://ferry.example/docs',
    );
  });

  it('is the host where none is named, in Swagger too, and says so', () => {
    const { url, result } = importFrom(address, describeApi({}));
    expect(url).toBe('https://ferry.example');
    expect(result.warnings.map(({ code }) => code)).toEqual(['CONNECTOR_SERVER_ASSUMED']);
    const swagger = { swagger: '2.0', basePath: '/v3', paths: { '/a': { get: get('A') } } };
    expect(importFrom(address, swagger).url).toBe('https://ferry.example/v3');
  });

  it('says nothing where people only keep documents', () => {
    const kept = 'https://raw.githubusercontent.com/ferry/api/main/openapi.json';
    const { url, result } = importFrom(kept, describeApi({}));
    expect(url).toBeUndefined();
    expect(result.warnings.map(({ code }) => code)).toEqual(['CONNECTOR_NO_SERVER']);
  });
});

describe('servers of paths and operations', () => {
  const connector = compileObject(
    describeApi({
      servers: [{ url: 'https://ferry.example/v1' }],
      paths: {
        '/a': {
          servers: [{ url: 'https://{harbour}.example', variables: { harbour: {} } }],
          get: get('OfPath'),
          put: get('OfOperation', { servers: [{ url: '/v2' }] }),
          post: get('Deeper', { servers: [{ url: 'beta' }] }),
        },
      },
    }),
  );

  it('replace those of the document', () => {
    expect(requestOf(connector, 'OfPath', {}, { server_harbour: 'north' }).url).toBe(
      'https://north.example/a',
    );
  });

  it('ask the connection for what they leave open', () => {
    expect(connector.authenticationMethod().parameters.map(({ name }) => name)).toEqual(['server_harbour']);
  });

  it('that are relative stand behind the host or the address of the document', () => {
    expect(requestOf(connector, 'OfOperation').url).toBe('https://ferry.example/v2/a');
    expect(requestOf(connector, 'Deeper').url).toBe('https://ferry.example/v1/beta/a');
  });
});

describe('paths of one address', () => {
  const connector = compileObject(
    describeApi({
      servers: [{ url: 'https://ferry.example' }],
      paths: {
        '/a#one': { get: get('One', { parameters: [{ name: 'q', in: 'query', schema: {} }] }) },
        '/a#two': { get: get('Two') },
        '/b?by=day': { get: get('ByDay') },
        'c/': { get: get('WithSlash') },
        '/c': { get: get('Without') },
      },
      'x-ms-paths': {
        '/b?by={kind}': {
          get: get('ByKind', {
            parameters: [{ name: 'kind', in: 'path', required: true, schema: { type: 'string' } }],
          }),
        },
      },
    }),
  );

  it('are told apart by a fragment, which is not sent', () => {
    expect(requestOf(connector, 'One', { q: 1 }).url).toBe('https://ferry.example/a?q=1');
    expect(requestOf(connector, 'Two').url).toBe('https://ferry.example/a');
    const [client] = exportConnector(connector.definition, 'typescript').files;
    expect(new TextDecoder().decode(client?.bytes)).not.toContain('#two');
  });

  it('are told apart by a query, in the extension for them too', () => {
    expect(requestOf(connector, 'ByDay').url).toBe('https://ferry.example/b?by=day');
    expect(requestOf(connector, 'ByKind', { kind: 'x y' }).url).toBe('https://ferry.example/b?by=x%20y');
    expect(connector.find('GET', '/b?by=day')?.operation.path).toMatch(/^\/b/);
  });

  it('are others with a slash at the end', () => {
    expect(requestOf(connector, 'WithSlash').url).toBe('https://ferry.example/c/');
    expect(requestOf(connector, 'Without').url).toBe('https://ferry.example/c');
  });

  it('keep the operations of both where one lacks its first slash', () => {
    const paths = { d: { get: get('Read'), put: get('Lost') }, '/d': { put: get('Write') } };
    const { operations } = compileObject(describeApi({ paths }));
    expect(operations.map(({ operationId }) => operationId).toSorted()).toEqual(['Read', 'Write']);
  });
});

describe('a host with parts that are asked for', () => {
  const swagger: JsonObject = {
    swagger: '2.0',
    info: { title: 'Ferry', version: '1' },
    basePath: '/v1',
    parameters: { Endpoint: { name: 'account', in: 'path', required: true, type: 'string' } },
    'x-ms-parameterized-host': {
      hostTemplate: '{account}.ferry.example',
      parameters: [{ $ref: '#/parameters/Endpoint' }],
    },
    paths: { '/a': { get: get('A') } },
  };
  const { definition } = importText(JSON.stringify(swagger), 'ferry.json');

  it('is a server with variables', () => {
    const called = requestOf(compileObject(swagger), 'A', {}, { server_account: 'north' });
    expect(called.url).toBe('https://north.ferry.example/v1/a');
  });

  it('goes out as it came in', () => {
    const [file] = definition === undefined ? [] : exportConnector(definition, 'swagger-2.0').files;
    const again = importText(new TextDecoder().decode(file?.bytes), 'ferry.json');
    expect(again.definition).toEqual(definition);
  });
});
