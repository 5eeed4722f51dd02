import type { Json, JsonObject } from '../../base/index.ts';
import { BYTES } from './downgrade-to-30.ts';
import { type Place, rewriteDocument } from './walk-document.ts';

/** Keywords OpenAPI 3.0 has no word for; without them a schema allows more, never less. */
export const UNKNOWN_TO_30: ReadonlySet<string> = new Set([
  '$anchor',
  '$comment',
  '$dynamicAnchor',
  '$dynamicRef',
  '$id',
  '$schema',
  '$vocabulary',
  'contains',
  'contentSchema',
  'dependentRequired',
  'dependentSchemas',
  'else',
  'if',
  'maxContains',
  'minContains',
  'patternProperties',
  'prefixItems',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
]);

/**
 * Says what only JSON Schema 2020-12 can say in the words of OpenAPI 3.0, as far as it has words for it. What it has
 * none for is left out, so that everything the schema allowed is still allowed.
 */
export function simplifySchemas(document: JsonObject): JsonObject {
  const { jsonSchemaDialect: _dialect, ...rest } = rewriteDocument(document, (node, place) => {
    const fixed = withObjects(node, place);
    return place.inSchema && !place.isNameMap && !isList(place)
      ? simplifySchema(fixed, place)
      : simplifyOther(fixed, place);
  });
  return rest;
}

function isList(place: Place): boolean {
  return place.key === 'allOf' || place.key === 'anyOf' || place.key === 'oneOf';
}

/** `true` and `false` are schemas in 2020-12, objects before. */
function withObjects(node: JsonObject, place: Place): JsonObject {
  if (!place.isNameMap) return node;
  const members = Object.entries(node).map(([name, member]) => [name, toObject(member)] as const);
  return Object.fromEntries(members);
}

function toObject(schema: Json): Json {
  return schema === true ? {} : schema === false ? { not: {} } : schema;
}

function simplifyOther(node: JsonObject, place: Place): JsonObject {
  if (place.key === 'info' && place.depth === 1) {
    const { summary: _summary, ...info } = node;
    return info;
  }
  if (place.key === 'license' && node['identifier'] !== undefined) {
    const { identifier: _identifier, ...license } = node;
    return license;
  }
  return node;
}

function simplifySchema(node: JsonObject, place: Place): JsonObject {
  const known = Object.entries(node).filter(([key]) => !UNKNOWN_TO_30.has(key));
  const schema: JsonObject = {};
  for (const [key, value] of known) schema[key === '$defs' ? 'x-defs' : key] = simplifyKeyword(key, value);
  if (Array.isArray(node['prefixItems'])) schema['items'] = { anyOf: node['prefixItems'] };
  if ('const' in schema) {
    schema['enum'] ??= [schema['const'] ?? null];
    delete schema['const'];
  }
  simplifyContent(schema);
  simplifyBounds(schema);
  return simplifyTypes(schema, isList(place.parent ?? place));
}

function simplifyKeyword(key: string, value: Json): Json {
  if (key === '$ref' && typeof value === 'string') return value.replaceAll('/$defs/', '/x-defs/');
  if (key === 'items' || key === 'not') return toObject(value);
  if (key === 'examples' && Array.isArray(value)) return value.slice(0, 1);
  if ((key === 'allOf' || key === 'anyOf' || key === 'oneOf') && Array.isArray(value))
    return value.map(toObject);
  return value;
}

/** 3.0 knows bytes and texts that encode them, but not what they are bytes of. */
function simplifyContent(schema: JsonObject): void {
  const { type, contentEncoding, contentMediaType } = schema;
  if (contentEncoding === 'base64') schema['type'] ??= 'string';
  else delete schema['contentEncoding'];
  if (contentMediaType === undefined) return;
  const isBytes = type === undefined || (type === 'string' && BYTES.test(String(contentMediaType)));
  if (isBytes && contentEncoding === undefined) {
    schema['contentMediaType'] = 'application/octet-stream';
    delete schema['type'];
  } else delete schema['contentMediaType'];
}

/** Of an inclusive and an exclusive bound, 3.0 can say only one: the tighter. */
function simplifyBounds(schema: JsonObject): void {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = schema;
  if (typeof minimum === 'number' && typeof exclusiveMinimum === 'number') {
    delete schema[exclusiveMinimum >= minimum ? 'minimum' : 'exclusiveMinimum'];
  }
  if (typeof maximum === 'number' && typeof exclusiveMaximum === 'number') {
    delete schema[exclusiveMaximum <= maximum ? 'maximum' : 'exclusiveMaximum'];
  }
}

function simplifyTypes(schema: JsonObject, isArm: boolean): JsonObject {
  const { type, ...rest } = schema;
  if (type === 'null' && !isArm) return { ...rest, enum: [null] };
  if (type === 'array' || (Array.isArray(type) && type.includes('array'))) rest['items'] ??= {};
  if (!Array.isArray(type)) return type === undefined ? schema : { ...rest, type };
  const types = type.filter((one) => one !== 'null');
  const nullable = types.length < type.length;
  const [only] = types;
  if (types.length === 1 && only !== undefined) return { ...rest, type: nullable ? [only, 'null'] : only };
  if (types.length === 0) return { ...rest, type: 'null' };
  if (rest['anyOf'] !== undefined) return rest;
  return { ...rest, anyOf: types.map((one) => ({ type: one })), ...(nullable ? { nullable: true } : {}) };
}
