import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { bundleSchema } from './bundle.ts';
import { normalizeSchema } from './normalize.ts';
import { isReadOnly } from './read-only.ts';
import { resolveSchema } from './resolve.ts';

/**
 * Makes a schema stand alone for checking what will be sent. Laxer than the letter, where authors' habits make the
 * letter refuse requests that the service takes:
 *
 * - `required` of a property the server fills in (`readOnly`), or that has a default, does not bind the sender
 *   (OpenAPI 3.1, section 4.8.24);
 * - `oneOf` is read as `anyOf`: alternatives that overlap are the rule;
 * - `additionalProperties: false` counts only where no `allOf` is about: beside one, or in one of its parts, it
 *   forbids the properties of the other parts, which nobody means;
 * - of what no value can fit, a part gives way: an `enum` of another type, the bounds of a text beside an `enum`,
 *   parts of an `allOf` that are of different types.
 */
export function bundleForRequest(schema: JsonObject, root: Json): JsonObject {
  const filledIn = new Map<Json, Set<string>>();
  let hasAllOf = false;
  const closed = bundleSchema(schema, root, {
    transform: (one) => {
      if (Array.isArray(one['allOf'])) {
        hasAllOf = true;
        noteParts(one, root, filledIn);
      }
      return normalizeForRequest(one, root);
    },
  });
  if (!hasAllOf) return closed;
  return bundleSchema(schema, root, {
    transform: (one) => open(withoutRequired(normalizeForRequest(one, root), filledIn.get(one))),
  });
}

/** Notes, for each part of an `allOf`, which names any of the parts says the server fills in. */
function noteParts(schema: JsonObject, root: Json, filledIn: Map<Json, Set<string>>): void {
  const parts = listParts(schema, root, 0);
  const names = parts.flatMap((part) => {
    const properties = isJsonObject(part['properties']) ? part['properties'] : {};
    return Object.keys(properties).filter((name) => !isBinding(properties[name]));
  });
  if (names.length === 0) return;
  for (const part of parts) filledIn.set(part, new Set([...(filledIn.get(part) ?? []), ...names]));
}

/** Parts within parts; deeper ones only come in circles. */
const MAX_DEPTH = 8;

function listParts(schema: JsonObject, root: Json, depth: number): JsonObject[] {
  const parts = Array.isArray(schema['allOf']) && depth < MAX_DEPTH ? schema['allOf'] : [];
  return [schema, ...parts.flatMap((part) => listParts(resolveSchema(part, root), root, depth + 1))];
}

function withoutRequired(schema: JsonObject, names: ReadonlySet<string> | undefined): JsonObject {
  if (names === undefined || !Array.isArray(schema['required'])) return schema;
  return { ...schema, required: schema['required'].filter((name) => !names.has(String(name))) };
}

function isBinding(property: Json | undefined): boolean {
  return !isJsonObject(property) || (!isReadOnly(property) && property['default'] === undefined);
}

function open(schema: JsonObject): JsonObject {
  if (schema['additionalProperties'] !== false) return schema;
  const { additionalProperties: _closed, ...rest } = schema;
  return rest;
}

function normalizeForRequest(written: JsonObject, root: Json): JsonObject {
  const schema = withoutContradiction(withoutOneOf(normalizeSchema(written)), root);
  const { required, properties } = schema;
  if (!Array.isArray(required) || !isJsonObject(properties)) return schema;
  const binding = required.filter((name) => {
    return isBinding(Object.hasOwn(properties, String(name)) ? properties[String(name)] : undefined);
  });
  return { ...schema, required: binding };
}

function withoutContradiction(schema: JsonObject, root: Json): JsonObject {
  const { allOf, ...others } = schema;
  const base = Array.isArray(allOf) && !canAgree(allOf, root) ? others : schema;
  const { enum: allowed, ...rest } = base;
  if (!Array.isArray(allowed)) return base;
  const types = [base['type'] ?? []].flat();
  const isOfType = (value: Json) => types.length === 0 || types.some((type) => fitsType(value, type));
  if (!allowed.some(isOfType)) return rest;
  const { pattern: _pattern, minLength: _least, maxLength: _most, ...free } = base;
  return free;
}

function canAgree(parts: readonly Json[], root: Json): boolean {
  const typed = parts.map((part) => [resolveSchema(part, root)['type'] ?? []].flat());
  const [first = [], ...others] = typed.filter((types) => types.length > 0);
  return others.every((types) => types.some((type) => first.some((one) => isSameType(one, type))));
}

function isSameType(a: Json, b: Json): boolean {
  const pair = [String(a).toLowerCase(), String(b).toLowerCase()];
  return pair[0] === pair[1] || (pair.includes('integer') && pair.includes('number'));
}

function fitsType(value: Json, type: Json): boolean {
  if (value === null) return type === 'null';
  if (Array.isArray(value)) return type === 'array';
  if (typeof value === 'number' || typeof value === 'bigint') {
    return type === 'number' || (type === 'integer' && Number.isInteger(Number(value)));
  }
  return typeof value === type;
}

function withoutOneOf(schema: JsonObject): JsonObject {
  const { oneOf, anyOf, ...rest } = schema;
  if (!Array.isArray(oneOf)) return schema;
  const isClosed = rest['additionalProperties'] === false;
  // Beside alternatives, too, a closed object shuts out their properties.
  const base = isClosed ? open(rest) : rest;
  if (anyOf === undefined) return { ...base, anyOf: oneOf };
  return {
    ...base,
    allOf: [...(Array.isArray(base['allOf']) ? base['allOf'] : []), { anyOf }, { anyOf: oneOf }],
  };
}
