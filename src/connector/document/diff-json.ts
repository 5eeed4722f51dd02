import { isJsonObject, type Json, type JsonObject, stringifyJson } from '../../base/index.ts';

export type Path = readonly (string | number)[];

/** A step from one value to another; each is applied to what the steps before made. */
export type JsonStep =
  | { readonly type: 'set'; readonly path: Path; readonly value: Json }
  | { readonly type: 'remove'; readonly path: Path }
  /** A new member or item; `after` is the key before it, undefined at the beginning. */
  | {
      readonly type: 'insert';
      readonly path: Path;
      readonly key: string | number;
      readonly after: string | undefined;
      readonly value: Json;
    }
  | { readonly type: 'rename'; readonly path: Path; readonly from: string; readonly to: string }
  /** The members of an object stand in another order. */
  | { readonly type: 'order'; readonly path: Path; readonly keys: readonly string[] };

/** How one value becomes another, in few steps; an order of keys that differs is a difference. */
export function diffJson(from: Json, to: Json, path: Path = []): JsonStep[] {
  if (isSame(from, to)) return [];
  if (Array.isArray(from) && Array.isArray(to)) return diffLists(from, to, path);
  if (isJsonObject(from) && isJsonObject(to)) return diffObjects(from, to, path);
  return [{ type: 'set', path, value: to }];
}

/** Whether two values would be written as the same text. */
export function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    return typeof a !== 'object' && typeof b !== 'object' && stringifyJson(a) === stringifyJson(b);
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => isSame(item, b[index]));
  }
  const [keysOfA, keysOfB] = [Object.keys(a), Object.keys(b)];
  if (keysOfA.length !== keysOfB.length) return false;
  return keysOfA.every((key, index) => key === keysOfB[index] && isSame(a[key], b[key]));
}

function diffObjects(from: JsonObject, to: JsonObject, path: Path): JsonStep[] {
  const steps: JsonStep[] = [];
  const renamed = findRenamed(from, to);
  let keys = Object.keys(from);
  for (const [old, name] of renamed) {
    steps.push({ type: 'rename', path, from: old, to: name });
    keys = keys.map((key) => (key === old ? name : key));
  }
  for (const key of keys.filter((one) => !Object.hasOwn(to, one))) {
    steps.push({ type: 'remove', path: [...path, key] });
  }
  keys = keys.filter((one) => Object.hasOwn(to, one));
  const oldNames = new Map([...renamed].map(([old, name]) => [name, old]));
  for (const key of keys) {
    steps.push(...diffJson(from[oldNames.get(key) ?? key] ?? null, to[key] ?? null, [...path, key]));
  }
  const wanted = Object.keys(to);
  const known = new Set(keys);
  const kept = wanted.filter((key) => known.has(key));
  if (kept.some((key, index) => key !== keys[index])) steps.push({ type: 'order', path, keys: kept });
  for (const [index, key] of wanted.entries()) {
    if (known.has(key)) continue;
    steps.push({ type: 'insert', path, key, after: wanted[index - 1], value: to[key] ?? null });
  }
  return steps;
}

/** Members that went, with the names under which the same values came. */
function findRenamed(from: JsonObject, to: JsonObject): Map<string, string> {
  const gone = Object.keys(from).filter((key) => !Object.hasOwn(to, key));
  const come = new Set(Object.keys(to).filter((key) => !Object.hasOwn(from, key)));
  const renamed = new Map<string, string>();
  for (const key of gone) {
    const name = [...come].find((one) => isSame(from[key], to[one]));
    if (name === undefined) continue;
    come.delete(name);
    renamed.set(key, name);
  }
  return renamed;
}

function diffLists(from: Json[], to: Json[], path: Path): JsonStep[] {
  let head = 0;
  while (head < from.length && head < to.length && isSame(from[head], to[head])) head += 1;
  let tail = 0;
  const most = Math.min(from.length, to.length) - head;
  while (tail < most && isSame(from.at(-1 - tail), to.at(-1 - tail))) tail += 1;
  const steps: JsonStep[] = [];
  const [endOfFrom, endOfTo] = [from.length - tail, to.length - tail];
  const paired = Math.min(endOfFrom, endOfTo);
  for (let index = head; index < paired; index += 1) {
    steps.push(...diffJson(from[index] ?? null, to[index] ?? null, [...path, index]));
  }
  for (let index = endOfFrom - 1; index >= paired; index -= 1) {
    steps.push({ type: 'remove', path: [...path, index] });
  }
  for (let index = paired; index < endOfTo; index += 1) {
    steps.push({ type: 'insert', path, key: index, after: undefined, value: to[index] ?? null });
  }
  return steps;
}
