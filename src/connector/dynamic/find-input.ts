import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { resolveSchema } from '../../schema/index.ts';
import type { OperationInputs } from '../request-types.ts';
import type { CompiledConnector, CompiledOperation } from '../types.ts';

/** An input that a dynamic extension refers to. */
export interface FoundInput {
  readonly value: Json | undefined;
  /** As people know it. */
  readonly title: string;
  readonly required: boolean;
  /** Whether the operation has such an input at all. */
  readonly known: boolean;
}

interface Place {
  readonly connector: CompiledConnector;
  readonly operation: CompiledOperation;
  readonly inputs: OperationInputs;
  /** Of the field that refers, as path into the inputs: within a list, references mean the same element. */
  readonly at: readonly string[];
}

/** Objects in objects; deeper ones only come in circles. */
const MAX_DEPTH = 8;

/**
 * The input a reference means: a parameter; a path into the body, its first segment the body's name (`body/a/b`); or
 * a bare name within the body, nearest to the field first. What is not given counts as its default.
 */
export function findInput(reference: string, place: Place): FoundInput {
  const { operation, inputs } = place;
  const parameter = operation.parameters.find(({ name }) => name === reference);
  if (parameter !== undefined) {
    const given = inputs.parameters[reference] ?? undefined;
    const { summary: title, required, default: fallback } = parameter;
    return { value: given ?? fallback, title, required, known: true };
  }
  return findInBody(reference, place) ?? { value: undefined, title: reference, required: true, known: false };
}

function findInBody(reference: string, place: Place): FoundInput | undefined {
  const { connector, operation, inputs, at } = place;
  const { body } = operation;
  if (body === undefined) return undefined;
  const document = connector.definition.openapi;
  const start: Walk = {
    document,
    schema: body.schema,
    value: inputs.body,
    title: body.summary,
    required: false,
  };
  const scope = at[0] === body.name ? at.slice(1) : at;
  if (reference === body.name) return toFound(start);
  if (reference.startsWith(`${body.name}/`)) {
    return walkPath(start, reference.slice(body.name.length + 1).split('/'), scope);
  }
  // Nearest first: beside the field, then beside what holds it, up to the body itself.
  for (let depth = Math.max(scope.length - 1, 0); depth >= 0; depth--) {
    const outer = walkPlace(start, scope.slice(0, depth));
    const found = outer && walkPath(outer, reference.split('/'), scope.slice(depth));
    if (found?.known) return found;
  }
  const deep = searchName(start, reference);
  // Definitions also call the body `body` whatever its name is, and write paths with dots.
  const inBody =
    deep ??
    (reference.startsWith('body/') ? walkPath(start, reference.slice(5).split('/'), scope) : undefined);
  const isDotted = inBody === undefined && reference.includes('.') && !reference.includes('/');
  return isDotted ? findInBody(reference.replaceAll('.', '/'), place) : inBody;
}

interface Walk {
  readonly document: JsonObject;
  readonly schema: Json | undefined;
  readonly value: Json | undefined;
  readonly title: string;
  readonly required: boolean;
}

/** Steps along a place in the inputs, where indices and names stand as they are. */
function walkPlace(start: Walk, path: readonly string[]): Walk | undefined {
  let walk: Walk | undefined = start;
  for (const name of path) walk = walk && step(walk, name);
  return walk;
}

/** Steps along a reference; a list on the way is entered where the field itself stands, else at its first element. */
function walkPath(start: Walk, names: readonly string[], scope: readonly string[]): FoundInput | undefined {
  let walk: Walk | undefined = start;
  let follows = true;
  let depth = 0;
  for (let index = 0; index < names.length && walk !== undefined; ) {
    const isList: boolean =
      Array.isArray(walk.value) || resolveSchema(walk.schema, walk.document)['items'] !== undefined;
    const name: string = names[index] ?? '';
    if (isList && !/^\d+$/.test(name)) {
      const own: string | undefined = follows ? scope[depth] : undefined;
      walk = step(walk, own !== undefined && /^\d+$/.test(own) ? own : '0');
      depth += 1;
      if (name === '*' || name === '[*]' || name === 'items') index += 1;
      continue;
    }
    const rest: string = names.slice(index).join('/');
    const properties = listProperties(walk);
    const whole = index + 1 < names.length && properties.has(rest);
    follows &&= scope[depth] === name;
    depth += 1;
    walk = step(walk, whole ? rest : name);
    index = whole ? names.length : index + 1;
  }
  return walk && toFound(walk);
}

function step(walk: Walk, name: string): Walk | undefined {
  const { document, value } = walk;
  const schema = resolveSchema(walk.schema, document);
  if (/^\d+$/.test(name) && (Array.isArray(value) || schema['items'] !== undefined)) {
    const item = Array.isArray(value) ? value[Number(name)] : undefined;
    return { ...walk, schema: schema['items'], value: item };
  }
  const member = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  const property = listProperties(walk).get(name);
  if (property === undefined && member === undefined) return undefined;
  const found = resolveSchema(property?.schema, document);
  const title = found['x-ms-summary'] ?? found['title'];
  return {
    document,
    schema: property?.schema,
    value: member,
    title: typeof title === 'string' && title !== '' ? title : name,
    required: property?.required ?? false,
  };
}

function listProperties({ document, schema }: Walk, depth = 0) {
  const found = new Map<string, { schema: Json; required: boolean }>();
  const resolved = resolveSchema(schema, document);
  const required = Array.isArray(resolved['required']) ? resolved['required'] : [];
  const parts = [resolved['allOf'], resolved['anyOf'], resolved['oneOf']].flat();
  if (depth < MAX_DEPTH) {
    for (const part of parts) {
      if (!isJsonObject(part)) continue;
      const inner = listProperties(
        { document, schema: part, value: undefined, title: '', required: false },
        depth + 1,
      );
      for (const [name, property] of inner) found.set(name, property);
    }
  }
  const { properties } = resolved;
  for (const [name, property] of Object.entries(isJsonObject(properties) ? properties : {})) {
    found.set(name, { schema: property, required: required.includes(name) });
  }
  return found;
}

/** As many properties are looked at for a bare name; in some documents everything contains everything. */
const MAX_SEARCHED = 2000;

/** The property of a name that is nearest to the top; lists are left out: which element is meant nobody could say. */
function searchName(start: Walk, name: string): FoundInput | undefined {
  const waiting = [start];
  const seen = new Set<JsonObject>();
  for (let walk = waiting.shift(); walk !== undefined && seen.size < MAX_SEARCHED; walk = waiting.shift()) {
    const schema = resolveSchema(walk.schema, walk.document);
    if (seen.has(schema)) continue;
    seen.add(schema);
    for (const one of listProperties(walk).keys()) {
      const inner = step(walk, one);
      if (inner !== undefined && one === name) return toFound(inner);
      if (inner !== undefined) waiting.push(inner);
    }
  }
  return undefined;
}

function toFound({ document, schema, value, title, required }: Walk): FoundInput {
  const fallback = resolveSchema(schema, document)['default'];
  return { value: value ?? fallback, title, required, known: true };
}
