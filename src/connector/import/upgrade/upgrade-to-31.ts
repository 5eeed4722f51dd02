import { isJsonObject, type Json, type JsonObject } from '../../../base/index.ts';
import { enter, type Place, ROOT } from './place.ts';

/**
 * Brings an OpenAPI 3.0 document to 3.1, in place and in one pass. Does what `@scalar/openapi-upgrader` does, which
 * copies the document and works out the way to each value again and again; a test holds the two together.
 *
 * Differences of the versions: https://www.openapis.org/blog/2021/02/16/migrating-from-openapi-3-0-to-3-1-0
 */
export function upgradeTo31(document: JsonObject): void {
  document['openapi'] = '3.1.1';
  upgradeMembers(document, ROOT);
  if (document['x-webhooks'] === undefined) return;
  document['webhooks'] = document['x-webhooks'];
  delete document['x-webhooks'];
}

function upgradeMembers(object: JsonObject, place: Place): void {
  for (const key of Object.keys(object)) {
    const member = object[key];
    if (typeof member !== 'object' || member === null) continue;
    const below = enter(place, key);
    if (below.isData) continue;
    if (key === 'content' && !Array.isArray(member)) separateSchemas(member);
    if (Array.isArray(member)) upgradeItems(member, below);
    else object[key] = upgradeObject(member, below);
  }
}

/** From Swagger several media types come with one and the same schema, which must not be upgraded twice. */
function separateSchemas(content: JsonObject): void {
  const medias = Object.values(content);
  if (medias.length < 2) return;
  const seen = new Set<Json>();
  for (const media of medias) {
    if (!isJsonObject(media) || !isJsonObject(media['schema'])) continue;
    if (seen.has(media['schema'])) media['schema'] = structuredClone(media['schema']);
    seen.add(media['schema']);
  }
}

function upgradeItems(items: Json[], place: Place): void {
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    if (isJsonObject(item)) items[index] = upgradeObject(item, enter(place, String(index)));
  }
}

function upgradeObject(object: JsonObject, place: Place): JsonObject {
  upgradeMembers(object, place);
  if (object['nullable'] === true) {
    const union = upgradeNullable(object, place);
    if (union !== undefined) return union;
  }
  upgradeLimit(object, 'minimum', 'exclusiveMinimum');
  upgradeLimit(object, 'maximum', 'exclusiveMaximum');
  if (object['example'] !== undefined) upgradeExample(object, place);
  return object['format'] === undefined ? object : upgradeFormat(object, place);
}

/** `nullable` beside a reference makes another object, which has nothing more to upgrade. */
function upgradeNullable(object: JsonObject, place: Place): JsonObject | undefined {
  const { type, $ref, allOf } = object;
  if (type !== undefined) {
    object['type'] = [type as string, 'null'];
    delete object['nullable'];
  } else if (typeof $ref === 'string') {
    const { nullable: _nullable, $ref: _reference, ...rest } = object;
    return { ...rest, anyOf: [{ $ref }, { type: 'null' }] };
  } else if (Array.isArray(allOf)) {
    const { nullable: _nullable, allOf: _all, ...rest } = object;
    const [first] = allOf;
    return {
      ...rest,
      anyOf: [allOf.length === 1 && first !== undefined ? first : { allOf }, { type: 'null' }],
    };
  } else if (isUnionMember(place) && Object.keys(object).every(isAnnotation)) {
    delete object['nullable'];
    object['type'] = 'null';
  }
  return undefined;
}

/** `oneOf: [{ nullable: true }, …]` is how some say "or null". */
function isUnionMember({ key, parent, isInExtension }: Place): boolean {
  const isUnion = parent?.key === 'oneOf' || parent?.key === 'anyOf';
  return isUnion && /^\d+$/.test(key) && !isInExtension && parent.parent?.isInSchema === true;
}

const ANNOTATIONS = new Set([
  ...['nullable', 'title', 'description', 'deprecated', 'default', 'example', 'examples', 'externalDocs'],
  ...['readOnly', 'writeOnly'],
]);

function isAnnotation(key: string): boolean {
  return ANNOTATIONS.has(key) || key.startsWith('x-');
}

function upgradeLimit(object: JsonObject, limit: string, exclusive: string): void {
  const written = object[exclusive];
  if (typeof written !== 'boolean') return;
  const value = object[limit];
  if (!written || value === undefined) delete object[exclusive];
  else {
    object[exclusive] = value;
    delete object[limit];
  }
}

function upgradeExample(object: JsonObject, place: Place): void {
  const { example } = object;
  if (example === undefined || place.isInExamples || place.isSchemaMap) return;
  object['examples'] = place.isInSchema ? [example] : { default: { value: example } };
  delete object['example'];
}

function upgradeFormat(object: JsonObject, place: Place): JsonObject {
  const { format, type } = object;
  const isText = type === 'string' || (Array.isArray(type) && type.includes('string'));
  if (!isText) return object;
  if (format === 'binary') {
    const { format: _format, type: _type, ...rest } = object;
    // A whole body has its media type already; what is sent as any type has none.
    const { key = '', parent } = place.parent ?? {};
    const isSentAsAny = key.includes('*/*') && parent?.parent?.key === 'requestBody';
    const isBody = place.key === 'schema' && parent?.key === 'content' && !isSentAsAny;
    return isBody ? rest : { contentMediaType: 'application/octet-stream', ...rest };
  }
  if (format !== 'base64' && format !== 'byte') return object;
  const { format: _format, ...rest } = object;
  return { ...rest, contentEncoding: 'base64' };
}
