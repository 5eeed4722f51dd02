import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { TypeName } from '../define.ts';
import type { InferredType } from './types.ts';

export const ANY: InferredType = { type: 'any' };

/** The type that a schema describes. */
export function typeOfSchema(schema: JsonObject | undefined): InferredType {
  if (schema === undefined) return ANY;
  return { type: readType(schema), schema };
}

function readType(schema: JsonObject): TypeName {
  const { type } = schema;
  const stated = Array.isArray(type) ? type.filter((one) => one !== 'null') : [type];
  const [only] = stated;
  if (stated.length === 1 && isTypeName(only)) return only;
  if (isJsonObject(schema.properties)) return 'object';
  return schema.items === undefined ? 'any' : 'array';
}

const TYPE_NAMES: ReadonlySet<unknown> = new Set([
  'string',
  'integer',
  'number',
  'boolean',
  'array',
  'object',
]);

function isTypeName(value: Json | undefined): value is TypeName & string {
  return TYPE_NAMES.has(value);
}

/** The properties that a value is known to have, those of `allOf` and the like with them. */
export function listProperties(schema: JsonObject | undefined): [name: string, schema: JsonObject][] {
  if (schema === undefined) return [];
  const own = isJsonObject(schema.properties) ? Object.entries(schema.properties) : [];
  const parts = ['allOf', 'oneOf', 'anyOf'].flatMap((key) => {
    const list = schema[key];
    return Array.isArray(list) ? list.filter(isJsonObject).flatMap(listProperties) : [];
  });
  const found = new Map<string, JsonObject>();
  for (const [name, value] of [...own, ...parts]) {
    if (!found.has(name)) found.set(name, isJsonObject(value) ? value : {});
  }
  return [...found];
}

/** The property of a value: by name in any case, or along a path (`body/value`). */
export function getPropertyType({ type, schema }: InferredType, name: string): InferredType {
  if (type !== 'object' && type !== 'any') return ANY;
  const lower = name.toLowerCase();
  const found = listProperties(schema).find(([known]) => known.toLowerCase() === lower);
  if (found !== undefined) return typeOfSchema(found[1]);
  const slash = name.indexOf('/');
  if (slash <= 0) return ANY;
  return getPropertyType(getPropertyType({ type, schema }, name.slice(0, slash)), name.slice(slash + 1));
}

/** An element of an array. */
export function getElementType({ schema }: InferredType): InferredType {
  return typeOfSchema(schema !== undefined && isJsonObject(schema.items) ? schema.items : undefined);
}
