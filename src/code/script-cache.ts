import { type Json, stringifyJson } from '../base/index.ts';
import type { ScriptCache } from './types.ts';

const MAX_ENTRIES = 100;
const MAX_CHARACTERS = 64 * 1024;
const LONGEST_TTL_MS = 24 * 60 * 60_000;

/** A cache in memory, of at most a hundred values of 64 Ki characters each. `now` in milliseconds. */
export function createScriptCache(now: () => number = Date.now): ScriptCache {
  const entries = new Map<string, { readonly value: Json; readonly endsAt: number }>();
  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined || entry.endsAt > now()) return entry?.value;
      entries.delete(key);
      return undefined;
    },
    set(key, value, ttlMs) {
      entries.delete(key);
      if (value === undefined || !(ttlMs > 0)) return;
      if (key.length + stringifyJson(value).length > MAX_CHARACTERS) {
        throw new RangeError(`The cache takes values of up to ${MAX_CHARACTERS} characters.`);
      }
      for (const [known, { endsAt }] of entries) {
        if (entries.size < MAX_ENTRIES && endsAt > now()) break;
        entries.delete(known);
      }
      entries.set(key, { value, endsAt: now() + Math.min(ttlMs, LONGEST_TTL_MS) });
    },
  };
}
