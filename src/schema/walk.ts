import { isJsonObject, type Json, type JsonObject, setOwn } from '../base/index.ts';

/** Keywords whose value is a schema (2020-12, and those of older drafts that people still write). */
const SINGLE = new Set([
  'additionalItems',
  'additionalProperties',
  'contains',
  'contentSchema',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
]);
/** Keywords whose value is a list of schemas. `items` was one before 2020-12. */
const LISTS = new Set(['allOf', 'anyOf', 'items', 'oneOf', 'prefixItems']);
/** Keywords whose value maps names to schemas. A name there is never a keyword. */
const MAPS = new Set(['$defs', 'definitions', 'dependentSchemas', 'patternProperties', 'properties']);

/**
 * Copies a schema, each direct subschema replaced by what `visit` returns. Values that are no schemas
 * (`default`, `enum`, extensions) are shared with the original.
 */
export function mapSubschemas(schema: JsonObject, visit: (schema: Json) => Json): JsonObject {
  const copy: JsonObject = {};
  for (const [keyword, value] of Object.entries(schema)) {
    setOwn(copy, keyword, mapKeyword(keyword, value, visit));
  }
  return copy;
}

function mapKeyword(keyword: string, value: Json, visit: (schema: Json) => Json): Json {
  if (MAPS.has(keyword) && isJsonObject(value)) return mapMembers(value, visit);
  if (LISTS.has(keyword) && Array.isArray(value)) return value.map(visit);
  if (SINGLE.has(keyword) && isJsonObject(value)) return visit(value);
  return value;
}

function mapMembers(members: JsonObject, visit: (schema: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, visit(member)]));
}
