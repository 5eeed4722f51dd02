import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';

interface Member {
  readonly name: string;
  readonly schema: JsonObject;
  readonly required: boolean;
}

const MOST_STEPS = 20;

/** Follows `$ref` to the named definition; members beside it win. A circle of references ends. */
export function resolveSchemaReference(schema: JsonObject, definitions: JsonObject): JsonObject {
  let found = schema;
  for (let step = 0; step < MOST_STEPS && typeof found.$ref === 'string'; step++) {
    const target: Json | undefined = definitions[found.$ref.split('/').at(-1) ?? ''];
    const { $ref: _, ...beside } = found;
    found = isJsonObject(target) ? { ...target, ...beside } : beside;
  }
  return found;
}

/** What is inside a schema: the properties of an object (or of an array's items), also of `allOf`, and alternatives. */
export function listMembers(schema: JsonObject, definitions: JsonObject): Member[] {
  const items = isJsonObject(schema.items) ? resolveSchemaReference(schema.items, definitions) : undefined;
  if (items) return listMembers(items, definitions);
  const inherited = schemasOf(schema.allOf).flatMap((part) =>
    listMembers(resolveSchemaReference(part, definitions), definitions),
  );
  const required = Array.isArray(schema.required) ? schema.required : [];
  const own = Object.entries(isJsonObject(schema.properties) ? schema.properties : {}).flatMap(
    ([name, property]) =>
      isJsonObject(property) ? [{ name, schema: property, required: required.includes(name) }] : [],
  );
  const alternatives = [...schemasOf(schema.oneOf), ...schemasOf(schema.anyOf)].map((part, index) => ({
    name: `either ${index + 1}`,
    schema: part,
    required: false,
  }));
  const byName = new Map([...inherited, ...own].map((member) => [member.name, member]));
  return [...byName.values(), ...(alternatives.length > 1 ? alternatives : [])];
}

/** The type in words: `string (date-time)`, `array of object`, `one of 3`. */
export function describeType(schema: JsonObject, definitions: JsonObject): string {
  if (Array.isArray(schema.enum))
    return `one of ${schema.enum.slice(0, 6).map(String).join(', ')}${schema.enum.length > 6 ? ' …' : ''}`;
  if (isJsonObject(schema.items)) {
    return `array of ${describeType(resolveSchemaReference(schema.items, definitions), definitions)}`;
  }
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : schema.type;
  if (typeof type === 'string')
    return typeof schema.format === 'string' ? `${type} (${schema.format})` : type;
  if (isJsonObject(schema.properties) || Array.isArray(schema.allOf)) return 'object';
  return Array.isArray(schema.oneOf) || Array.isArray(schema.anyOf) ? 'alternatives' : 'any';
}

function schemasOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
