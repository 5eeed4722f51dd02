import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';

/** The value at a path; `undefined` where nothing stands. */
export function getAt(value: Json | undefined, path: readonly string[]): Json | undefined {
  let current = value;
  for (const name of path) {
    if (Array.isArray(current)) current = current[Number(name)];
    else if (isJsonObject(current) && Object.hasOwn(current, name)) current = current[name];
    else return undefined;
  }
  return current;
}

/**
 * A copy with another value at a path. `undefined` takes the value away, and the objects it was alone in, but the
 * outermost: an empty body is still a body. Elements of lists are taken away with `removeItem`.
 */
export function setAt(inputs: JsonObject, path: readonly string[], value: Json | undefined): JsonObject {
  const changed = place(inputs, path, value, 0);
  return isJsonObject(changed) ? changed : {};
}

function place(
  around: Json | undefined,
  path: readonly string[],
  value: Json | undefined,
  depth: number,
): Json | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (Array.isArray(around)) {
    const items = [...around];
    items[Number(name)] =
      place(items[Number(name)], rest, value, depth + 1) ?? emptyLike(items[Number(name)]);
    return items;
  }
  const object: JsonObject = isJsonObject(around) ? { ...around } : {};
  const inner = place(Object.hasOwn(object, name) ? object[name] : undefined, rest, value, depth + 1);
  if (inner === undefined) delete object[name];
  else object[name] = inner;
  return Object.keys(object).length === 0 && inner === undefined && depth > 1 ? undefined : object;
}

/** An element keeps its place in the list when its last member goes. */
function emptyLike(value: Json | undefined): Json {
  return isJsonObject(value) ? {} : null;
}

/** A copy without one element of the list at a path. */
export function removeItem(inputs: JsonObject, path: readonly string[], index: number): JsonObject {
  const list = getAt(inputs, path);
  const rest = Array.isArray(list) ? list.filter((_, at) => at !== index) : [];
  return setAt(inputs, path, rest.length === 0 ? undefined : rest);
}

/**
 * What a dynamic field depends on, as far as it is filled: changes exactly when it has to be asked for again. Names
 * are looked up wherever they stand, which may be too often, never too seldom.
 */
export function pickDependencies(schema: JsonObject, inputs: JsonObject): JsonObject {
  const names = new Set<string>();
  for (const [key, extension] of Object.entries(schema)) {
    if (key.startsWith('x-ms-dynamic-')) collectReferences(extension, names);
  }
  const found: JsonObject = {};
  if (names.size > 0) collectValues(inputs, '', names, found);
  return found;
}

function collectReferences(value: Json, names: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    const isReference = key === 'parameter' || key === 'parameterReference';
    if (isReference && typeof member === 'string') names.add(member.split('/').at(-1) ?? member).add(member);
    else collectReferences(member, names);
  }
}

function collectValues(value: Json, path: string, names: ReadonlySet<string>, found: JsonObject): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (names.has(key)) found[`${path}/${key}`] = member;
    collectValues(member, `${path}/${key}`, names, found);
  }
}
