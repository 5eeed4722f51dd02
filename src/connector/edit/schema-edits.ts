import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { editObjectAt, moveMember, putMember, renameMember } from './edit-at.ts';
import { readMember, setMember } from './members.ts';

export const SCHEMA_TYPES = ['string', 'integer', 'number', 'boolean', 'object', 'array'] as const;
export type SchemaType = (typeof SCHEMA_TYPES)[number];

/** Keywords that say something of values of one type only. */
const KEYWORDS: Readonly<Record<string, readonly SchemaType[]>> = {
  format: ['string', 'integer', 'number'],
  minLength: ['string'],
  maxLength: ['string'],
  pattern: ['string'],
  minimum: ['integer', 'number'],
  maximum: ['integer', 'number'],
  exclusiveMinimum: ['integer', 'number'],
  exclusiveMaximum: ['integer', 'number'],
  multipleOf: ['integer', 'number'],
  properties: ['object'],
  required: ['object'],
  additionalProperties: ['object'],
  items: ['array'],
  minItems: ['array'],
  maxItems: ['array'],
  uniqueItems: ['array'],
};

/** The one type that is not null; `any` where none is named, `mixed` where several are. */
export function readType(schema: JsonObject): SchemaType | 'any' | 'mixed' {
  const types = [schema['type'] ?? []].flat().filter((type) => type !== 'null');
  if (types.length > 1) return 'mixed';
  const [type] = types;
  if (SCHEMA_TYPES.some((one) => one === type)) return type as SchemaType;
  if (isJsonObject(schema['properties'])) return 'object';
  return isJsonObject(schema['items']) ? 'array' : 'any';
}

export function isNullable(schema: JsonObject): boolean {
  return [schema['type'] ?? []].flat().includes('null');
}

/** Sets the type and takes out what only made sense for the type before. An array gets items, an object fields. */
export function setType(schema: JsonObject, type: SchemaType | 'any'): JsonObject {
  const kept = Object.entries(schema).filter(([name]) => {
    const types = KEYWORDS[name];
    if (name === 'type') return false;
    if (name === 'default' || name === 'enum' || name === 'x-ms-enum-values')
      return readType(schema) === type;
    return types === undefined || type === 'any' || types.includes(type);
  });
  const rest = Object.fromEntries(kept);
  if (type === 'any') return rest;
  const written: Json = isNullable(schema) ? [type, 'null'] : type;
  if (type === 'array') return { type: written, ...rest, items: rest['items'] ?? { type: 'string' } };
  if (type === 'object') return { type: written, ...rest, properties: rest['properties'] ?? {} };
  return { type: written, ...rest };
}

export function setNullable(schema: JsonObject, nullable: boolean): JsonObject {
  const types = [schema['type'] ?? []].flat().filter((type) => type !== 'null');
  if (types.length === 0) return schema;
  const next = nullable ? [...types, 'null'] : types;
  return { ...schema, type: next.length === 1 ? (next[0] ?? '') : next };
}

/** A value that a schema allows, and what people see instead. */
export interface EnumValue {
  readonly value: Json;
  readonly title: string;
}

export function readEnum(schema: JsonObject): EnumValue[] {
  const values = Array.isArray(schema['enum']) ? schema['enum'] : [];
  const named = Array.isArray(schema['x-ms-enum-values'])
    ? schema['x-ms-enum-values'].filter(isJsonObject)
    : [];
  return values.map((value) => {
    const title = named.find((one) => one['value'] === value)?.['displayName'];
    return { value, title: typeof title === 'string' ? title : '' };
  });
}

/** Names stand in `x-ms-enum-values` only when some value has one. */
export function setEnum(schema: JsonObject, values: readonly EnumValue[]): JsonObject {
  const listed = setMember(
    schema,
    'enum',
    values.length === 0 ? undefined : values.map(({ value }) => value),
  );
  const names = values.map(({ value, title }): Json => ({ value, displayName: title || String(value) }));
  return setMember(listed, 'x-ms-enum-values', values.some(({ title }) => title !== '') ? names : undefined);
}

/** A text as a value of a schema's type; the text itself when it is none. */
export function readValue(text: string, schema: JsonObject): Json {
  const type = readType(schema);
  if ((type === 'integer' || type === 'number') && text.trim() !== '' && Number.isFinite(Number(text))) {
    return Number(text);
  }
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}

/** Adds a field to the object at a pointer, under a name of its own, after another field or at the end. */
export function addField(
  openapi: JsonObject,
  pointer: string,
  after?: string,
): { readonly openapi: JsonObject; readonly name: string } {
  let added = 'field';
  const next = editObjectAt(openapi, pointer, (schema) => {
    const properties = readMember(schema, 'properties');
    for (let count = 2; Object.hasOwn(properties, added); count++) added = `field${count}`;
    const extended = putMember(properties, added, { type: 'string' });
    const index = after === undefined ? -1 : Object.keys(properties).indexOf(after);
    const placed = index < 0 ? extended : moveMember(extended, added, index + 1);
    return { ...schema, ...(schema['type'] === undefined ? { type: 'object' } : {}), properties: placed };
  });
  return { openapi: next, name: added };
}

/** Why a field cannot be called so; nothing when it can. */
export function checkFieldName(owner: JsonObject, from: string, to: string): string | undefined {
  if (to.trim() === '') return 'A field needs a name.';
  if (to !== from && Object.hasOwn(readMember(owner, 'properties'), to))
    return `There is a field '${to}' already.`;
  return undefined;
}

export function renameField(openapi: JsonObject, pointer: string, from: string, to: string): JsonObject {
  return editObjectAt(openapi, pointer, (schema) => {
    const properties = renameMember(readMember(schema, 'properties'), from, to);
    const required = readRequired(schema).map((name) => (name === from ? to : name));
    return setRequired({ ...schema, properties }, required);
  });
}

export function deleteField(openapi: JsonObject, pointer: string, name: string): JsonObject {
  return editObjectAt(openapi, pointer, (schema) => {
    const properties = putMember(readMember(schema, 'properties'), name, undefined);
    return setRequired(
      { ...schema, properties },
      readRequired(schema).filter((one) => one !== name),
    );
  });
}

export function moveField(openapi: JsonObject, pointer: string, name: string, by: -1 | 1): JsonObject {
  return editObjectAt(openapi, pointer, (schema) => {
    const properties = readMember(schema, 'properties');
    const index = Object.keys(properties).indexOf(name) + by;
    return { ...schema, properties: moveMember(properties, name, index) };
  });
}

export function setFieldRequired(
  openapi: JsonObject,
  pointer: string,
  name: string,
  required: boolean,
): JsonObject {
  return editObjectAt(openapi, pointer, (schema) => {
    const others = readRequired(schema).filter((one) => one !== name);
    return setRequired(schema, required ? [...others, name] : others);
  });
}

function readRequired(schema: JsonObject): Json[] {
  return Array.isArray(schema['required']) ? schema['required'] : [];
}

/** An empty list is refused by the validators of the Power Platform. */
function setRequired(schema: JsonObject, required: Json[]): JsonObject {
  return setMember(schema, 'required', required.length === 0 ? undefined : required);
}
