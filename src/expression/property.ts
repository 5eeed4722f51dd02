import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';

/**
 * The property of an object by the rules of the language: the exact name, else the same name in another case, else
 * a path: Power Automate writes `outputs('X')?['body/accountid']` for `outputs('X')?['body']?['accountid']`.
 */
export function getProperty(object: JsonObject, key: string, path = splitPath(key)): Json | undefined {
  if (Object.hasOwn(object, key)) return object[key];
  const other = findOtherCase(object, key);
  if (other !== undefined) return object[other];
  return path === undefined ? undefined : followPath(object, path);
}

/** The first name of a path, and what comes after its slash. */
export interface KeyPath {
  readonly head: string;
  readonly rest: string;
}

/** A key as a path, if it is one; for keys that are known, once. */
export function splitPath(key: string): KeyPath | undefined {
  const slash = key.indexOf('/');
  return slash > 0 ? { head: key.slice(0, slash), rest: key.slice(slash + 1) } : undefined;
}

/** The name under which an object has a property: exact, else in another case. */
export function findKey(object: JsonObject, key: string): string | undefined {
  return Object.hasOwn(object, key) ? key : findOtherCase(object, key);
}

function findOtherCase(object: JsonObject, key: string): string | undefined {
  const lower = key.toLowerCase();
  for (const name in object) {
    if (name.length === key.length && name.toLowerCase() === lower) return name;
  }
  return undefined;
}

function followPath(object: JsonObject, path: KeyPath): Json | undefined {
  const head = findKey(object, path.head);
  return head === undefined ? undefined : followRest(object[head], path.rest);
}

function followRest(value: Json | undefined, rest: string): Json | undefined {
  if (Array.isArray(value)) return followIndex(value, rest);
  return isJsonObject(value) ? getProperty(value, rest) : undefined;
}

function followIndex(items: readonly Json[], rest: string): Json | undefined {
  const digits = /^\d+(?=\/|$)/.exec(rest)?.[0];
  if (digits === undefined) return undefined;
  const item = items[Number(digits)];
  return digits.length === rest.length ? item : followRest(item, rest.slice(digits.length + 1));
}
