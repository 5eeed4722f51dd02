import { describe, expect, it } from 'vitest';
import { importText } from '../../../test/documents/read.ts';
import type { JsonObject } from '../../base/index.ts';
import type { ConnectorDefinition } from '../types.ts';
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
  return definition;
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
