import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { isSame } from './diff-json.ts';

/**
 * Puts together what two people made of one value. Where both changed the same thing differently, `first` counts.
 * The members keep the order of `first`.
 */
export function mergeJson(base: JsonObject, first: JsonObject, second: JsonObject): JsonObject {
  return merge(base, first, second) as JsonObject;
}

function merge(base: Json | undefined, first: Json | undefined, second: Json | undefined): Json | undefined {
  if (isSame(base, second)) return first;
  if (isSame(base, first)) return second;
  if (isJsonObject(first) && isJsonObject(second)) {
    return mergeObjects(isJsonObject(base) ? base : {}, first, second);
  }
  if (Array.isArray(first) && Array.isArray(second) && first.length === second.length) {
    const before = Array.isArray(base) && base.length === first.length ? base : [];
    return first.map((item, index) => merge(before[index], item, second[index]) ?? null);
  }
  return first;
}

function mergeObjects(base: JsonObject, first: JsonObject, second: JsonObject): JsonObject {
  const own = (value: JsonObject, key: string) => (Object.hasOwn(value, key) ? value[key] : undefined);
  const added = Object.keys(second).filter((key) => !Object.hasOwn(first, key));
  const members = [...Object.keys(first), ...added].flatMap((key) => {
    const merged = merge(own(base, key), own(first, key), own(second, key));
    return merged === undefined ? [] : [[key, merged] as const];
  });
  return Object.fromEntries(members);
}

/** The same value, its parts being those of another value wherever they are the same: who compares by identity sees what changed. */
export function shareParts<Value extends Json>(before: Json | undefined, value: Value): Value {
  return share(before, value) as Value;
}

function share(before: Json | undefined, value: Json): Json {
  if (typeof value !== 'object' || value === null || typeof before !== 'object' || before === null) {
    return isSame(before, value) && before !== undefined ? before : value;
  }
  if (Array.isArray(value)) {
    if (!Array.isArray(before)) return value;
    const items = value.map((item, index) => share(before[index], item));
    const isAll = items.length === before.length && items.every((item, index) => item === before[index]);
    return isAll ? before : items;
  }
  if (Array.isArray(before)) return value;
  const keys = Object.keys(value);
  const known = Object.keys(before);
  const entries = keys.map(
    (key) => [key, share(Object.hasOwn(before, key) ? before[key] : undefined, value[key] ?? null)] as const,
  );
  const isAll =
    keys.length === known.length &&
    entries.every(([key, member], at) => key === known[at] && member === before[key]);
  return isAll ? before : Object.fromEntries(entries);
}
