import { compileServers, fillServer, isAbsolute } from '../compile/compile-servers.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { setMember } from './members.ts';

/** The parts of an address that people enter one by one. */
export interface ServerParts {
  readonly scheme: 'https' | 'http';
  /** With the port, where it has one of its own. May hold `{variables}`. */
  readonly host: string;
  /** Begins with a slash. */
  readonly basePath: string;
}

const ADDRESS = /^(?:(https?):)?\/\/([^/?#]*)([^?#]*)/i;

/** The address that calls go to by default; undefined when the definition names none. */
export function readServer({ openapi }: ConnectorDefinition): ServerParts | undefined {
  const server = compileServers(openapi['servers']).find(({ url }) => isAbsolute(url));
  if (server === undefined) return undefined;
  // The whole address may be a variable: then its default says what is meant.
  const written = ADDRESS.test(server.url) ? server.url : fillServer(server);
  return splitAddress(written);
}

/**
 * Takes apart what somebody typed or pasted where a host belongs: a whole address, a host with a path, or a host.
 * Query, fragment and credentials are no part of a base address and are left out.
 */
export function splitAddress(text: string): ServerParts | undefined {
  const trimmed = text.trim();
  const found = ADDRESS.exec(/^(?:[a-z][a-z\d+.-]*:)?\/\//i.test(trimmed) ? trimmed : `//${trimmed}`);
  if (found === null) return undefined;
  const [, scheme = 'https', authority = '', path = ''] = found;
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  if (host === '') return undefined;
  return {
    scheme: scheme.toLowerCase() === 'http' ? 'http' : 'https',
    host: /\{/.test(host) ? host : host.toLowerCase(),
    basePath: cleanPath(path),
  };
}

function cleanPath(path: string): string {
  return `/${path.split('/').filter(Boolean).join('/')}`;
}

export function formatServer({ scheme, host, basePath }: ServerParts): string {
  const path = cleanPath(basePath);
  return `${scheme}://${host.trim()}${path === '/' ? '' : path}`;
}

/** Sets where calls go by default; other servers and the variables of this one stay. An empty host takes it out. */
export function setServer(definition: ConnectorDefinition, parts: ServerParts): ConnectorDefinition {
  const { openapi } = definition;
  const servers = [openapi['servers'] ?? []].flat();
  const place = servers.findIndex((one) => isServer(one) && isAbsolute(one.url.trim()));
  const written = servers[place];
  if (parts.host.trim() === '') {
    const left = servers.filter((_, index) => index !== place);
    return {
      ...definition,
      openapi: setMember(openapi, 'servers', left.length === 0 ? undefined : left),
    };
  }
  const server = { ...(isServer(written) ? written : {}), url: formatServer(parts) };
  const changed = place === -1 ? [server, ...servers] : servers.with(place, server);
  return { ...definition, openapi: { ...openapi, servers: changed } };
}

function isServer(written: unknown): written is { url: string } {
  return (
    typeof written === 'object' && written !== null && typeof (written as { url?: unknown }).url === 'string'
  );
}

/** What is wrong with a host, in one sentence; nothing when it can be called. */
export function checkHost(host: string): string | undefined {
  const text = host.trim();
  if (text === '') return 'Enter the host that calls go to, such as api.example.com.';
  if (/[\s/?#@\\]/.test(text))
    return `'${text}' is no host: only letters, digits, dots and hyphens stand in one.`;
  const sample = text.replace(/\{[^{}]+\}/g, 'x');
  if (URL.parse(`https://${sample}`) === null || /[{}]/.test(sample)) return `'${text}' is no host name.`;
  return undefined;
}
