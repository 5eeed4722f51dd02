import { Secret } from '../../base/index.ts';
import { fillServer, isAbsolute } from '../compile/compile-servers.ts';
import { SERVER_URL, serverVariable } from '../compile/server-parameters.ts';
import { ConnectorError } from '../errors.ts';
import type { CompiledConnector, CompiledOperation, CompiledServer, ConnectionValues } from '../types.ts';
import { toText } from './serialize.ts';

/**
 * Scheme, host and base path for a call: the operation's own server, else what the connection says, else the
 * document's. A relative server is taken relative to the connection's or the document's.
 *
 * @throws ConnectorError CONNECTOR_INVALID_URL when none is known. Connectors whose address a policy makes get `''`.
 */
export function resolveBaseUrl(
  connector: CompiledConnector,
  operation: CompiledOperation,
  values: ConnectionValues,
): string {
  const chosen = textOf(values[SERVER_URL]).replace(/\/+$/, '');
  const servers = operation.servers ?? connector.servers;
  const own = servers.find((server) => isAbsolute(server.url));
  if (own !== undefined && (chosen === '' || operation.servers !== undefined)) return fill(own, values);
  if (chosen !== '') return withRelative(ensureScheme(chosen), servers[0]);
  const root = connector.servers.find((server) => isAbsolute(server.url));
  if (root !== undefined && servers[0] !== undefined) return resolveRelative(fill(root, values), servers[0]);
  if (operation.policies.some((policy) => policy.template.startsWith('dynamic'))) return '';
  throw new ConnectorError(
    'CONNECTOR_INVALID_URL',
    `${connector.title} names no server, and neither does the connection.`,
    {
      fix: `Give the address of the service as '${SERVER_URL}' of the connection.`,
    },
  );
}

function fill(server: CompiledServer, values: ConnectionValues): string {
  const given = Object.keys(server.variables).map((name) => {
    return [name, textOf(values[serverVariable(name)] ?? values[name])] as const;
  });
  return fillServer(server, Object.fromEntries(given));
}

function textOf(value: ConnectionValues[string] | undefined): string {
  return value === undefined || value instanceof Secret ? '' : toText(value).trim();
}

function ensureScheme(url: string): string {
  return /^[a-z][a-z\d+.-]*:\/\//i.test(url) ? url : `https://${url}`;
}

/** `/v2` stands behind the host, `v2` behind the whole address. */
function resolveRelative(base: string, server: CompiledServer): string {
  const path = fillServer(server).replace(/^\.\//, '');
  if (!path.startsWith('/')) return path === '' || path === '.' ? base : `${base}/${path}`;
  return (/^[a-z][a-z\d+.-]*:\/\/[^/]*/i.exec(base)?.[0] ?? base) + path;
}

/** `/v1` of the document, unless the address the person gave ends in it already. */
function withRelative(url: string, server: CompiledServer | undefined): string {
  if (server === undefined || isAbsolute(server.url) || server.url === '') return url;
  const path = fillServer(server).replace(/^\.?\/*/, '/');
  return path === '/' || url.endsWith(path) ? url : url + path;
}
