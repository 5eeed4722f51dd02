import { describe, expect, it } from 'vitest';
import { compileObject } from '../../../test/documents/read.ts';
import { Secret } from '../../base/index.ts';
import { compileConnector } from '../compile/compile-connector.ts';
import type { CompiledConnector } from '../types.ts';
import { findMethodFor } from './choose-credentials.ts';
import { finishRequest } from './finish-request.ts';
import { prepareRequest } from './prepare-request.ts';
import { makeSampleConnection } from './sample-connection.ts';

const SCHEMES = {
  key: { type: 'apiKey', in: 'header', name: 'X-Key' },
  account: { type: 'apiKey', in: 'query', name: 'account' },
  basic: { type: 'http', scheme: 'basic' },
};

function compile(security: unknown, operations: Record<string, unknown>): CompiledConnector {
  const entries = Object.entries(operations).map(([id, own]) => {
    const operation = { operationId: id, responses: {}, ...(own === undefined ? {} : { security: own }) };
    return [`/${id}`, { get: operation }];
  });
  return compileObject({
    openapi: '3.0.3',
    info: { title: 'Gate', version: '1' },
    servers: [{ url: 'https://gate.example' }],
    ...(security === undefined ? {} : { security }),
    paths: Object.fromEntries(entries),
    components: { securitySchemes: SCHEMES },
  });
}

/** What authenticates a call, with a connection of a method, else of the one the operation asks for. */
function credentialsOf(connector: CompiledConnector, operationId: string, name?: string): string[] {
  const operation = connector.operation(operationId) ?? expect.fail(operationId);
  const method =
    name === undefined ? findMethodFor(connector, operation) : connector.authenticationMethod(name);
  const given = Object.entries(makeSampleConnection(connector, method));
  const values = Object.fromEntries(given.map(([key, value]) => [key, new Secret(String(value))]));
  const { url, headers } = finishRequest(prepareRequest({ connector, operation, method, values }, {}));
  const { 'x-key': key, authorization } = headers;
  return [
    ...(key === undefined ? [] : ['key']),
    ...(authorization === undefined ? [] : [authorization.split(' ')[0] ?? '']),
    ...(url.includes('account=') ? ['account'] : []),
  ];
}

describe('an operation', () => {
  const connector = compile([{ key: [] }], {
    plain: undefined,
    open: [],
    empty: [{}],
    other: [{ basic: [] }],
    optional: [{}, { key: [] }],
    both: [{ key: [], account: [] }],
    either: [{ basic: [] }, { key: [] }],
  });

  it.each([
    ['plain', ['key']],
    ['open', []],
    ['empty', []],
    ['other', ['Basic']],
    ['optional', ['key']],
    ['both', ['key', 'account']],
    ['either', ['key']],
  ])('%s gets the credentials it asks for', (id, expected) => {
    expect(credentialsOf(connector, id)).toEqual(expected);
  });

  it('gets no more of a connection than it asks for, and what there is where it asks for something else', () => {
    expect(credentialsOf(connector, 'plain', 'key+account')).toEqual(['key', 'account']);
    expect(credentialsOf(connector, 'either', 'key+account')).toEqual(['key']);
    expect(credentialsOf(connector, 'other', 'key')).toEqual(['key']);
    expect(credentialsOf(connector, 'both', 'key')).toEqual(['key']);
    expect(credentialsOf(connector, 'open', 'basic')).toEqual([]);
  });

  it('that says nothing gets what the connection has, unless the whole document says that it is open', () => {
    expect(credentialsOf(compile(undefined, { silent: undefined, asks: [{ key: [] }] }), 'silent')).toEqual([
      'key',
    ]);
    const open = compile([], { silent: undefined, asks: [{ key: [] }] });
    expect(credentialsOf(open, 'silent')).toEqual([]);
    expect(credentialsOf(open, 'asks')).toEqual(['key']);
  });

  it('gets credentials in spite of the empty lists of editors', () => {
    expect(credentialsOf(compile([], { a: [] }), 'a')).toEqual(['key']);
  });

  it('of a package is authenticated like all others', () => {
    const { definition } = connector;
    const source = { ...definition.source, format: 'power-platform' as const };
    const properties = {
      connectionParameters: { api_key: { type: 'securestring', uiDefinition: { displayName: 'Key' } } },
    };
    const shipped = compileConnector({ ...definition, source, properties });
    expect(shipped.operation('open')?.security).toBeUndefined();
    expect(credentialsOf(shipped, 'open')).toEqual(['key']);
  });

  it('with several flows of one scheme gets the token of any of them', () => {
    const flow = { tokenUrl: 'https://gate.example/token', scopes: {} };
    const { definition } = connector;
    const flows = {
      clientCredentials: flow,
      authorizationCode: { ...flow, authorizationUrl: 'https://gate.example/authorize' },
    };
    const both = compileObject({
      ...definition.openapi,
      security: [{ oauth: [] }],
      components: { securitySchemes: { oauth: { type: 'oauth2', flows } } },
      paths: { '/a': { get: { operationId: 'a', responses: {}, security: [{ oauth: ['read'] }] } } },
    });
    const names = both.authentication.map(({ name }) => name);
    expect(names).toHaveLength(2);
    for (const name of names) expect(credentialsOf(both, 'a', name)).toEqual(['Bearer']);
  });
});
