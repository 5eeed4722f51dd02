import { describe, expect, it } from 'vitest';
import { compileObject, importText, readSource, requestOf } from '../../../test/documents/read.ts';
import type { JsonObject } from '../../base/index.ts';
import { importConnector } from './import-connector.ts';

const fine: JsonObject = { 200: { description: 'Fine.' } };

const openapi = (operation: JsonObject, more: JsonObject = {}): JsonObject => ({
  openapi: '3.1.0',
  info: { title: 'Mill', version: '1' },
  servers: [{ url: 'https://mill.example' }],
  paths: { '/grain/{id}': { post: { operationId: 'Grind', responses: fine, ...operation } } },
  ...more,
});

const swagger = (operation: JsonObject): JsonObject => ({
  swagger: '2.0',
  info: { title: 'Mill', version: '1' },
  host: 'mill.example',
  paths: { '/grain': { post: { operationId: 'Grind', responses: fine, ...operation } } },
});

const id: JsonObject = { name: 'id', in: 'path', required: true, schema: { type: 'string' } };
const query = (name: string, schema: JsonObject | undefined = { type: 'string' }): JsonObject => ({
  name,
  in: 'query',
  schema,
});
const schema = (value: JsonObject): JsonObject =>
  openapi({
    parameters: [id],
    requestBody: { content: { 'application/json': { schema: value } } },
  });

describe('what imports, and says something odd, is told with its place and line', () => {
  it.each<[string, JsonObject, string, string]>([
    [
      'a default of another type',
      schema({ type: 'integer', default: 'ten' }),
      'CONNECTOR_VALUE_TYPE',
      'schema/default',
    ],
    [
      'a sample of another type',
      schema({ type: 'boolean', example: 'yes' }),
      'CONNECTOR_VALUE_TYPE',
      'schema/example',
    ],
    [
      'allowed values of another type',
      schema({ type: 'integer', enum: ['1'] }),
      'CONNECTOR_VALUE_TYPE',
      'enum',
    ],
    ['bounds that leave nothing', schema({ minLength: 5, maxLength: 2 }), 'CONNECTOR_KEYWORD', 'minLength'],
    ['items that are no schema', schema({ type: 'array', items: 'text' }), 'CONNECTOR_KEYWORD', 'items'],
    ['an allOf that is no list', schema({ allOf: { type: 'object' } }), 'CONNECTOR_KEYWORD', 'allOf'],
    ['properties that are none', schema({ properties: ['a'] }), 'CONNECTOR_KEYWORD', 'properties'],
    ['a pattern that is none', schema({ type: 'string', pattern: '(' }), 'CONNECTOR_KEYWORD', 'pattern'],
    ['a reference that is no text', schema({ $ref: 5 }), 'CONNECTOR_MALFORMED', '$ref'],
    [
      'a schema that is no object',
      openapi({ parameters: [id, { name: 'q', in: 'query', schema: ['text'], type: 'string' }] }),
      'CONNECTOR_MALFORMED',
      'parameters/1/schema',
    ],
    [
      'a parameter twice',
      openapi({ parameters: [id, query('a'), query('a')] }),
      'CONNECTOR_DUPLICATE_PARAMETER',
      '2',
    ],
    [
      'a parameter without type',
      openapi({ parameters: [id, { name: 'q', in: 'query' }] }),
      'CONNECTOR_PARAMETER_TYPE',
      'parameters/1',
    ],
    [
      'a style nobody knows',
      openapi({ parameters: [id, { ...query('q'), style: 'pretty' }] }),
      'CONNECTOR_KEYWORD',
      'style',
    ],
    [
      'a place nobody knows',
      openapi({ parameters: [id, { ...query('q'), in: 'elsewhere' }] }),
      'CONNECTOR_MALFORMED',
      'parameters/1',
    ],
    [
      'a path parameter that is not in the path',
      openapi({ parameters: [id, { ...id, name: 'gone' }] }),
      'CONNECTOR_PATH_PARAMETER',
      'parameters/1',
    ],
    [
      'a body beside a form',
      swagger({
        parameters: [
          { name: 'a', in: 'body', schema: { type: 'object' } },
          { name: 'b', in: 'formData', type: 'string' },
        ],
      }),
      'CONNECTOR_DUPLICATE_PARAMETER',
      'parameters/0',
    ],
    [
      'two bodies',
      swagger({
        parameters: [
          { name: 'a', in: 'body', schema: { type: 'object' } },
          { name: 'b', in: 'body', schema: { type: 'object' } },
        ],
      }),
      'CONNECTOR_DUPLICATE_PARAMETER',
      'parameters/1',
    ],
    [
      'a status that is none',
      openapi({
        parameters: [id],
        responses: { '200-299': { description: 'Fine.' }, '4xx': {}, default: {} },
      }),
      'CONNECTOR_RESPONSE_STATUS',
      '200-299',
    ],
    [
      'an authentication nobody describes',
      openapi({ parameters: [id], security: [{ key: [] }] }),
      'CONNECTOR_AUTHENTICATION_UNSUPPORTED',
      'security/0',
    ],
    [
      'certificates of clients',
      openapi({ parameters: [id] }, { components: { securitySchemes: { tls: { type: 'mutualTLS' } } } }),
      'CONNECTOR_AUTHENTICATION_UNSUPPORTED',
      'tls',
    ],
    [
      'a schema that is made of itself',
      openapi(
        { parameters: [id] },
        {
          components: {
            schemas: {
              A: { allOf: [{ $ref: '#/components/schemas/B' }] },
              B: { allOf: [{ $ref: '#/components/schemas/A' }] },
            },
          },
        },
      ),
      'CONNECTOR_CIRCLE',
      'schemas/A',
    ],
    [
      'messages that the API sends',
      openapi({ parameters: [id] }, { webhooks: { ground: { post: { responses: fine } } } }),
      'CONNECTOR_WEBHOOKS',
      '/webhooks',
    ],
  ])('%s', (_name, document, code, place) => {
    const { warnings, ok } = importText(JSON.stringify(document, null, 1));
    expect(ok).toBe(true);
    expect(warnings.map((warning) => [warning.code, typeof warning.line])).toEqual([[code, 'number']]);
    expect(warnings[0]?.pointer).toContain(place);
  });

  it('nothing that is as it should be', () => {
    const document = openapi(
      {
        parameters: [id, query('a', { type: 'integer', default: 1, minimum: 1, maximum: 1 })],
        responses: { '2XX': { description: 'Fine.' }, default: { description: 'Not.' } },
        security: [{}, { key: [] }],
      },
      { components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'K' } } } },
    );
    expect(importText(JSON.stringify(document)).warnings).toEqual([]);
  });

  it('policies and custom code, with the line of their own file', () => {
    const { warnings } = importConnector(readSource('glasshouse/'));
    const lines = warnings
      .filter(({ code }) => code === 'CONNECTOR_POLICY_UNSUPPORTED' || code === 'CONNECTOR_SCRIPT_NEEDS_PORT')
      .map(({ code, line }) => [code, typeof line]);
    expect(lines).toContainEqual(['CONNECTOR_SCRIPT_NEEDS_PORT', 'number']);
    expect(lines.every(([, type]) => type === 'number')).toBe(true);
  });
});

describe('media types that are none', () => {
  const document = openapi({
    parameters: [id],
    requestBody: { content: { json: { schema: { type: 'object' } }, nonsense: {} } },
    responses: { 200: { content: { 'text/csv, text/plain': { schema: { type: 'string' } } } } },
  });

  it('are read as they are meant, with a warning each', () => {
    const { warnings } = importText(JSON.stringify(document));
    expect(warnings.map(({ code }) => code)).toEqual(Array(3).fill('CONNECTOR_MEDIA_TYPE'));
    const { headers } = requestOf(compileObject(document), 'Grind', { id: '1', body: {} });
    expect(headers['content-type']).toBe('application/json');
    expect(headers['accept']).toBe('text/csv, text/plain;q=0.9, */*;q=0.8');
  });

  it('are read so in Swagger as well', () => {
    const parameters = [{ name: 'a', in: 'formData', type: 'string' }];
    const connector = compileObject({
      ...swagger({ consumes: ['form-data'], parameters }),
      produces: ['xml'],
    });
    const { headers } = requestOf(connector, 'Grind', { a: '1' });
    expect(headers['content-type']).toMatch(/^multipart\/form-data/);
  });
});

describe('a way to connect that nobody can take', () => {
  it('is not offered', () => {
    const schemes = {
      tls: { type: 'mutualTLS' },
      key: { type: 'apiKey', in: 'header', name: 'K' },
    };
    const security: JsonObject[] = [{ tls: [] }, { tls: [], key: [] }, { key: [] }];
    const { authentication } = compileObject(
      openapi({ parameters: [id] }, { security, components: { securitySchemes: schemes } }),
    );
    expect(authentication.map(({ name }) => name)).toEqual(['key']);
  });
});
