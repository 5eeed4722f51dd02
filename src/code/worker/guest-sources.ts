import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';

/** The module a script may import. */
export const UTIL_MODULE = 'connector:util';
export const GUEST_PREFIX = 'patchbay:';

const FOLDER = new URL('../guest/', import.meta.url);
const sources = new Map<string, string>();

/** JavaScript of one of our own modules for the sandbox, by its name in `guest/`. */
export function readGuestSource(name: string): string {
  const known = sources.get(name);
  if (known !== undefined) return known;
  const source = stripTypeScriptTypes(readFileSync(new URL(name, FOLDER), 'utf8'));
  sources.set(name, source);
  return source;
}
