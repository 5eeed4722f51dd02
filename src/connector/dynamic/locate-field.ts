import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { resolveSchema } from '../../schema/index.ts';
import type { CompiledConnector, CompiledOperation } from '../types.ts';

/** A field of an operation: what is written about it, a parameter's own extensions included. */
export interface LocatedField {
  readonly schema: JsonObject;
  readonly title: string;
}

/**
 * Finds a field by its path into the inputs: `['project']`, `['body', 'lines', '0', 'sku']`. An index may be left
 * out: `['body', 'lines', 'sku']`. `undefined` when the operation has no such field.
 */
export function locateField(
  connector: CompiledConnector,
  operation: CompiledOperation,
  path: readonly string[],
): LocatedField | undefined {
  const [name = '', ...rest] = path;
  const { body, parameters } = operation;
  const document = connector.definition.openapi;
  const fields = body?.asParameters ? (body.fields ?? []) : [];
  const parameter = [...parameters, ...fields].find((one) => one.name === name);
  if (parameter !== undefined) {
    const schema = { ...resolveSchema(parameter.schema, document), ...parameter.extensions };
    return descend(schema, rest, document, parameter.summary);
  }
  if (body === undefined || (name !== body.name && name !== 'body')) return undefined;
  return descend(resolveSchema(body.schema, document), rest, document, body.summary);
}

/** The field of a schema that stands for itself, such as an answer's. */
export function locateInSchema(
  schema: JsonObject,
  path: readonly string[],
  connector: CompiledConnector,
): LocatedField | undefined {
  const document = connector.definition.openapi;
  return descend(resolveSchema(schema, document), path, document, '');
}

function descend(
  start: JsonObject,
  path: readonly string[],
  document: JsonObject,
  title: string,
): LocatedField | undefined {
  let schema: JsonObject | undefined = start;
  let name = title;
  for (const segment of path) {
    const next: Json | undefined = schema && findMember(schema, segment, document, 0);
    if (next === undefined) return undefined;
    schema = resolveSchema(next, document);
    if (!/^\d+$/.test(segment)) name = readTitle(schema) || segment;
  }
  return schema && { schema, title: name };
}

const MAX_DEPTH = 8;

function findMember(schema: JsonObject, name: string, document: JsonObject, depth: number): Json | undefined {
  const { properties, items, additionalProperties } = schema;
  if (isJsonObject(properties) && Object.hasOwn(properties, name)) return properties[name];
  if (depth > MAX_DEPTH) return undefined;
  if (items !== undefined) {
    return /^\d+$/.test(name) ? items : findMember(resolveSchema(items, document), name, document, depth + 1);
  }
  for (const part of [schema['allOf'], schema['anyOf'], schema['oneOf']].flat()) {
    if (part === undefined) continue;
    const found = findMember(resolveSchema(part, document), name, document, depth + 1);
    if (found !== undefined) return found;
  }
  return isJsonObject(additionalProperties) ? additionalProperties : undefined;
}

function readTitle(schema: JsonObject): string {
  const title = schema['x-ms-summary'] ?? schema['title'];
  return typeof title === 'string' ? title : '';
}
