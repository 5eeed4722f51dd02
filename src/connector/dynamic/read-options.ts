import { isJsonObject, type Json, stringifyJson } from '../../base/index.ts';
import { followPath } from './follow-path.ts';
import type { DynamicOption, ItemPaths } from './types.ts';

/** Where services put what they mean when a definition does not say: tried in order. */
const VALUE_NAMES = ['value', 'id', 'Id', 'ID', 'key', 'name', 'Name'];

/**
 * The list of an answer: the answer itself, else what stands at the path, else the list nearest to the top of that or
 * of the answer; a map of objects that the path leads to counts as the list of its members.
 */
export function readItems(body: Json, path: string | undefined): Json[] {
  if (Array.isArray(body)) return body;
  const found = path === undefined ? undefined : followPath(body, path);
  if (Array.isArray(found)) return found;
  const inside = findList(found, 1);
  if (inside !== undefined) return inside;
  if (isJsonObject(found) && Object.values(found).every(isJsonObject)) return Object.values(found);
  return findList(body, MAX_DEPTH) ?? [];
}

/** Envelopes around a list: `{d: {results: […]}}`. */
const MAX_DEPTH = 3;

function findList(value: Json | undefined, depth: number): Json[] | undefined {
  if (!isJsonObject(value) || depth === 0) return undefined;
  const members = Object.values(value);
  const list = members.find(Array.isArray);
  if (list !== undefined) return list;
  for (const member of members) {
    const inside = findList(member, depth - 1);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

/**
 * Reads an answer as the options of a dropdown. An item without a value is left out, as is a second one of the same
 * value; one without a title shows its value.
 */
export function readOptions(body: Json, paths: ItemPaths): DynamicOption[] {
  const options = new Map<string, DynamicOption>();
  for (const item of readItems(body, paths.items)) {
    const value = readItemValue(item, paths.value);
    if (value === undefined || value === null) continue;
    const key = stringifyJson(value);
    if (!options.has(key)) options.set(key, readOption(item, value, paths));
  }
  return [...options.values()];
}

function readOption(item: Json, value: Json, paths: ItemPaths): DynamicOption {
  const description = paths.description === undefined ? '' : readText(followPath(item, paths.description));
  const selectable = paths.selectable === undefined ? undefined : followPath(item, paths.selectable);
  return {
    value,
    title: readTitle(item, value, paths.title),
    ...(description === '' ? {} : { description }),
    ...(selectable === false || selectable === 'false' ? { selectable: false } : {}),
  };
}

/** A list may hold bare values; of an object without a path, the member that is usually meant. */
export function readItemValue(item: Json, path: string | undefined): Json | undefined {
  if (path !== undefined && (isJsonObject(item) || Array.isArray(item))) return followPath(item, path);
  if (!isJsonObject(item)) return item;
  const name = VALUE_NAMES.find((one) => isScalar(item[one]));
  return name === undefined ? Object.values(item).find(isScalar) : item[name];
}

export function readTitle(item: Json, value: Json, path: string | undefined): string {
  const title = path === undefined ? '' : readText(followPath(item, path));
  return title === '' ? readText(value) : title;
}

function readText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'object' ? stringifyJson(value) : String(value);
}

function isScalar(value: Json | undefined): boolean {
  return value !== undefined && value !== null && typeof value !== 'object';
}
