import { isJsonObject, type Json, type JsonObject, joinPointer } from '../../base/index.ts';
import { METHODS } from '../operations.ts';
import type { Problems } from './problems.ts';

/**
 * Makes the servers of an OpenAPI 3 document addresses, in place: `//host/v1` gets a scheme, and so does `host/v1`,
 * which nobody means as a path. What is relative becomes absolute where it is known from where the document was read
 * (OpenAPI 3.1, section 4.8.5). What cannot be an address goes.
 *
 * @param readFrom the address of the document, if it has one that says where the service is
 */
export function cleanServers(document: JsonObject, readFrom: string | undefined, problems: Problems): void {
  const base = readFrom !== undefined && isOfService(readFrom) ? readFrom : undefined;
  cleanOwner(document, '', base, problems);
  for (const [path, item] of Object.entries(isJsonObject(document['paths']) ? document['paths'] : {})) {
    if (!isJsonObject(item)) continue;
    const pointer = joinPointer('/paths', path);
    cleanOwner(item, pointer, base, problems);
    for (const method of METHODS) {
      const operation = item[method];
      if (isJsonObject(operation)) cleanOwner(operation, joinPointer(pointer, method), base, problems);
    }
  }
  if (base === undefined || document['servers'] !== undefined) return;
  document['servers'] = [{ url: new URL(base).origin }];
  noteAssumed(new URL(base).origin, '', problems);
}

/** Places where people keep documents of services that are somewhere else. */
const HOSTING =
  /(?:^|\.)(?:github|githubusercontent|gitlab|bitbucket|swaggerhub|jsdelivr|unpkg|googleapis|amazonaws|windows)\./i;

function isOfService(address: string): boolean {
  return URL.canParse(address) && !HOSTING.test(new URL(address).hostname);
}

function noteAssumed(url: string, pointer: string, problems: Problems): void {
  const message = `The document names no host; it was read from one, so calls go to ${url}.`;
  problems.add('CONNECTOR_SERVER_ASSUMED', message, { pointer });
}

function cleanOwner(owner: JsonObject, pointer: string, base: string | undefined, problems: Problems): void {
  const { servers } = owner;
  if (servers === undefined) return;
  const kept: Json[] = [];
  for (const [index, server] of (Array.isArray(servers) ? servers : [servers]).entries()) {
    const place = joinPointer(pointer, 'servers', index);
    if (!isJsonObject(server) || typeof server['url'] !== 'string') {
      problems.add('CONNECTOR_MALFORMED', "A server needs a 'url' that is a text; it is left out.", {
        pointer: place,
      });
    } else kept.push({ ...server, url: cleanUrl(server['url'].trim(), place, base, problems) });
  }
  if (kept.length > 0) owner['servers'] = kept;
  else delete owner['servers'];
}

function cleanUrl(url: string, pointer: string, base: string | undefined, problems: Problems): string {
  const scheme = guessScheme(url);
  if (scheme !== undefined) {
    const address = `${scheme}://${url}`;
    problems.add('CONNECTOR_HOST', `The server '${url}' is read as '${address}'.`, { pointer });
    return address;
  }
  if (/^\/\/[^/]/.test(url)) return `https:${url}`;
  if (base === undefined || /^[a-z][a-z\d+.-]*:\/\/|^\{/i.test(url)) return url;
  const address = resolveAgainst(url, base);
  noteAssumed(address, pointer, problems);
  return address;
}

/** `api.example.com/v1` and `localhost:8080`. */
function guessScheme(url: string): 'http' | 'https' | undefined {
  if (/^(?:localhost|127\.0\.0\.1)(?::\d+)?(?:\/|$)/i.test(url)) return 'http';
  return /^(?:(?:[a-z\d-]+|\{[^{}/]+\})\.)+[a-z]{2,}(?::\d+)?(?:\/|$)/i.test(url) ? 'https' : undefined;
}

/** Variables keep their braces, which a URL would write otherwise. */
function resolveAgainst(url: string, base: string): string {
  const { href } = new URL(url, base);
  return href.replaceAll('%7B', '{').replaceAll('%7D', '}').replace(/\/$/, '');
}
