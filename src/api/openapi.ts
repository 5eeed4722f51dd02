import type { TSchema } from 'typebox';
import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import type { Endpoint } from './define-endpoint.ts';
import { ProblemDetails } from './problems.ts';

export interface OpenApiInfo {
  readonly version: string;
  /** Where the API is served; by default the host of the document. */
  readonly serverUrl?: string;
}

/** The endpoints as an OpenAPI 3.1 document. Schemas with a title become components. */
export function buildOpenApiDocument(
  endpoints: Readonly<Record<string, Endpoint>>,
  info: OpenApiInfo = { version: '0.1.0' },
): JsonObject {
  const components: JsonObject = {};
  const paths: JsonObject = {};
  for (const [operationId, endpoint] of Object.entries(endpoints)) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    const item = isJsonObject(paths[path]) ? paths[path] : {};
    item[endpoint.method.toLowerCase()] = buildOperation(operationId, endpoint, components);
    paths[path] = item;
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Patchbay',
      version: info.version,
      summary: 'Define an API once; use it in every flow, app, program and agent.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: info.serverUrl ?? '/' }],
    tags: [...new Set(Object.values(endpoints).flatMap((endpoint) => endpoint.tags))].map((name) => ({
      name,
    })),
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'patchbay.session_token' },
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of Settings: `pb_…`.' },
        apiKeyHeader: { type: 'apiKey', in: 'header', name: 'x-api-key' },
      },
    },
  };
}

function buildOperation(operationId: string, endpoint: Endpoint, components: JsonObject): JsonObject {
  const operation: JsonObject = {
    operationId,
    summary: endpoint.summary,
    tags: [...endpoint.tags],
    security: endpoint.access === 'open' ? [] : [{ session: [] }, { apiKey: [] }, { apiKeyHeader: [] }],
  };
  const description = describeOperation(endpoint);
  if (description !== '') operation.description = description;
  const parameters = buildParameters(endpoint, components);
  if (parameters.length > 0) operation.parameters = parameters;
  if (endpoint.body) {
    operation.requestBody = {
      required: true,
      content: { 'application/json': { schema: toDocument(endpoint.body, components) } },
    };
  }
  operation.responses = {
    [String(endpoint.status)]: buildSuccess(endpoint, components),
    default: {
      description: 'What is wrong, and what to do about it.',
      content: { 'application/problem+json': { schema: toDocument(ProblemDetails, components) } },
    },
  };
  return operation;
}

function describeOperation(endpoint: Endpoint): string {
  const access = endpoint.access === 'admin' ? 'Administrators only.' : '';
  return [endpoint.description ?? '', access].filter((text) => text !== '').join(' ');
}

function buildSuccess(endpoint: Endpoint, components: JsonObject): JsonObject {
  if (!endpoint.response) return { description: 'Done.' };
  const mediaType = endpoint.produces ?? 'application/json';
  return {
    description: 'Success.',
    content: { [mediaType]: { schema: toDocument(endpoint.response, components) } },
  };
}

function buildParameters(endpoint: Endpoint, components: JsonObject): Json[] {
  const parameters = [
    ...listParameters('path', endpoint.params, components),
    ...listParameters('query', endpoint.query, components),
  ];
  if (endpoint.ifMatch) {
    parameters.push({
      name: 'If-Match',
      in: 'header',
      required: endpoint.ifMatch === 'required',
      description:
        'The version that the change was made from, as the ETag said it. 412 when it is no longer the latest.',
      schema: { type: 'string' },
    });
  }
  return parameters;
}

function listParameters(
  place: 'path' | 'query',
  schema: TSchema | undefined,
  components: JsonObject,
): Json[] {
  const document = schema === undefined ? {} : toJson(schema, components);
  const properties = isJsonObject(document.properties) ? document.properties : {};
  const required = Array.isArray(document.required) ? document.required : [];
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

/** A schema as the document shows it: a reference where it has a name, itself otherwise. */
function toDocument(schema: TSchema, components: JsonObject): Json {
  return refer(schema, components);
}

function refer(value: unknown, components: JsonObject): Json {
  if (Array.isArray(value)) return value.map((item) => refer(item, components));
  if (!isJsonObject(value)) return value as Json;
  if (typeof value.title !== 'string' || !isSchema(value)) return toJson(value, components);
  const name = value.title;
  if (components[name] === undefined) {
    components[name] = {}; // holds the place while its own members are written
    components[name] = toJson(value, components);
  }
  return { $ref: `#/components/schemas/${name}` };
}

function toJson(schema: object, components: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, refer(value, components)]));
}

/** A property may be called `title` too; only a schema's title is text beside a type. */
function isSchema(value: JsonObject): boolean {
  return value.type !== undefined || value.anyOf !== undefined;
}
