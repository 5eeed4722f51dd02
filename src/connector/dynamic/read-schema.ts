import { isJsonObject, type Json, type JsonObject, parseJson } from '../../base/index.ts';
import { followPath } from './follow-path.ts';
import { settleSchema } from './settle-schema.ts';
import type { SchemaSource } from './types.ts';

const EMPTY: JsonObject = { type: 'object', properties: {} };

/** Keywords whose values are objects: an object of nothing else is a schema and no map of them. */
const KEYWORD =
  /^(?:x-.*|properties|patternProperties|items|additionalProperties|not|if|then|else|\$defs|definitions)$/;

/**
 * Reads an answer as a schema. With a path, what stands there; without one the older form's answer is the map of
 * properties, the newer one's the schema. Services mix the two, so what is plainly a map is wrapped, and what is
 * plainly a schema is not. Nothing, or null, is an object without properties; a text is read as JSON.
 */
export function readDynamicSchema(body: Json, source: Pick<SchemaSource, 'path' | 'isMap'>): JsonObject {
  return settleSchema(readWritten(body, source), body);
}

function readWritten(body: Json, source: Pick<SchemaSource, 'path' | 'isMap'>): JsonObject {
  const found = source.path === undefined ? body : followPath(body, source.path);
  const value = typeof found === 'string' ? parseText(found) : found;
  if (Array.isArray(value)) return mergeFields(value);
  if (!isJsonObject(value) || Object.keys(value).length === 0) return EMPTY;
  if (isMap(value, source.isMap || /(?:^|\/)properties\/?$/i.test(source.path ?? '')))
    return { type: 'object', properties: onlySchemas(value) };
  return value['type'] === undefined && isJsonObject(value['properties'])
    ? { type: 'object', ...value }
    : value;
}

function parseText(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** In a map of properties every member is a schema; in a schema `type` is a word, and the others are keywords. */
function isMap(value: JsonObject, declared: boolean): boolean {
  if (!Object.values(value).every((one) => isJsonObject(one))) return false;
  const { properties } = value;
  const isSchema = isJsonObject(properties) && Object.values(properties).every(isJsonObject);
  const onlyKeywords = Object.keys(value).every((name) => KEYWORD.test(name));
  return !onlyKeywords || (declared && !isSchema);
}

function onlySchemas(properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).filter(([, schema]) => isJsonObject(schema)));
}

/** Some services list the fields: `[{name, type, title}, …]`. */
function mergeFields(fields: readonly Json[]): JsonObject {
  const named = fields.flatMap((field) => {
    if (!isJsonObject(field)) return [];
    const name = field['name'] ?? field['key'] ?? field['id'];
    return typeof name === 'string' && name !== '' ? [[name, field] as const] : [];
  });
  return { type: 'object', properties: Object.fromEntries(named) };
}
