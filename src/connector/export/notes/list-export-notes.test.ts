import { describe, expect, it } from 'vitest';
import { importText, readSource } from '../../../../test/documents/read.ts';
import { type JsonObject, stringifyJson } from '../../../base/index.ts';
import type { ConnectorDefinition } from '../../definition-types.ts';
import { importConnector } from '../../import/import-connector.ts';
import type { ExportFormat } from '../types.ts';
import { listExportNotes } from './list-export-notes.ts';

function define(source: JsonObject): ConnectorDefinition {
  const { definition, errors } = importText(stringifyJson(source));
  if (definition === undefined) throw new Error(errors[0]?.message);
  return definition;
}

function note(definition: ConnectorDefinition, format: ExportFormat): string[] {
  return listExportNotes(definition, format).map(({ code, pointer }) => `${code} ${pointer}`);
}

const schema: JsonObject = {
  type: 'object',
  properties: {
    place: { type: 'array', prefixItems: [{ type: 'number' }, { type: 'number' }] },
    kind: { oneOf: [{ type: 'string' }, { type: 'integer' }] },
    code: { type: ['string', 'integer'], examples: ['a', 1] },
    secret: { type: 'string', writeOnly: true },
    height: { type: 'number', minimum: 1, exclusiveMinimum: 2 },
  },
  if: { required: ['kind'] },
};

const FULL = define({
  openapi: '3.1.0',
  info: { title: 'Full', version: '1', summary: 'All at once.' },
  servers: [
    { url: 'https://{region}.full.example', variables: { region: { default: 'eu' } } },
    { url: 'https://test.full.example' },
  ],
  security: [{ token: [] }, { session: [] }],
  paths: {
    '/things': {
      post: {
        operationId: 'Make',
        servers: [{ url: 'https://make.full.example' }],
        'x-ms-visibility': 'important',
        parameters: [
          { name: 'session', in: 'cookie', schema: { type: 'string' } },
          { name: 'filter', in: 'query', style: 'deepObject', schema: { type: 'object' } },
        ],
        requestBody: {
          content: {
            'application/json': { schema },
            'text/plain': { schema: { type: 'string' } },
          },
        },
        responses: {
          '2XX': {
            description: 'Made.',
            links: { read: { operationId: 'Make' } },
            content: { 'application/json': { examples: { a: { value: 1 }, b: { value: 2 } } } },
          },
        },
        callbacks: { done: { '{$url}': { post: { responses: {} } } } },
      },
    },
  },
  webhooks: { made: { post: { responses: {} } } },
  components: {
    securitySchemes: {
      token: { type: 'http', scheme: 'bearer' },
      session: { type: 'apiKey', in: 'cookie', name: 'sid' },
      company: { type: 'openIdConnect', openIdConnectUrl: 'https://id.full.example' },
    },
  },
});

const MAKE = '/paths/~1things/post';
const SCHEMA = `${MAKE}/requestBody/content/application~1json/schema`;

describe('what an export cannot say', () => {
  it('is nothing in the format of the definition itself', () => {
    expect(note(FULL, 'openapi-3.1')).toEqual([]);
    const swagger = importConnector(readSource('workshop.swagger.json')).definition;
    expect(swagger && note(swagger, 'swagger-2.0')).toEqual([]);
  });

  const in30 = [
    'EXPORT_INFO_LEFT_OUT /info/summary',
    'EXPORT_MESSAGES_LEFT_OUT /webhooks',
    `EXPORT_KEYWORD_LEFT_OUT ${SCHEMA}/if`,
    `EXPORT_KEYWORD_LEFT_OUT ${SCHEMA}/properties/place/prefixItems`,
    `EXPORT_EXAMPLES_LEFT_OUT ${SCHEMA}/properties/code/examples`,
    `EXPORT_KEYWORD_LEFT_OUT ${SCHEMA}/properties/height/minimum`,
  ];

  it('is told of OpenAPI 3.0', () => {
    expect(note(FULL, 'openapi-3.0')).toEqual(in30);
  });

  it('is told of Swagger 2.0, with what 3.0 cannot say either', () => {
    expect(note(FULL, 'swagger-2.0')).toEqual([
      ...in30,
      `EXPORT_ALTERNATIVES_LEFT_OUT ${SCHEMA}/properties/kind/oneOf`,
      `EXPORT_ALTERNATIVES_LEFT_OUT ${SCHEMA}/properties/code/type`,
      `EXPORT_KEYWORD_LEFT_OUT ${SCHEMA}/properties/secret/writeOnly`,
      'EXPORT_SERVERS_LEFT_OUT /servers/1',
      'EXPORT_SERVERS_LEFT_OUT /servers/0/variables',
      'EXPORT_SECURITY_CHANGED /components/securitySchemes/token',
      'EXPORT_SECURITY_CHANGED /components/securitySchemes/session',
      'EXPORT_SECURITY_LEFT_OUT /components/securitySchemes/company',
      'EXPORT_MESSAGES_LEFT_OUT /webhooks',
      `EXPORT_SERVERS_LEFT_OUT ${MAKE}`,
      `EXPORT_MESSAGES_LEFT_OUT ${MAKE}/callbacks`,
      `EXPORT_PARAMETER_LEFT_OUT ${MAKE}/parameters/0`,
      `EXPORT_PARAMETER_SIMPLIFIED ${MAKE}/parameters/1`,
      `EXPORT_MEDIA_TYPES_MERGED ${MAKE}/requestBody/content`,
      `EXPORT_RESPONSE_CHANGED ${MAKE}/responses/2XX`,
      `EXPORT_LINKS_LEFT_OUT ${MAKE}/responses/2XX/links`,
      `EXPORT_EXAMPLES_LEFT_OUT ${MAKE}/responses/2XX/content/application~1json`,
    ]);
  });

  it('is told of Postman', () => {
    expect(note(FULL, 'postman')).toEqual([
      'EXPORT_SCHEMAS_AS_SAMPLES ',
      'EXPORT_MESSAGES_LEFT_OUT /webhooks',
      `EXPORT_MESSAGES_LEFT_OUT ${MAKE}/callbacks`,
      `EXPORT_EXTENSIONS_LEFT_OUT ${MAKE}/x-ms-visibility`,
      'EXPORT_SERVERS_LEFT_OUT /servers/1',
      'EXPORT_SECURITY_LEFT_OUT /components/securitySchemes/company',
      'EXPORT_SECURITY_CHANGED /security',
      `EXPORT_MEDIA_TYPES_MERGED ${MAKE}/requestBody`,
    ]);
  });

  it('is told of a client in TypeScript', () => {
    expect(note(FULL, 'typescript')).toEqual([
      'EXPORT_CONSTRAINTS_LEFT_OUT ',
      'EXPORT_MESSAGES_LEFT_OUT /webhooks',
      `EXPORT_MESSAGES_LEFT_OUT ${MAKE}/callbacks`,
      `EXPORT_EXTENSIONS_LEFT_OUT ${MAKE}/x-ms-visibility`,
    ]);
  });

  it('of a package is what only a package holds: policies, code, files, what connections ask for', () => {
    const { definition } = importConnector(readSource('glasshouse/'));
    if (definition === undefined) throw new Error('There is no glasshouse.');
    const codes = new Set(listExportNotes(definition, 'openapi-3.1').map(({ code }) => code));
    expect([...codes]).toEqual([
      'EXPORT_POLICIES_LEFT_OUT',
      'EXPORT_CONNECTION_LEFT_OUT',
      'EXPORT_SCRIPT_LEFT_OUT',
      'EXPORT_FILE_LEFT_OUT',
    ]);
    expect(note(definition, 'power-platform')).toEqual([]);
    const ported = { ...definition, files: { 'script.ts': '' } };
    expect(note(ported, 'power-platform')).toEqual(['EXPORT_SCRIPT_NEEDS_PORT /files/script.ts']);
  });

  it('of a collection that was changed here is where the change is', () => {
    const { definition } = importConnector(readSource('requests/ferry.postman_collection.json'));
    if (definition === undefined) throw new Error('There is no ferry.');
    expect(note(definition, 'postman')).toEqual([]);
    const openapi = structuredClone(definition.openapi);
    const board = (openapi['paths'] as JsonObject)['/board'] as { post: JsonObject };
    board.post['x-ms-visibility'] = 'important';
    expect(note({ ...definition, openapi }, 'postman')).toEqual([
      'EXPORT_CHANGED /paths/~1board/post/x-ms-visibility',
    ]);
  });

  it('is cut short where there is much of it, and says so', () => {
    const properties = Object.fromEntries(
      Array.from({ length: 40 }, (_one, index) => [`p${index}`, { not: {}, if: {} }] as const),
    );
    const paths = {
      '/a': {
        get: {
          responses: {
            200: {
              description: '',
              content: { 'application/json': { schema: { type: 'object', properties } } },
            },
          },
        },
      },
    };
    const notes = listExportNotes(
      define({ openapi: '3.1.0', info: {}, servers: [{ url: 'https://a.example' }], paths }),
      'openapi-3.0',
    );
    expect(notes).toHaveLength(26);
    expect(notes.at(-1)).toMatchObject({ code: 'EXPORT_MORE_NOTES' });
    expect(notes.at(-1)?.message).toContain('15 more');
  });
});
