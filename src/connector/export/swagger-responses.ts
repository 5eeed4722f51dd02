import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { resolveReference } from '../../schema/index.ts';
import { type SwaggerWork, toSwaggerHeader } from './swagger-parameters.ts';
import { toSwaggerSchema } from './swagger-schemas.ts';

/** The answers of an operation. */
export function toSwaggerResponses(responses: JsonObject, work: SwaggerWork): JsonObject {
  const result: JsonObject = {};
  for (const [status, written] of Object.entries(responses)) {
    // Swagger has no ranges: 2XX is the family's first.
    const name = work.exact ? status : status.replace(/^([1-5])XX$/i, '$100');
    if (name !== status && responses[name] !== undefined) continue;
    result[name] = isJsonObject(written) ? toSwaggerResponse(written, work) : written;
  }
  return result;
}

export function toSwaggerResponse(written: JsonObject, work: SwaggerWork): JsonObject {
  if (typeof written['$ref'] === 'string') {
    return { ...written, $ref: written['$ref'].replace('#/components/responses/', '#/responses/') };
  }
  const { content, headers, links, ...rest } = written;
  return {
    ...rest,
    ...(work.exact && links !== undefined ? { links } : {}),
    ...(isJsonObject(headers) ? { headers: toHeaders(headers, work) } : {}),
    ...(isJsonObject(content) ? toContent(content, work) : {}),
  };
}

function toHeaders(headers: JsonObject, work: SwaggerWork): JsonObject {
  const entries = Object.entries(headers).flatMap(([name, written]) => {
    const header = work.exact ? written : resolveReference(written, work.document);
    return isJsonObject(header) ? [[name, toSwaggerHeader(header, work)] as const] : [];
  });
  return Object.fromEntries(entries);
}

function toContent(content: JsonObject, work: SwaggerWork): JsonObject {
  const types = Object.keys(content);
  const withSchema = types.filter((type) => readMember(content[type], 'schema') !== undefined);
  const best = withSchema.find((type) => /json/i.test(type)) ?? withSchema[0];
  const schema = best === undefined ? undefined : readMember(content[best], 'schema');
  const examples = collectExamples(content, work);
  return {
    ...(schema === undefined ? {} : { schema: toFile(toSwaggerSchema(schema, work.exact)) }),
    ...(Object.keys(examples).length > 0 || types.length === 0 ? { examples } : {}),
  };
}

function toFile(schema: JsonObject): JsonObject {
  if (schema['type'] !== 'string' || schema['format'] !== 'binary') return schema;
  const { format: _format, ...rest } = schema;
  return { ...rest, type: 'file' };
}

/** By media type, and by their own names where there are several. */
function collectExamples(content: JsonObject, work: SwaggerWork): JsonObject {
  const found: JsonObject = {};
  for (const [type, media] of Object.entries(content)) {
    const example = readMember(media, 'example');
    const examples = readMember(media, 'examples');
    if (example !== undefined) found[type] = example;
    else if (isJsonObject(examples)) {
      if (work.exact) Object.assign(found, examples);
      else found[type] = readFirst(examples, work);
    }
  }
  return found;
}

/** The first example whose value stands in the document. */
function readFirst(examples: JsonObject, work: SwaggerWork): Json {
  const values = Object.values(examples).map((one) => {
    return readMember(resolveReference(one, work.document), 'value');
  });
  return values.find((value) => value !== undefined) ?? null;
}

function readMember(owner: Json | undefined, key: string): Json | undefined {
  return isJsonObject(owner) ? owner[key] : undefined;
}

/** The media types of what has a schema, over all answers. */
export function collectProduces(responses: Json | undefined): string[] {
  const found = new Set<string>();
  for (const response of Object.values(isJsonObject(responses) ? responses : {})) {
    const content = readMember(response, 'content');
    for (const [type, media] of Object.entries(isJsonObject(content) ? content : {})) {
      if (readMember(media, 'schema') !== undefined) found.add(type);
    }
  }
  return [...found];
}
