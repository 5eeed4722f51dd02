import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../base/index.ts';
import { Secret } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { applyEdit } from './apply-edit.ts';
import { listCredentialFacts } from './credential-facts.ts';
import { diagnoseCall } from './diagnose-call.ts';
import type { Cause, ExchangeFailure, ExchangeHop } from './types.ts';

const NOW = Date.parse('2026-03-01T00:00:00Z');

interface Case {
  readonly server?: string;
  readonly path?: string;
  readonly scheme?: JsonObject;
  /** Another way to connect that the document allows. */
  readonly otherScheme?: JsonObject;
  readonly key?: string;
  readonly status?: number;
  readonly headers?: JsonObject;
  readonly body?: Json;
  readonly failure?: ExchangeFailure;
  readonly hops?: readonly ExchangeHop[];
  readonly inputs?: JsonObject;
  readonly error?: { code: string; message: string };
  readonly sent?: Readonly<Record<string, string>>;
}

const API_KEY: JsonObject = { type: 'apiKey', in: 'header', name: 'API-Key' };

function define({
  server = 'https://api.parcels.example/v1',
  path = '/labels/{id}',
  scheme = API_KEY,
  otherScheme,
}: Case) {
  const definition: ConnectorDefinition = {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Parcels', version: '1' },
      servers: [{ url: server }],
      components: {
        securitySchemes: { key: scheme, ...(otherScheme ? { login: otherScheme } : {}) },
      },
      security: [{ key: [] }, ...(otherScheme ? [{ login: [] }] : [])],
      paths: {
        [path]: {
          post: {
            operationId: 'Try',
            parameters: /\{id\}/.test(path)
              ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }]
              : [],
            requestBody: {
              content: {
                'application/json': {
                  schema: {
                    type: 'object',
                    properties: { weight: { type: 'number' }, ship_to: { type: 'string' } },
                  },
                },
              },
            },
            responses: { '200': { description: 'ok' } },
          },
        },
      },
    },
    properties: {},
    source: { format: 'openapi-3.1', fileName: null },
    files: {},
  };
  return definition;
}

function diagnose(given: Case): Cause[] {
  const connector = compileConnector(define(given));
  const operation = connector.operation('Try');
  if (operation === undefined) throw new Error('no operation');
  const method = connector.authenticationMethod();
  const names = method.parameters.map(({ name }) => name);
  const values = Object.fromEntries(names.map((name) => [name, new Secret(given.key ?? 'live_12345678')]));
  const {
    status,
    headers = { 'content-type': 'application/json' },
    body = null,
    failure,
    hops,
    error,
  } = given;
  return diagnoseCall({
    connector,
    operation,
    method,
    credentials: listCredentialFacts(method, operation, values),
    exchange: {
      request: {
        method: 'POST',
        url: `${connector.baseUrl}${operation.path.replace('{id}', '7')}`,
        headers: given.sent ?? { 'content-type': 'application/json' },
      },
      ...(status === undefined ? {} : { status }),
      ...(failure === undefined ? {} : { failure }),
      ...(hops === undefined ? {} : { hops }),
    },
    answer: status === undefined ? undefined : { statusCode: status, headers, body },
    error,
    inputs: given.inputs ?? { id: '7' },
    differences: [],
    nowMs: NOW,
  });
}

function fail(code: string, reason = '', phase: ExchangeFailure['phase'] = 'connect'): ExchangeFailure {
  return { code, reason, phase, message: `It failed (${reason}).` };
}

const jwt = (exp: number) => `h.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.s`;
const html = { 'content-type': 'text/html; charset=utf-8' };
const bearer: JsonObject = { type: 'http', scheme: 'bearer' };

/** Evidence as services give it, and the cause that must stand first. */
const CASES: readonly (readonly [what: string, evidence: Case, id: string])[] = [
  [
    'a field named by the answer',
    { status: 400, body: { errors: [{ field: 'weight', message: 'must be positive' }] } },
    'field-refused',
  ],
  [
    'a field that only the words name',
    { status: 400, body: { message: "'ship_to' is required" } },
    'field-refused',
  ],
  ['inputs refused without a name', { status: 400, body: { message: 'Bad request' } }, 'inputs-refused'],
  ['a list of invalid fields', { status: 422, body: { weight: ['is not a number'] } }, 'field-refused'],
  [
    'Bearer asked for, an API key sent',
    { status: 401, headers: { 'www-authenticate': 'Bearer realm="api"' } },
    'key-wants-bearer',
  ],
  [
    'Basic asked for, an API key sent',
    { status: 401, headers: { 'www-authenticate': 'Basic realm="api"' } },
    'key-wants-basic',
  ],
  [
    'Basic named, an API key sent, and both in the document',
    {
      status: 401,
      headers: { 'www-authenticate': 'BASIC realm="api"' },
      otherScheme: { type: 'http', scheme: 'basic' },
    },
    'wrong-credentials',
  ],
  ['the wrong key', { status: 401, body: { message: 'Unauthorized' } }, 'wrong-credentials'],
  ['an expired token', { status: 401, scheme: bearer, key: jwt(NOW / 1000 - 60) }, 'token-expired'],
  [
    'a token entered with its scheme',
    { status: 401, scheme: bearer, key: 'Bearer abcdefgh' },
    'key-scheme-inside',
  ],
  ['a key in quotation marks', { status: 401, key: '"live_12345678"' }, 'key-quotes'],
  ['a key entered with its header', { status: 401, key: 'API-Key: live_12345678' }, 'key-name-inside'],
  ['a placeholder', { status: 401, key: 'YOUR-API-KEY' }, 'key-placeholder'],
  ['an empty key', { status: 401, key: '' }, 'key-empty'],
  [
    'a blank around a key in the query',
    { status: 401, scheme: { ...API_KEY, in: 'query' }, key: 'live_12345678\n' },
    'key-space-around',
  ],
  [
    'a key over two lines',
    {
      error: { code: 'InvalidInputs', message: "The value of the header 'API-Key' holds a line break." },
      key: 'live\n12345678',
    },
    'key-line-break',
  ],
  [
    'a key that belongs elsewhere',
    { status: 401, body: { message: 'Missing header X-Api-Key' } },
    'key-in-another-place',
  ],
  [
    'a missing scope',
    {
      status: 403,
      headers: { 'www-authenticate': 'Bearer error="insufficient_scope", scope="labels.write"' },
    },
    'missing-scope',
  ],
  [
    'an address that is not admitted',
    { status: 403, body: { message: 'Your IP is not on the allowlist' } },
    'address-not-admitted',
  ],
  ['a plain refusal', { status: 403, body: { message: 'Forbidden' } }, 'not-permitted'],
  [
    'the last segment of the base URL twice',
    { status: 404, server: 'https://api.parcels.example/v1/v1' },
    'base-path-twice',
  ],
  ['a path that repeats the base', { status: 404, path: '/v1/labels' }, 'base-path-twice'],
  [
    'a version the service names',
    { status: 404, server: 'https://api.parcels.example', body: { message: 'Use /v2/labels instead' } },
    'version-missing',
  ],
  ['a trailing slash', { status: 404, headers: html, path: '/labels/' }, 'trailing-slash'],
  ['an empty path parameter', { status: 404, inputs: { id: '' } }, 'path-parameter-empty'],
  ['an encoded path parameter', { status: 404, inputs: { id: 'a%2Fb' } }, 'path-parameter-encoded'],
  ['an unknown id', { status: 404, body: { message: 'Label not found' } }, 'no-such-record'],
  ['a method that is not offered', { status: 405, headers: { allow: 'GET' } }, 'method-not-allowed'],
  ['an answer of another kind', { status: 406 }, 'accept-refused'],
  [
    'a body of another kind',
    { status: 415, body: { message: 'Only application/x-www-form-urlencoded is supported' } },
    'body-type-refused',
  ],
  ['a conflict', { status: 409, body: { message: 'exists' } }, 'conflict'],
  ['too many calls', { status: 429, headers: { 'retry-after': '30' } }, 'too-many-calls'],
  ['a quota', { status: 429, body: { message: 'Monthly quota exceeded' } }, 'quota-used-up'],
  ['a service that fails', { status: 500 }, 'service-failed'],
  [
    'a proxy',
    { status: 502, headers: html, body: '<html><title>502</title></html>' },
    'service-behind-proxy',
  ],
  ['a time-out', { failure: fail('TIMEOUT', '', 'headers') }, 'slow-service'],
  ['a firewall that drops', { failure: fail('TIMEOUT', 'ETIMEDOUT') }, 'no-connection-in-time'],
  ['an unknown host', { failure: fail('DNS_FAILURE', 'ENOTFOUND') }, 'host-unknown'],
  ['a silent name server', { failure: fail('DNS_FAILURE', 'EAI_AGAIN') }, 'name-server-silent'],
  [
    'a self-signed certificate',
    { failure: fail('TLS_FAILURE', 'DEPTH_ZERO_SELF_SIGNED_CERT') },
    'certificate-self-signed',
  ],
  ['an expired certificate', { failure: fail('TLS_FAILURE', 'CERT_HAS_EXPIRED') }, 'certificate-expired'],
  [
    'a certificate of another host',
    { failure: fail('TLS_FAILURE', 'ERR_TLS_CERT_ALTNAME_INVALID') },
    'certificate-other-name',
  ],
  [
    'an unknown authority',
    { failure: fail('TLS_FAILURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY') },
    'certificate-untrusted',
  ],
  [
    'https at a port of http',
    { failure: fail('TLS_FAILURE', 'ERR_SSL_WRONG_VERSION_NUMBER') },
    'https-at-http-port',
  ],
  [
    'http at a port of https',
    { server: 'http://api.parcels.example:443', failure: fail('INVALID_RESPONSE', 'HPE_INVALID_CONSTANT') },
    'http-at-https-port',
  ],
  ['nothing that listens', { failure: fail('CONNECTION_REFUSED', 'ECONNREFUSED') }, 'nothing-listens'],
  ['a private address', { failure: fail('ADDRESS_NOT_ALLOWED') }, 'address-not-allowed'],
  [
    'a redirect from http to https',
    {
      status: 401,
      server: 'http://api.parcels.example',
      body: { message: 'no' },
      hops: [{ status: 301, from: 'http://api.parcels.example/x', to: 'https://api.parcels.example/x' }],
    },
    'http-to-https',
  ],
  [
    'a page to sign in at',
    {
      status: 200,
      headers: html,
      body: '<html><title>Sign in</title></html>',
      hops: [{ status: 302, from: 'https://a.example/x', to: 'https://a.example/login' }],
    },
    'login-page',
  ],
  [
    'a web page in place of data',
    { status: 200, headers: html, body: '<!doctype html><title>Docs</title>' },
    'web-page',
  ],
  [
    'an error under 200',
    { status: 200, body: { error: { message: 'no such carrier' } } },
    'error-under-success',
  ],
  [
    'a wrong charset',
    {
      status: 200,
      error: {
        code: 'InvalidResponse',
        message: 'It is not written in UTF-8, nor does it name another charset.',
      },
      body: 'x',
    },
    'wrong-charset',
  ],
  [
    'a redirect that is not followed',
    { status: 304 + 3, headers: { location: 'https://b.example/x?token=1' } },
    'redirect',
  ],
];

it.each(CASES)('%s', (_what, evidence, id) => {
  const [first] = diagnose(evidence);
  expect(first?.id).toBe(id);
  for (const text of [first?.title, first?.evidence, first?.advice]) {
    expect(text).toMatch(/^[\p{Lu}“'{/a-z].*[.”]$/su);
    expect(text).not.toContain('live_12345678');
  }
});

it('has nothing to say of a call that went well', () => {
  expect(diagnose({ status: 200, body: { id: 7 } })).toEqual([]);
});

it('names the field, and what was sent beside what is asked for', () => {
  const [field] = diagnose({
    status: 400,
    body: { errors: [{ field: 'weight', message: 'must be positive' }] },
  });
  expect(field).toMatchObject({
    title: 'The service does not accept the value of weight.',
    evidence: 'api.parcels.example answered 400 and names it. It says “weight must be positive”.',
    fix: { kind: 'input', parameter: 'weight' },
  });
  const [key] = diagnose({ status: 401, headers: { 'www-authenticate': 'Bearer realm="api"' } });
  expect(key?.evidence).toBe(
    "The key in the header API-Key was sent, and the answer's WWW-Authenticate asks for Bearer.",
  );
});

it('says of CORS that it is never the reason', () => {
  const causes = diagnose({ status: 403, body: { message: 'CORS error: origin not allowed' } });
  expect(causes.find(({ id }) => id === 'not-cors')?.evidence).toMatch(/^Calls leave from the server/);
});

describe('a fix makes the definition what the service wants', () => {
  const mend = (given: Case) => {
    const definition = define(given);
    const fix = diagnose(given).find((cause) => cause.fix?.kind === 'definition')?.fix;
    if (fix?.kind !== 'definition') throw new Error('no fix');
    return compileConnector(applyEdit(definition, fix.edit));
  };

  it('Bearer in place of an API key', () => {
    const mended = mend({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
    expect(mended.authenticationMethod().credentials).toMatchObject([{ type: 'bearer', parameter: 'token' }]);
  });

  it('a base URL without the repeated segment', () => {
    expect(mend({ status: 404, server: 'https://api.parcels.example/v1/v1' }).baseUrl).toBe(
      'https://api.parcels.example/v1',
    );
  });

  it('the method that is offered', () => {
    expect(mend({ status: 405, headers: { allow: 'GET, HEAD' } }).operation('Try')?.method).toBe('GET');
  });

  it('the content type that is wanted', () => {
    const body = { message: 'Only application/vnd.parcels+json is supported' };
    expect(mend({ status: 415, body }).operation('Try')?.body?.mediaType).toBe(
      'application/vnd.parcels+json',
    );
  });

  it('the path without its slash', () => {
    expect(mend({ status: 404, headers: html, path: '/labels/' }).operation('Try')?.path).toBe('/labels');
  });

  it('https in place of http', () => {
    const hops = [{ status: 301, from: 'http://api.parcels.example/x', to: 'https://api.parcels.example/x' }];
    expect(mend({ status: 401, server: 'http://api.parcels.example', hops }).baseUrl).toBe(
      'https://api.parcels.example',
    );
  });
});
