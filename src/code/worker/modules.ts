import type { QuickJSRuntime } from 'quickjs-emscripten-core';
import { GUEST_PREFIX, readGuestSource, UTIL_MODULE } from './guest-sources.ts';

export const MAIN_MODULE = `${GUEST_PREFIX}main.ts`;

/** Our own modules see each other; a script sees `connector:util`, and main sees the script. */
export function allowModules(runtime: QuickJSRuntime, fileName: string, script: string): void {
  runtime.setModuleLoader(
    (name) => loadModule(name, fileName, script),
    (base, requested) => resolveModule(base, requested, fileName),
  );
}

const FORBIDDEN = 'forbidden:';

function resolveModule(base: string, requested: string, fileName: string): string {
  const isOurs = base.startsWith(GUEST_PREFIX) || base === UTIL_MODULE;
  if (isOurs && requested.startsWith('./')) return `${GUEST_PREFIX}${requested.slice(2)}`;
  if (requested === UTIL_MODULE || (base === MAIN_MODULE && requested === fileName)) return requested;
  return `${FORBIDDEN}${requested}`;
}

function loadModule(name: string, fileName: string, script: string): string | { error: Error } {
  if (name === fileName) return script;
  if (name === UTIL_MODULE) return readGuestSource('util.ts');
  if (name.startsWith(GUEST_PREFIX)) return readGuestSource(name.slice(GUEST_PREFIX.length));
  const requested = name.slice(FORBIDDEN.length);
  const message = `'${requested}' cannot be imported: a script has '${UTIL_MODULE}' and nothing else.`;
  return { error: new Error(message) };
}
