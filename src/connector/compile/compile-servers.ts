import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { CompiledServer } from '../types.ts';
import { firstText } from './text.ts';

/** The servers of a document, path or operation. */
export function compileServers(written: Json | undefined): CompiledServer[] {
  if (!Array.isArray(written)) return [];
  return written.flatMap((server) => {
    if (!isJsonObject(server) || typeof server['url'] !== 'string') return [];
    const url = server['url'].trim().replace(/\/+$/, '');
    if (isOtherProtocol(url)) return [];
    return [{ url, description: firstText(server['description']), variables: readVariables(url, server) }];
  });
}

/** Web sockets and the like: no HTTP request can go there. */
function isOtherProtocol(url: string): boolean {
  return /^[a-z][a-z\d+.-]*:\/\//i.test(url) && !/^(?:https?|patchbay):/i.test(url);
}

function readVariables(url: string, server: JsonObject): CompiledServer['variables'] {
  const declared = isJsonObject(server['variables']) ? server['variables'] : {};
  const names = [...url.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
  const entries = names.map((name) => {
    const found = declared[name];
    const variable = isJsonObject(found) ? found : {};
    const allowed = Array.isArray(variable['enum']) ? variable['enum'].map(String) : undefined;
    const value = {
      default: String(variable['default'] ?? ''),
      ...(allowed === undefined ? {} : { enum: allowed }),
    };
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
}

export function isAbsolute(url: string): boolean {
  return /^[a-z][a-z\d+.-]*:\/\/[^/]|^\{/i.test(url);
}

/** The URL of a server, its variables filled in from `values`, else their defaults. */
export function fillServer(server: CompiledServer, values: Readonly<Record<string, string>> = {}): string {
  const filled = server.url.replace(/\{([^{}]+)\}/g, (_match, name: string) => {
    const given = Object.hasOwn(values, name) ? values[name] : undefined;
    return given !== undefined && given !== '' ? given : (server.variables[name]?.default ?? '');
  });
  // Who is asked for a host often gives the whole address.
  return filled.replace(/^https?:\/\/(?=[a-z][a-z\d+.-]*:\/\/)/i, '').replace(/\/+$/, '');
}
