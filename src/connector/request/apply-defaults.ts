import { isJsonObject, type Json, type JsonObject, readOwn } from '../../base/index.ts';
import { resolveSchema } from '../../schema/index.ts';
import type { OperationInputs } from '../request-types.ts';
import type { CompiledConnector, CompiledOperation } from '../types.ts';

/** Required objects within required objects; deeper ones only come in circles. */
const MAX_DEPTH = 10;

/**
 * Fills in what the definition says for inputs that are not given. A default is sent only where a value is
 * required; that of an optional parameter is what the service assumes by itself, and an optional internal one is
 * never sent. (The Power Platform's rule for `x-ms-visibility: internal`.)
 */
export function applyDefaults(
  connector: CompiledConnector,
  operation: CompiledOperation,
  inputs: OperationInputs,
): OperationInputs {
  const added = operation.parameters.flatMap(({ name, required, default: fallback }) => {
    const isNeeded = required && fallback !== undefined && isMissing(readOwn(inputs.parameters, name));
    return isNeeded ? [[name, fallback] as const] : [];
  });
  const parameters =
    added.length === 0 ? inputs.parameters : { ...inputs.parameters, ...Object.fromEntries(added) };
  return { ...inputs, parameters, body: fillBody(connector.definition.openapi, operation, inputs.body) };
}

function isMissing(value: Json | undefined): boolean {
  return value === undefined || value === null;
}

function fillBody(
  document: JsonObject,
  operation: CompiledOperation,
  body: Json | undefined,
): Json | undefined {
  if (operation.body === undefined || (body === undefined && !operation.body.required)) return body;
  const filled = fill(document, operation.body.schema, body, 0);
  return filled ?? body;
}

/** By schema as it stands in a document: the same few are asked for at every call. */
const resolved = new WeakMap<JsonObject, JsonObject>();

function resolve(written: Json, document: JsonObject): JsonObject {
  if (!isJsonObject(written) || written['$ref'] === undefined) return resolveSchema(written, document);
  let schema = resolved.get(written);
  if (schema === undefined) {
    schema = resolveSchema(written, document);
    resolved.set(written, schema);
  }
  return schema;
}

/** The value with defaults filled in; `undefined` when there is neither a value nor a default in it. */
function fill(document: JsonObject, written: Json, value: Json | undefined, depth: number): Json | undefined {
  const schema = resolve(written, document);
  if (value === undefined && schema['default'] !== undefined) return schema['default'];
  if (depth > MAX_DEPTH || (value !== undefined && !isJsonObject(value))) return value;
  let result: JsonObject | undefined = value;
  for (const part of [schema, ...(Array.isArray(schema['allOf']) ? schema['allOf'] : [])]) {
    result = fillProperties(document, resolve(part, document), result, depth);
  }
  return result;
}

function fillProperties(
  document: JsonObject,
  schema: JsonObject,
  value: JsonObject | undefined,
  depth: number,
): JsonObject | undefined {
  const { properties, required } = schema;
  if (!isJsonObject(properties)) return value;
  let result = value;
  const names = new Set([
    ...Object.keys(value ?? {}),
    ...(Array.isArray(required) ? required.map(String) : []),
  ]);
  for (const name of names) {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (property === undefined) continue;
    const before = value && readOwn(value, name);
    const after = fill(document, property, before, depth + 1);
    if (after !== before && after !== undefined) result = { ...result, [name]: after };
  }
  return result;
}
