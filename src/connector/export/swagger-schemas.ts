import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';

/** Keywords a Swagger 2.0 schema cannot have. */
const UNKNOWN = new Set(['anyOf', 'deprecated', 'not', 'oneOf', 'writeOnly']);

/**
 * Writes an OpenAPI 3.0 schema as Swagger 2.0's. `exact`: the schema came from Swagger; what it holds beyond the
 * specification stood there and stays.
 */
export function toSwaggerSchema(schema: Json | undefined, exact: boolean): JsonObject {
  if (!isJsonObject(schema)) return {};
  const visit = (one: Json): Json => (isJsonObject(one) ? toSwaggerSchema(one, exact) : one);
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(withoutUnions(schema, exact))) {
    if (key === 'properties' && isJsonObject(value)) result[key] = mapMembers(value, visit);
    else if (key === 'items' || key === 'additionalProperties') result[key] = visit(value);
    else if (key === 'allOf' && Array.isArray(value)) result[key] = value.map(visit);
    else if (key === 'nullable' && typeof value === 'boolean') result['x-nullable'] = value;
    else if (exact || !UNKNOWN.has(key)) result[key] = value;
  }
  return withDiscriminator(result, exact);
}

/** Without alternatives, anything they have in common is allowed: of one alternative that is itself. */
function withoutUnions(schema: JsonObject, exact: boolean): JsonObject {
  if (exact) return schema;
  const { oneOf, anyOf, ...rest } = schema;
  const arms = [oneOf ?? anyOf ?? []].flat().filter((arm) => isJsonObject(arm) && !isNull(arm));
  const [only] = arms;
  if (only === undefined) return rest;
  if (arms.length === 1 && rest['allOf'] === undefined) return { ...rest, allOf: [only] };
  const types = new Set(arms.map((arm) => (isJsonObject(arm) ? arm['type'] : undefined)));
  const [type] = types;
  return types.size === 1 && type !== undefined && rest['type'] === undefined ? { ...rest, type } : rest;
}

function isNull(arm: JsonObject): boolean {
  return arm['nullable'] === true && Object.keys(arm).length === 1;
}

function mapMembers(members: JsonObject, visit: (schema: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, visit(member)]));
}

/** Swagger names the property only; which value means which schema follows from the schemas' names. */
function withDiscriminator(schema: JsonObject, exact: boolean): JsonObject {
  const { discriminator } = schema;
  if (!isJsonObject(discriminator) || typeof discriminator['propertyName'] !== 'string') return schema;
  const name = discriminator['propertyName'];
  const { required } = schema;
  const isRequired = Array.isArray(required) && required.includes(name);
  if (!isRequired && exact) return schema;
  const all = isRequired ? required : [...(Array.isArray(required) ? required : []), name];
  return { ...schema, discriminator: name, required: all };
}
