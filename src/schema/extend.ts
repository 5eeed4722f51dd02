import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';

/**
 * A schema that also takes what another one describes: members it did not know are added, types are widened, and
 * what only one of the two requires is required no more. Titles, descriptions and extensions of the first stay.
 */
export function extendSchema(schema: JsonObject, other: JsonObject): JsonObject {
  if (Object.keys(other).length === 0) return schema;
  if (schema['type'] === undefined && schema['properties'] === undefined) return { ...other, ...schema };
  const extended: JsonObject = { ...schema, ...widenType(schema, other) };
  if (isJsonObject(other['properties'])) Object.assign(extended, extendMembers(schema, other));
  if (isJsonObject(other['items'])) {
    const { items } = schema;
    extended['items'] = isJsonObject(items) ? extendSchema(items, other['items']) : other['items'];
  }
  if (schema['format'] !== other['format'] && typesOf(other).includes('string')) delete extended['format'];
  return extended;
}

function widenType(schema: JsonObject, other: JsonObject): JsonObject {
  const types = new Set([...typesOf(schema), ...typesOf(other)]);
  if (types.has('number')) types.delete('integer');
  const list = [...types];
  if (list.length === 0) return {};
  return { type: list.length === 1 ? String(list[0]) : list };
}

function typesOf({ type }: JsonObject): string[] {
  const types: Json[] = Array.isArray(type) ? type : type === undefined ? [] : [type];
  return types.map(String);
}

function extendMembers(schema: JsonObject, other: JsonObject): JsonObject {
  const known = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const properties: JsonObject = { ...known };
  for (const [name, member] of Object.entries(other['properties'] as JsonObject)) {
    const before = Object.hasOwn(known, name) ? known[name] : undefined;
    const value = isJsonObject(before) && isJsonObject(member) ? extendSchema(before, member) : member;
    Object.defineProperty(properties, name, { value, enumerable: true, configurable: true, writable: true });
  }
  const alsoRequired = new Set(Array.isArray(other['required']) ? other['required'] : []);
  const required = (Array.isArray(schema['required']) ? schema['required'] : []).filter((name) =>
    alsoRequired.has(name),
  );
  return { properties, required };
}
