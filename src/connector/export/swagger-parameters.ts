import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { resolveReference } from '../../schema/index.ts';
import { unwrapSchema } from '../compile/unwrap-schema.ts';
import { PARAMETER_STYLE } from '../import/prepare-swagger.ts';
import { toSwaggerSchema } from './swagger-schemas.ts';

/** What one conversion needs to know. */
export interface SwaggerWork {
  /** The OpenAPI 3.0 document. */
  readonly document: JsonObject;
  /** It came from Swagger: everything in it can be said, and stays. */
  readonly exact: boolean;
  /** What has no word stands in extensions that importing reads again. */
  readonly carries: boolean;
}

/** What a parameter or header that is no body may say of its value. */
const VALUE_KEYS = new Set([
  'default',
  'enum',
  'exclusiveMaximum',
  'exclusiveMinimum',
  'format',
  'items',
  'maxItems',
  'maxLength',
  'maximum',
  'minItems',
  'minLength',
  'minimum',
  'multipleOf',
  'nullable',
  'pattern',
  'type',
  'uniqueItems',
]);

/** A path, query or header parameter. */
export function toSwaggerParameter(parameter: JsonObject, work: SwaggerWork): JsonObject {
  const { schema, style, explode, [PARAMETER_STYLE]: joined, example, examples, ...rest } = parameter;
  const { content: _content, allowReserved: _reserved, deprecated: _deprecated, ...plain } = rest;
  const value = flattenSchema(contentSchema(parameter) ?? schema, work);
  const format = readCollectionFormat(String(parameter['in']), { style, explode, joined });
  return {
    ...(work.exact ? rest : plain),
    ...value,
    ...(value['type'] === 'array' && format !== undefined ? { collectionFormat: format } : {}),
    ...toExamples(example, examples, work),
  };
}

/** A parameter written as JSON is a text to Swagger. */
function contentSchema(parameter: JsonObject): JsonObject | undefined {
  return isJsonObject(parameter['content']) ? { type: 'string' } : undefined;
}

/** The members of a schema, as Swagger writes them into the parameter itself. */
export function flattenSchema(schema: Json | undefined, work: SwaggerWork): JsonObject {
  if (schema === undefined) return {};
  const isPlain = isJsonObject(schema) && Object.keys(schema).every((key) => VALUE_KEYS.has(key));
  if (work.exact) return isPlain ? toSwaggerSchema(schema, true) : { schema };
  const { type, ...members } = toSwaggerSchema(
    resolveItems(unwrapSchema(schema, work.document), work),
    false,
  );
  const known = Object.entries(members).filter(([key]) => VALUE_KEYS.has(key) || key.startsWith('x-'));
  const isKnown = typeof type === 'string' && type !== 'object' && type !== 'null';
  return { ...Object.fromEntries(known), type: isKnown ? type : 'string' };
}

/** Items of a parameter may refer to nothing either. */
function resolveItems(schema: JsonObject, work: SwaggerWork): JsonObject {
  if (schema['type'] !== 'array') return schema;
  return { ...schema, items: flattenSchema(schema['items'] ?? {}, work) };
}

interface Style {
  readonly style: Json | undefined;
  readonly explode: Json | undefined;
  readonly joined: Json | undefined;
}

const FORMATS: Readonly<Record<string, string>> = {
  spaceDelimited: 'ssv',
  pipeDelimited: 'pipes',
  tabDelimited: 'tsv',
};

/** How an array is joined. */
export function readCollectionFormat(
  location: string,
  { style, explode, joined }: Style,
): string | undefined {
  const named = FORMATS[String(joined ?? style)];
  if (named !== undefined) return named;
  if (location === 'path' || location === 'header') return style === undefined ? 'multi' : 'csv';
  return explode === false ? 'csv' : 'multi';
}

/** Swagger knows examples of parameters by an extension many tools share. */
function toExamples(example: Json | undefined, examples: Json | undefined, work: SwaggerWork): JsonObject {
  if (example !== undefined) return { 'x-examples': { default: { value: example } } };
  return isJsonObject(examples) ? { 'x-examples': writeOutExamples(examples, work) } : {};
}

/** Swagger shares no examples: what is referred to stands where it is used. */
export function writeOutExamples(examples: JsonObject, work: SwaggerWork): JsonObject {
  if (work.exact) return examples;
  const entries = Object.entries(examples).map(([name, written]) => {
    return [name, resolveReference(written, work.document) ?? written] as const;
  });
  return Object.fromEntries(entries);
}

/** A header of an answer. */
export function toSwaggerHeader(written: JsonObject, work: SwaggerWork): JsonObject {
  if (typeof written['$ref'] === 'string' && work.exact) return written;
  const { schema, example, examples, ...rest } = written;
  const { style: _style, explode: _explode, content: _content, required: _required, ...more } = rest;
  const { deprecated: _deprecated, ...plain } = more;
  return {
    ...(work.exact ? rest : plain),
    ...flattenSchema(schema ?? (work.exact ? undefined : { type: 'string' }), work),
    ...(example === undefined ? {} : { 'x-example': example }),
    ...(isJsonObject(examples) ? { 'x-examples': writeOutExamples(examples, work) } : {}),
  };
}
