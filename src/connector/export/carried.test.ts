import { describe, expect, it } from 'vitest';
import { compileObject } from '../../../test/documents/read.ts';
import { Secret } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import { importConnector } from '../import/import-connector.ts';
import { finishRequest } from '../request/finish-request.ts';
import { prepareRequest } from '../request/prepare-request.ts';
import type { CompiledConnector } from '../types.ts';
import { exportConnector } from './export-connector.ts';
import { listExportNotes } from './notes/list-export-notes.ts';
import type { ExportFormat } from './types.ts';

const ok = { responses: { 200: { description: 'ok' } } };
const cookie = { name: 'session', in: 'cookie', required: true, schema: { type: 'string' } };
const DOCUMENT = {
  openapi: '3.0.3',
  info: { title: 'Ferry', version: '1' },
  servers: [{ url: 'https://{region}.ferry.example/v1', variables: { region: { default: 'eu' } } }],
  security: [{ token: [] }],
  paths: {
    '/plain': { get: { operationId: 'plain', ...ok } },
    '/upload': {
      servers: [{ url: 'https://files.ferry.example/v2' }],
      post: { operationId: 'upload', ...ok },
      put: { operationId: 'replace', servers: [{ url: '/v3' }], ...ok },
    },
    '/cart': {
      parameters: [{ $ref: '#/components/parameters/Session' }],
      get: {
        operationId: 'cart',
        parameters: [{ name: 'seat', in: 'cookie', required: true, schema: { type: 'integer' } }],
        ...ok,
      },
      post: {
        operationId: 'order',
        parameters: [{ name: 'session', in: 'query', required: true, schema: { type: 'string' } }],
        ...ok,
      },
    },
    '/keys': { get: { operationId: 'keys', security: [{ sid: [] }], ...ok } },
  },
  components: {
    parameters: { Session: cookie },
    securitySchemes: {
      token: { type: 'http', scheme: 'bearer' },
      sid: { type: 'apiKey', in: 'cookie', name: 'sid' },
    },
  },
};

function build(connector: CompiledConnector, operationId: string): string {
  const operation = connector.operation(operationId) ?? expect.fail(operationId);
  const method = connector.authenticationMethod();
  const values = Object.fromEntries(
    method.parameters.map(({ name, secret, defaultValue }) => [
      name,
      secret ? new Secret(`the-${name}`) : (defaultValue ?? ''),
    ]),
  );
  const names = operation.parameters.map(({ name }) => name);
  const inputs = Object.fromEntries(names.map((name) => [name, '7']));
  const { url, headers } = finishRequest(prepareRequest({ connector, operation, method, values }, inputs));
  const { cookie: cookies = '', authorization = '', 'x-key': key = '' } = headers;
  return [url, authorization, cookies, key].join(' ').trim();
}

/** The requests of all operations, before and after a definition went out and came in again. */
function compare(document: object, format: ExportFormat) {
  const before = compileObject(document);
  const { files } = exportConnector(before.definition, format);
  const again = importConnector({ name: 'again', files });
  expect(again.errors).toEqual([]);
  const after = compileConnector(again.definition ?? expect.fail('nothing'));
  const list = (connector: CompiledConnector) =>
    before.operations.map(({ operationId }) => [operationId, build(connector, operationId)]);
  return { before: Object.fromEntries(list(before)), after: Object.fromEntries(list(after)), again };
}

describe('a package', () => {
  const { before, after, again } = compare(DOCUMENT, 'power-platform');

  it('calls the servers of single operations, and sends tokens and cookies, by policies', () => {
    expect(before).toEqual({
      plain: 'https://eu.ferry.example/v1/plain Bearer the-token',
      upload: 'https://files.ferry.example/v2/upload Bearer the-token',
      replace: 'https://eu.ferry.example/v3/upload Bearer the-token',
      cart: 'https://eu.ferry.example/v1/cart Bearer the-token session=7; seat=7',
      order: 'https://eu.ferry.example/v1/cart?session=7 Bearer the-token session=7',
      keys: 'https://eu.ferry.example/v1/keys Bearer the-token',
    });
    expect(after).toEqual(before);
  });

  it('takes a cookie under the name it had, unless something else has it', () => {
    const connector = compileConnector(again.definition ?? expect.fail('nothing'));
    const places = (id: string) => connector.operation(id)?.parameters.map((one) => [one.name, one.in]);
    expect(places('cart')).toEqual([
      ['session', 'header'],
      ['seat', 'header'],
    ]);
    expect(places('order')).toEqual([
      ['session', 'query'],
      ['session_cookie', 'header'],
    ]);
  });

  it('sends a cookie that is a key, and two keys together', () => {
    const both = {
      ...DOCUMENT,
      security: [{ sid: [], key: [] }],
      components: {
        ...DOCUMENT.components,
        securitySchemes: {
          ...DOCUMENT.components.securitySchemes,
          key: { type: 'apiKey', in: 'header', name: 'X-Key' },
        },
      },
    };
    const found = compare(both, 'power-platform');
    expect(found.before['plain']).toBe('https://eu.ferry.example/v1/plain  sid=the-api_key the-key');
    // The Power Platform has no operations that are authenticated otherwise.
    expect(found.after).toEqual({ ...found.before, keys: `${found.before['keys']} the-key` });
  });

  it('says what becomes of cookies', () => {
    const notes = listExportNotes(compileObject(DOCUMENT).definition, 'power-platform');
    expect(notes.map(({ code, message }) => `${code} ${message}`)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^EXPORT_PARAMETER_SIMPLIFIED The cookie 'session' of GET \/cart becomes a header/,
        ),
      ]),
    );
    expect(notes.filter(({ code }) => code === 'EXPORT_SERVERS_LEFT_OUT')).toEqual([]);
  });
});

describe('a Swagger document', () => {
  it('keeps servers, cookies and ways to authenticate for those who read them again, and says so', () => {
    const document = { ...DOCUMENT, servers: [{ url: 'https://ferry.example/v1' }] };
    const { before, after } = compare(document, 'swagger-2.0');
    expect(after).toEqual(before);
    expect(after['upload']).toBe('https://files.ferry.example/v2/upload Bearer the-token');
    expect(after['cart']).toContain('session=7; seat=7');
    const notes = listExportNotes(compileObject(document).definition, 'swagger-2.0');
    const codes = notes.map(({ code }) => code);
    expect(codes).toContain('EXPORT_SERVERS_LEFT_OUT');
    expect(codes).toContain('EXPORT_PARAMETER_LEFT_OUT');
    expect(codes).toContain('EXPORT_SECURITY_CHANGED');
  });
});

it('a style of paths that Swagger does not know is told', () => {
  const parameters = [
    { name: 'id', in: 'path', required: true, style: 'matrix', schema: { type: 'array', items: {} } },
  ];
  const { definition } = compileObject({
    ...DOCUMENT,
    paths: { '/m/{id}': { get: { operationId: 'm', parameters, ...ok } } },
  });
  for (const format of ['swagger-2.0', 'power-platform'] as const) {
    const messages = listExportNotes(definition, format).map(({ message }) => message);
    expect(messages).toContainEqual(expect.stringContaining("style 'matrix'"));
  }
});
