import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { compilePattern } from './pattern.ts';

const TYPES = new Set(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']);

const isNumber = (value: Json) => typeof value === 'number' && Number.isFinite(value);
const isCount = (value: Json) => typeof value === 'number' && Number.isInteger(value) && value >= 0;
const isSchema = (value: Json) => isJsonObject(value) || typeof value === 'boolean';
const isSchemaList = (value: Json) => Array.isArray(value) && value.length > 0 && value.every(isSchema);
const isSchemaMap = (value: Json) => isJsonObject(value) && Object.values(value).every(isSchema);

/** Keywords whose value must be one schema. */
const SCHEMA_KEYWORDS =
  /^(?:additionalProperties|contains|else|if|items|not|propertyNames|then|unevaluatedItems|unevaluatedProperties)$/;

/** What another keyword's value must be for the validator to compile; a keyword that is not like that is left out. */
const EXPECTED: Readonly<Record<string, (value: Json) => boolean>> = {
  allOf: isSchemaList,
  anyOf: isSchemaList,
  dependentSchemas: isSchemaMap,
  enum: (value) => Array.isArray(value) && value.length > 0,
  exclusiveMaximum: isNumber,
  exclusiveMinimum: isNumber,
  format: (value) => typeof value === 'string',
  maximum: isNumber,
  maxItems: isCount,
  maxLength: isCount,
  maxProperties: isCount,
  minimum: isNumber,
  minItems: isCount,
  minLength: isCount,
  minProperties: isCount,
  multipleOf: (value) => isNumber(value) && Number(value) > 0,
  oneOf: isSchemaList,
  pattern: (value) => typeof value === 'string' && isRegExp(value),
  patternProperties: (value) => isSchemaMap(value) && Object.keys(value as JsonObject).every(isRegExp),
  prefixItems: isSchemaList,
  properties: isSchemaMap,
  required: (value) => Array.isArray(value) && value.every((name) => typeof name === 'string'),
  uniqueItems: (value) => typeof value === 'boolean',
};

/**
 * Keywords that mean nothing for the value, or that would make the validator refuse the schema: names of other
 * dialects, other documents' identities, annotations. `contentSchema` and its kin are annotations as well.
 */
const DROPPED =
  /^(?:x-|\$id$|id$|\$schema$|\$anchor$|\$dynamicAnchor$|\$dynamicRef$|\$recursive|\$vocabulary$|\$comment$|nullable$|discriminator$|dependencies$|additionalItems$|contentSchema$)/;

/**
 * Brings one schema, not its subschemas, into the form the validator compiles: OpenAPI 3.0's `nullable` and
 * boolean `exclusiveMinimum` become JSON Schema 2020-12, tuples become `prefixItems`, and what is malformed is
 * left out, since a wrong keyword in somebody's document must not stop a call.
 */
export function normalizeSchema(schema: JsonObject): JsonObject {
  const result: JsonObject = {};
  const upgraded = upgradeKeywords(schema);
  for (const [keyword, value] of Object.entries(upgraded)) {
    if (keyword === '__proto__' || DROPPED.test(keyword) || !isWellFormed(keyword, value)) continue;
    result[keyword] = value;
  }
  setTypes(result, schema['type']);
  return isNullable(schema) ? allowNull(result) : result;
}

function isWellFormed(keyword: string, value: Json): boolean {
  return SCHEMA_KEYWORDS.test(keyword) ? isSchema(value) : (EXPECTED[keyword]?.(value) ?? true);
}

function isNullable(schema: JsonObject): boolean {
  return schema['nullable'] === true || schema['x-nullable'] === true;
}

function upgradeKeywords(schema: JsonObject): JsonObject {
  const result = { ...schema };
  if (Array.isArray(schema['items'])) {
    result['prefixItems'] = schema['items'];
    if (schema['additionalItems'] === undefined) delete result['items'];
    else result['items'] = schema['additionalItems'];
  }
  for (const [keyword, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (schema[keyword] !== true || schema[bound] === undefined) continue;
    result[keyword] = schema[bound];
    delete result[bound];
  }
  return result;
}

function setTypes(result: JsonObject, written: Json | undefined): void {
  delete result['type'];
  const names = (Array.isArray(written) ? written : [written]).map((name) => String(name).toLowerCase());
  // One unknown type among known ones, such as "file": the author allows something we cannot check.
  if (written === undefined || names.length === 0 || !names.every((name) => TYPES.has(name))) return;
  result['type'] = names.length === 1 ? String(names[0]) : [...new Set(names)];
}

function allowNull(schema: JsonObject): JsonObject {
  const { type, enum: allowed } = schema;
  if (type === undefined) {
    return Object.keys(schema).length === 0 ? schema : { anyOf: [schema, { type: 'null' }] };
  }
  const types = Array.isArray(type) ? type : [type];
  const result: JsonObject = { ...schema, type: types.includes('null') ? types : [...types, 'null'] };
  if (Array.isArray(allowed) && !allowed.includes(null)) result['enum'] = [...allowed, null];
  return result;
}

function isRegExp(pattern: string): boolean {
  return compilePattern(pattern) !== undefined;
}
