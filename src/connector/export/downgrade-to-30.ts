import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { type Place, rewriteDocument } from './walk-document.ts';

/**
 * Writes a 3.1 document as OpenAPI 3.0.3. It undoes exactly what reading a 3.0 document does, so that one that came
 * in comes out equal; what only 3.1 can say must have been said otherwise before: see `simplifySchemas`.
 */
export function downgradeTo30(document: JsonObject): JsonObject {
  const { webhooks, openapi: _version, ...rest } = rewriteDocument(document, downgradeNode);
  return { openapi: '3.0.3', ...rest, ...(webhooks === undefined ? {} : { 'x-webhooks': webhooks }) };
}

function downgradeNode(node: JsonObject, place: Place): JsonObject {
  let result = unwrapNull(node, place);
  result = withNullable(result, place);
  result = withBounds(result);
  result = withExample(result, place);
  return withBytes(result, place);
}

/** `anyOf: [X, {type: null}]` is how a nullable reference is written in 3.1. */
function unwrapNull(node: JsonObject, place: Place): JsonObject {
  const { anyOf, ...rest } = node;
  if (!Array.isArray(anyOf) || anyOf.length !== 2 || rest['type'] !== undefined || place.isNameMap)
    return node;
  const [first, second] = anyOf;
  if (!isJsonObject(first) || !isJsonObject(second) || !isOnly(second, 'type') || second['type'] !== 'null')
    return node;
  if (rest['nullable'] !== undefined || rest['allOf'] !== undefined || rest['$ref'] !== undefined)
    return node;
  if (isOnly(first, '$ref') || isOnly(first, 'allOf')) return { ...rest, ...first, nullable: true };
  return { ...rest, allOf: [first], nullable: true };
}

function isOnly(node: JsonObject, key: string): boolean {
  return node[key] !== undefined && Object.keys(node).length === 1;
}

function withNullable(node: JsonObject, place: Place): JsonObject {
  const { type } = node;
  if (Array.isArray(type) && type.length === 2 && typeof type[0] === 'string' && type[1] === 'null') {
    return { ...node, type: type[0], nullable: true };
  }
  if (type !== 'null' || !isNullArm(node, place)) return node;
  const { type: _null, ...rest } = node;
  return { ...rest, nullable: true };
}

/** One of several alternatives, which says no more than "or null". */
function isNullArm(node: JsonObject, place: Place): boolean {
  const key = place.parent?.key;
  if ((key !== 'oneOf' && key !== 'anyOf') || !place.inSchema || place.inExtension) return false;
  return Object.keys(node).every((one) => one === 'type' || ARM_ANNOTATIONS.has(one) || one.startsWith('x-'));
}

const ARM_ANNOTATIONS = new Set([
  'default',
  'deprecated',
  'description',
  'example',
  'examples',
  'externalDocs',
  'readOnly',
  'title',
  'writeOnly',
]);

function withBounds(node: JsonObject): JsonObject {
  let result = node;
  for (const [exclusive, inclusive] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    const bound = result[exclusive];
    if (typeof bound !== 'number' && typeof bound !== 'bigint') continue;
    if (result[inclusive] === undefined) result = { ...result, [inclusive]: bound, [exclusive]: true };
  }
  return result;
}

function withExample(node: JsonObject, place: Place): JsonObject {
  const { examples, ...rest } = node;
  if (examples === undefined || rest['example'] !== undefined || place.isNameMap || place.inExamples)
    return node;
  if (place.inSchema) {
    const [example, ...others] = Array.isArray(examples) ? examples : [];
    return example === undefined || others.length > 0 ? node : { ...rest, example };
  }
  const only = isJsonObject(examples) && isOnly(examples, 'default') ? examples['default'] : undefined;
  if (!isJsonObject(only) || !isOnly(only, 'value')) return node;
  return { ...rest, example: only['value'] ?? null };
}

/** Bytes: outside the types of JSON Schema in 3.1, a format of texts in 3.0. */
function withBytes(node: JsonObject, place: Place): JsonObject {
  if (!place.inSchema || place.isNameMap) return node;
  const { contentEncoding, contentMediaType, ...rest } = node;
  if (contentEncoding === 'base64' && node['format'] === undefined && isText(node['type'])) {
    return { ...rest, ...(contentMediaType === undefined ? {} : { contentMediaType }), format: 'byte' };
  }
  if (node['type'] !== undefined || contentEncoding !== undefined) return node;
  if (typeof contentMediaType === 'string') {
    const kept: JsonObject = contentMediaType === 'application/octet-stream' ? {} : { contentMediaType };
    return { ...rest, ...kept, type: 'string', format: 'binary' };
  }
  return isBareBody(node, place) ? { ...node, type: 'string', format: 'binary' } : node;
}

function isText(type: Json | undefined): boolean {
  return type === 'string' || (Array.isArray(type) && type.includes('string'));
}

const ANNOTATIONS = new Set(['deprecated', 'description', 'example', 'externalDocs', 'title']);
/** Media types that are no text. */
export const BYTES = /^(?:application\/(?:octet-stream|pdf|zip)|audio\/|font\/|image\/|video\/)/i;

/** The whole body of a media type whose content is bytes: in 3.1 its schema says nothing. */
function isBareBody(node: JsonObject, place: Place): boolean {
  if (place.key !== 'schema' || place.parent?.parent?.key !== 'content') return false;
  if (!BYTES.test(place.parent.key)) return false;
  return Object.keys(node).every((key) => ANNOTATIONS.has(key) || key.startsWith('x-'));
}
