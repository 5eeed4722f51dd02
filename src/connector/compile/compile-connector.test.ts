import { describe, expect, it } from 'vitest';
import { compileDocument, importText } from '../../../test/documents/read.ts';
import type { JsonObject } from '../../base/index.ts';
import { compileConnector } from './compile-connector.ts';

const compile = (document: JsonObject) => {
  const { definition } = importText(
    JSON.stringify({ openapi: '3.1.0', info: { title: 'Pond' }, ...document }),
  );
  if (definition === undefined) throw new Error('not imported');
  return compileConnector(definition);
};
const paths: JsonObject = { '/fish': { get: { operationId: 'ListFish' } } };

describe('compileConnector', () => {
  const library = compileDocument('library.yaml');

  it('lists operations with their parameters, bodies and answers', () => {
    expect(library.title).toBe('Town Library');
    expect(
      library.operations.map(({ operationId, method, path }) => `${operationId} ${method} ${path}`),
    ).toEqual([
      'ListBooks GET /books',
      'AddBook POST /books',
      'ReadPage GET /books/{isbn}/{page}',
      'SetCover PUT /books/{isbn}/cover',
      'PostLoans POST /loans',
    ]);
    expect(library.operation('AddBook')).toMatchObject({
      parameters: [{ name: 'X-Reader', in: 'header', required: true }],
      body: { name: 'body', kind: 'json', required: true, schema: { $ref: '#/components/schemas/Book' } },
      successResponse: { status: '201' },
    });
  });

  it('knows which operations may be repeated', () => {
    const idempotent = library.operations.filter((one) => one.idempotent).map((one) => one.operationId);
    expect(idempotent).toEqual(['ListBooks', 'AddBook', 'ReadPage', 'SetCover']);
    const header = { name: 'Idempotency-Key', in: 'header', schema: { type: 'string' } };
    const connector = compile({
      paths: { '/fish': { post: { operationId: 'AddFish', parameters: [header] } } },
    });
    expect(connector.operation('AddFish')?.idempotencyHeader).toBe('Idempotency-Key');
  });

  it('finds an operation by method and path, fixed parts before parameters, values decoded', () => {
    expect(library.find('GET', '/books/978-3%2F1/cover')?.operation.operationId).toBe('ReadPage');
    expect(library.find('PUT', '/books/978-3%2F1/cover')).toMatchObject({
      operation: { operationId: 'SetCover' },
      pathParameters: { isbn: '978-3/1' },
    });
    expect(library.find('DELETE', '/books')).toBeUndefined();
  });

  it("asks for the variables of a server's address", () => {
    expect(library.baseUrl).toBe('https://main.library.example/api/v1');
    expect(library.authentication).toMatchObject([
      {
        name: 'shelfKey',
        kind: 'apiKey',
        parameters: [
          {
            name: 'server_branch',
            required: false,
            defaultValue: 'main',
            allowedValues: [{ value: 'main' }, { value: 'harbour' }],
          },
          { name: 'server_edition' },
          { name: 'api_key', type: 'securestring', secret: true, required: true },
        ],
        credentials: [{ type: 'apiKey', in: 'header', name: 'X-Shelf-Key', parameter: 'api_key' }],
      },
    ]);
  });

  it('asks which of several servers to call, and where one is when the document does not say', () => {
    const several = compile({
      paths,
      servers: [{ url: 'https://a.example/' }, { url: 'https://b.example', description: 'Test' }],
    });
    expect(several.authentication[0]?.parameters).toMatchObject([
      {
        name: 'server_url',
        required: false,
        allowedValues: [
          { value: 'https://a.example' },
          { value: 'https://b.example', title: 'Test (https://b.example)' },
        ],
      },
    ]);
    expect(compile({ paths, servers: [{ url: '/v1' }] }).authentication[0]?.parameters).toMatchObject([
      { name: 'server_url', required: true },
    ]);
  });

  it('derives ways to authenticate from the security schemes, what is needed together in one', () => {
    const securitySchemes: JsonObject = {
      app: { type: 'apiKey', in: 'header', name: 'X-App' },
      user: { type: 'apiKey', in: 'query', name: 'user' },
      token: { type: 'http', scheme: 'bearer' },
      login: { type: 'http', scheme: 'basic' },
      sso: { type: 'oauth2', flows: {} },
    };
    const security: JsonObject[] = [{ sso: [] }, { app: [], user: [] }, { token: [] }, { login: [] }, {}];
    const connector = compile({
      paths,
      servers: [{ url: 'https://a.example' }],
      components: { securitySchemes },
      security,
    });
    const methods = connector.authentication.map(({ name, kind, parameters }) => [
      name,
      kind,
      parameters.map((one) => one.name),
    ]);
    expect(methods).toEqual([
      ['app+user', 'apiKey', ['api_key', 'user']],
      ['token', 'bearer', ['token']],
      ['login', 'basic', ['username', 'password']],
      ['none', 'none', []],
      ['sso', 'oauth2', ['token']],
    ]);
    expect(connector.authenticationMethod('login').kind).toBe('basic');
    expect(connector.authenticationMethod(undefined).name).toBe('app+user');
  });

  it('prefers parameter sets to everything else', () => {
    const key = { type: 'securestring', uiDefinition: { displayname: 'Key' } };
    const { definition } = importText(
      JSON.stringify({
        openapi: '3.1.0',
        info: {},
        paths,
        servers: [{ url: 'https://a.example' }],
        components: { securitySchemes: { k: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
      }),
    );
    if (definition === undefined) throw new Error('not imported');
    const connectionParameterSets: JsonObject = {
      values: [
        { name: 'keyBased', uiDefinition: { displayname: 'By key' }, parameters: { api_key: key } },
        { name: 'byUser', parameters: { username: key, password: key } },
        {
          name: 'signIn',
          parameters: { token: { type: 'oAuthSetting', oAuthSettings: { identityProvider: 'aad' } } },
        },
      ],
    };
    const connector = compileConnector({ ...definition, properties: { connectionParameterSets } });
    expect(connector.authentication.map(({ name, kind, title }) => [name, kind, title])).toEqual([
      ['keyBased', 'apiKey', 'By key'],
      ['byUser', 'basic', 'byUser'],
      ['signIn', 'oauth2', 'signIn'],
    ]);
  });

  it('compiles five thousand operations without touching what no call needs', () => {
    const many = Object.fromEntries(
      Array.from({ length: 5000 }, (_, index) => [
        `/things/${index}/{id}`,
        { get: { operationId: `Get${index}` } },
      ]),
    );
    const connector = compile({ paths: many, servers: [{ url: 'https://a.example' }] });
    expect(connector.operations).toHaveLength(5000);
    expect(connector.find('GET', '/things/4711/x')).toMatchObject({ pathParameters: { id: 'x' } });
  });
});
