import { isJsonObject, type Json, type JsonObject, readOwn } from '../../base/index.ts';
import { listTypes, resolveSchema } from '../../schema/index.ts';

/**
 * Puts flattened inputs together: `[['ship_to/name', 'Ada']]` → `{ship_to: {name: 'Ada'}}`. The schema decides where
 * a name with a slash ends, and what a text stands for: `5` where a number is expected becomes the number.
 */
export function unflatten(
  start: JsonObject,
  flattened: readonly (readonly [string, Json])[],
  schema: JsonObject,
  document: JsonObject,
): JsonObject {
  let result: Json = start;
  for (const [path, value] of flattened) result = place(result, path, value, schema, document);
  return isJsonObject(result) ? result : {};
}

/** Sets one value in a copy of what surrounds it. */
function place(
  around: Json | undefined,
  path: string,
  value: Json,
  schema: Json | undefined,
  document: JsonObject,
): Json {
  const members = listMembers(schema, document);
  const [name, rest] = splitName(path, members);
  const member = members.get(name);
  // An index beyond the end would make a list as long as somebody pleases.
  if (Array.isArray(around) && /^\d+$/.test(name) && Number(name) <= around.length) {
    const index = Number(name);
    const items = [...around];
    items[index] = rest === undefined ? value : place(items[index], rest, value, undefined, document);
    return items;
  }
  const object = isJsonObject(around) ? around : {};
  if (value === null && rest === undefined && !allowsNull(member ?? {})) return object;
  const placed =
    rest === undefined
      ? coerce(value, member ?? {}, document)
      : place(readOwn(object, name), rest, value, member, document);
  return { ...object, [name]: placed };
}

/** The longest name the schema knows, else up to the first slash. */
function splitName(path: string, members: ReadonlyMap<string, JsonObject>): [string, string | undefined] {
  if (members.has(path)) return [path, undefined];
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
    if (members.has(path.slice(0, at))) return [path.slice(0, at), path.slice(at + 1)];
  }
  const at = path.indexOf('/');
  return at < 0 ? [path, undefined] : [path.slice(0, at), path.slice(at + 1)];
}

/** Parts of parts; deeper ones come in circles. */
const MAX_DEPTH = 5;

/** By schema as it stands in a document: the same few are asked for at every call. */
const known = new WeakMap<JsonObject, ReadonlyMap<string, JsonObject>>();

/** The properties of a schema, those of its parts included, references followed. */
function listMembers(written: Json | undefined, document: JsonObject): ReadonlyMap<string, JsonObject> {
  if (!isJsonObject(written)) return new Map();
  let members = known.get(written);
  if (members === undefined) {
    members = collectMembers(written, document, 0);
    known.set(written, members);
  }
  return members;
}

function collectMembers(written: Json, document: JsonObject, depth: number): Map<string, JsonObject> {
  const schema = resolveSchema(written, document);
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const own = Object.entries(properties).map(
    ([name, member]) => [name, resolveSchema(member, document)] as const,
  );
  const members = new Map(own);
  if (depth >= MAX_DEPTH) return members;
  for (const part of [schema['allOf'] ?? [], schema['anyOf'] ?? [], schema['oneOf'] ?? []].flat()) {
    for (const [name, member] of collectMembers(part, document, depth + 1)) {
      if (!members.has(name)) members.set(name, member);
    }
  }
  return members;
}

/** A value a flow does not have: left out, unless the service knows null. */
function allowsNull(schema: JsonObject): boolean {
  const types = [schema['type'] ?? []].flat();
  return types.length === 0 || types.includes('null');
}

/** Dynamic content is often text where the service wants a number, and the other way round. */
function coerce(value: Json, schema: JsonObject, document: JsonObject): Json {
  const types = listTypes(schema, document);
  const [type] = types;
  if (types.length !== 1) return value;
  if (type === 'string')
    return typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;
  return typeof value === 'string' ? parseScalar(value, type) : value;
}

function parseScalar(text: string, type: Json | undefined): Json {
  if (type === 'boolean') return { true: true, false: false }[text.toLowerCase()] ?? text;
  const isWhole = /^-?\d+$/.test(text);
  if (type === 'integer' && isWhole) return Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text);
  const isNumber = /^-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text);
  return type === 'number' && isNumber ? Number(text) : text;
}
