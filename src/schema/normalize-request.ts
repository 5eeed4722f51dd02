import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { bundleSchema } from './bundle.ts';
import { normalizeSchema } from './normalize.ts';

/**
 * Makes a schema stand alone for checking what will be sent. Laxer than the letter, where authors' habits make the
 * letter refuse requests that the service takes:
 *
 * - `required` of a property the server fills in (`readOnly`), or that has a default, does not bind the sender
 *   (OpenAPI 3.1, section 4.8.24);
 * - `oneOf` is read as `anyOf`: alternatives that overlap are the rule;
 * - `additionalProperties: false` counts only where no `allOf` is about: beside one, or in one of its parts, it
 *   forbids the properties of the other parts, which nobody means.
 */
export function bundleForRequest(schema: JsonObject, root: Json): JsonObject {
  let hasAllOf = false;
  const closed = bundleSchema(schema, root, {
    transform: (one) => {
      hasAllOf ||= one['allOf'] !== undefined;
      return normalizeForRequest(one);
    },
  });
  return hasAllOf
    ? bundleSchema(schema, root, { transform: (one) => open(normalizeForRequest(one)) })
    : closed;
}

function open(schema: JsonObject): JsonObject {
  if (schema['additionalProperties'] !== false) return schema;
  const { additionalProperties: _closed, ...rest } = schema;
  return rest;
}

function normalizeForRequest(written: JsonObject): JsonObject {
  const schema = withoutOneOf(normalizeSchema(written));
  const { required, properties } = schema;
  if (!Array.isArray(required) || !isJsonObject(properties)) return schema;
  const binding = required.filter((name) => {
    const property = Object.hasOwn(properties, String(name)) ? properties[String(name)] : undefined;
    return !isJsonObject(property) || (property['readOnly'] !== true && property['default'] === undefined);
  });
  return { ...schema, required: binding };
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
