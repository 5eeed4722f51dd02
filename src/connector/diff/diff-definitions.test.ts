import { describe, expect, it } from 'vitest';
import { importText } from '../../../test/documents/read.ts';
import type { JsonObject } from '../../base/index.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { diffDefinitions } from './diff-definitions.ts';

const ORDER = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'integer' },
    note: { type: 'string' },
    next: { $ref: '#/components/schemas/Order' },
  },
};

interface Parts {
  readonly parameters?: object[];
  readonly order?: object;
  readonly body?: object;
  readonly operationId?: string;
  readonly server?: string;
  readonly security?: object;
  readonly summary?: string;
  readonly operation?: object;
  readonly connectionParameters?: JsonObject;
}

function define({ parameters = [], order = ORDER, body, ...rest }: Parts = {}): ConnectorDefinition {
  const { operationId = 'GetOrder', server = 'https://a.example', summary = 'Get' } = rest;
  const content = (schema: object) => ({ content: { 'application/json': { schema } } });
  const document = {
    openapi: '3.1.0',
    info: { title: 'Orders', version: '1' },
    servers: [{ url: server }],
    paths: {
      '/orders': {
        post: {
          operationId,
          summary,
          parameters,
          ...rest.operation,
          ...(body === undefined ? {} : { requestBody: content(body) }),
          responses: { 200: { description: 'ok', ...content({ $ref: '#/components/schemas/Order' }) } },
        },
      },
    },
    components: {
      schemas: { Order: order },
      securitySchemes: { key: rest.security ?? { type: 'apiKey', in: 'header', name: 'X-Key' } },
    },
    security: [{ key: [] }],
  };
  const { definition, errors } = importText(JSON.stringify(document));
  if (definition === undefined) throw new Error(errors[0]?.message);
  const { connectionParameters } = rest;
  return connectionParameters === undefined
    ? definition
    : { ...definition, properties: { connectionParameters } };
}

function diff(before: Parts, after: Parts) {
  return diffDefinitions(define(before), define(after)).map((one) => [
    one.class,
    one.code,
    one.field?.path.join('/'),
  ]);
}

const query = (name: string, schema: JsonObject, required = false) => ({
  name,
  in: 'query',
  required,
  schema,
});

const OAUTH = {
  type: 'oauth2',
  flows: {
    authorizationCode: {
      authorizationUrl: 'https://s.example/authorize',
      tokenUrl: 'https://s.example/token',
      scopes: {},
    },
  },
};

function signIn(clientId: string, scopes: string[]): JsonObject {
  const customParameters = {
    authorizationUrl: { value: 'https://s.example/authorize' },
    tokenUrl: { value: 'https://s.example/token' },
  };
  const oAuthSettings = { identityProvider: 'oauth2', clientId, scopes, customParameters };
  return { token: { type: 'oauthSetting', oAuthSettings } };
}

function region(...values: string[]): JsonObject {
  const allowedValues = values.map((value) => ({ text: value, value }));
  return { type: 'string', uiDefinition: { constraints: { allowedValues } } };
}

describe('the difference of two definitions', () => {
  it('is nothing when they are equal, though schemas go round in circles', () => {
    expect(diff({}, {})).toEqual([]);
  });

  it.each<[string, Parts, Parts, (string | undefined)[][]]>([
    [
      'an operation that is called otherwise',
      {},
      { operationId: 'FetchOrder' },
      [['breaking', 'OPERATION_RENAMED', undefined]],
    ],
    [
      'a new required parameter',
      {},
      { parameters: [query('a', { type: 'string' }, true)] },
      [['breaking', 'REQUIRED_PARAMETER_ADDED', 'a']],
    ],
    [
      'a new required parameter with a default',
      {},
      { parameters: [query('a', { type: 'string', default: 'x' }, true)] },
      [['safe', 'PARAMETER_ADDED', 'a']],
    ],
    [
      'a parameter that is gone',
      { parameters: [query('a', { type: 'string' })] },
      {},
      [['breaking', 'PARAMETER_REMOVED', 'a']],
    ],
    [
      'a parameter of another type',
      { parameters: [query('a', { type: 'string' })] },
      { parameters: [query('a', { type: 'boolean' })] },
      [['breaking', 'FIELD_TYPE_CHANGED', 'a']],
    ],
    [
      'a parameter that takes more',
      { parameters: [query('a', { type: 'integer' })] },
      { parameters: [query('a', { type: 'number' })] },
      [['safe', 'FIELD_TYPE_WIDENED', 'a']],
    ],
    [
      'a value less to choose from',
      { parameters: [query('a', { enum: ['x', 'y'] })] },
      { parameters: [query('a', { enum: ['x'] })] },
      [['breaking', 'ENUM_VALUE_REMOVED', 'a']],
    ],
    [
      'a pattern',
      { parameters: [query('a', { type: 'string' })] },
      { parameters: [query('a', { type: 'string', pattern: '^x' })] },
      [['risky', 'FIELD_LIMITS_CHANGED', 'a']],
    ],
    [
      'a field less in the answer',
      {},
      { order: { ...ORDER, properties: { id: { type: 'integer' }, next: ORDER.properties.next } } },
      [['breaking', 'FIELD_REMOVED', 'note']],
    ],
    [
      'a field more in the answer',
      {},
      { order: { ...ORDER, properties: { ...ORDER.properties, x: {} } } },
      [['safe', 'FIELD_ADDED', 'x']],
    ],
    [
      'a field of another type in the answer',
      {},
      { order: { ...ORDER, properties: { ...ORDER.properties, note: { type: 'integer' } } } },
      [['breaking', 'FIELD_TYPE_CHANGED', 'note']],
    ],
    [
      'a field that may be null',
      {},
      { order: { ...ORDER, properties: { ...ORDER.properties, note: { type: ['string', 'null'] } } } },
      [['risky', 'FIELD_NOW_NULLABLE', 'note']],
    ],
    [
      'a field that may be missing',
      {},
      { order: { ...ORDER, required: [] } },
      [['risky', 'FIELD_NOW_OPTIONAL', 'id']],
    ],
    [
      'a new required field of the body',
      { body: { type: 'object', properties: {} } },
      { body: { type: 'object', required: ['a'], properties: { a: {} } } },
      [['breaking', 'REQUIRED_FIELD_ADDED', 'body/a']],
    ],
    [
      'another server',
      {},
      { server: 'https://b.example' },
      [
        ['risky', 'SERVER_CHANGED', undefined],
        ['risky', 'CREDENTIALS_HOST_ADDED', undefined],
      ],
    ],
    [
      'another way to send the key',
      {},
      { security: { type: 'apiKey', in: 'query', name: 'key' } },
      [['breaking', 'SECURITY_CHANGED', undefined]],
    ],
    [
      'a parameter that moved from the query into a header',
      { parameters: [query('a', { type: 'string' })] },
      { parameters: [{ ...query('a', { type: 'string' }), in: 'header' }] },
      [['risky', 'PARAMETER_PLACE_CHANGED', 'a']],
    ],
    [
      'a parameter that is written otherwise',
      { parameters: [query('a', { type: 'string' })] },
      { parameters: [{ ...query('a', { type: 'string' }), allowReserved: true }] },
      [['risky', 'PARAMETER_PLACE_CHANGED', 'a']],
    ],
    [
      'a required parameter that is optional now',
      { parameters: [query('a', { type: 'string' }, true)] },
      { parameters: [query('a', { type: 'string' })] },
      [['safe', 'PARAMETER_NECESSITY_CHANGED', 'a']],
    ],
    [
      'a parameter that is called otherwise',
      { parameters: [query('a', { type: 'string' }, true)] },
      { parameters: [query('b', { type: 'string' }, true)] },
      [
        ['breaking', 'PARAMETER_REMOVED', 'a'],
        ['breaking', 'REQUIRED_PARAMETER_ADDED', 'b'],
      ],
    ],
    [
      'more values of an input',
      { parameters: [query('a', { enum: ['x'] })] },
      { parameters: [query('a', { enum: ['x', 'y'] })] },
      [['safe', 'ENUM_VALUE_ADDED', 'a']],
    ],
    [
      'more values of an answer',
      { order: { ...ORDER, properties: { ...ORDER.properties, note: { enum: ['x'] } } } },
      { order: { ...ORDER, properties: { ...ORDER.properties, note: { enum: ['x', 'y'] } } } },
      [['risky', 'ENUM_VALUE_ADDED', 'note']],
    ],
    [
      'a required field of a body with a default',
      { body: { type: 'object', properties: {} } },
      { body: { type: 'object', required: ['a'], properties: { a: { type: 'string', default: 'x' } } } },
      [['safe', 'FIELD_ADDED', 'body/a']],
    ],
    [
      'a callback that the runtime fills in, required now',
      { body: { type: 'object', properties: { url: { type: 'string', 'x-ms-notification-url': true } } } },
      {
        body: {
          type: 'object',
          required: ['url'],
          properties: { url: { type: 'string', 'x-ms-notification-url': true } },
        },
      },
      [['safe', 'FIELD_NOW_REQUIRED', 'body/url']],
    ],
    [
      'a field of a body that is only read now',
      { body: { type: 'object', properties: { a: { type: 'string' } } } },
      { body: { type: 'object', properties: { a: { type: 'string', readOnly: true } } } },
      [['breaking', 'FIELD_ACCESS_REMOVED', 'body/a']],
    ],
    [
      'a reference that may be null now, and nothing of what it refers to',
      {},
      {
        order: {
          ...ORDER,
          properties: {
            ...ORDER.properties,
            next: { anyOf: [{ $ref: '#/components/schemas/Order' }, { type: 'null' }] },
          },
        },
      },
      [['risky', 'FIELD_NOW_NULLABLE', 'next']],
    ],
    [
      'text that is base64 now',
      {},
      {
        order: {
          ...ORDER,
          properties: { ...ORDER.properties, note: { type: 'string', contentEncoding: 'base64' } },
        },
      },
      [['risky', 'FIELD_LIMITS_CHANGED', 'note']],
    ],
    [
      'pages that are no longer followed',
      { operation: { 'x-ms-pageable': { nextLinkName: 'nextLink' } } },
      {},
      [['risky', 'PAGING_CHANGED', undefined]],
    ],
    [
      'more scopes, fewer scopes and another application',
      { security: OAUTH, connectionParameters: signIn('one', ['read', 'write']) },
      { security: OAUTH, connectionParameters: signIn('two', ['read', 'admin']) },
      [
        ['risky', 'SCOPES_ADDED', undefined],
        ['risky', 'SCOPES_REMOVED', undefined],
        ['risky', 'APPLICATION_CHANGED', undefined],
      ],
    ],
    [
      'what a connection needs and takes',
      {
        connectionParameters: {
          key: { type: 'securestring' },
          site: { type: 'string' },
          old: { type: 'string' },
          count: { type: 'string' },
          region: region('eu', 'us'),
        },
      },
      {
        connectionParameters: {
          key: { type: 'securestring' },
          site: { type: 'string', uiDefinition: { constraints: { required: 'true' } } },
          count: { type: 'int' },
          region: region('eu'),
        },
      },
      [
        ['breaking', 'CONNECTION_PARAMETER_REQUIRED', undefined],
        ['breaking', 'CONNECTION_PARAMETER_TYPE_CHANGED', undefined],
        ['risky', 'CONNECTION_PARAMETER_REMOVED', undefined],
        ['risky', 'CONNECTION_PARAMETER_VALUES_REMOVED', undefined],
      ],
    ],
    ['other words', {}, { summary: 'Fetch' }, [['safe', 'DESCRIPTION_CHANGED', undefined]]],
  ])('names %s', (_what, before, after, expected) => {
    expect(diff(before, after)).toEqual(expected);
  });

  it('says in a sentence what changed, the breaking first, with a pointer into the newer document', () => {
    const parameters = [query('from', { type: 'string' }, true)];
    const [first, second] = diffDefinitions(define(), define({ parameters, summary: 'Fetch' }));
    expect(first).toMatchObject({
      class: 'breaking',
      message: "The parameter 'from' of GetOrder is new and required.",
      pointer: '/paths/~1orders/post',
      operationId: 'GetOrder',
    });
    expect(second?.class).toBe('safe');
  });
});
