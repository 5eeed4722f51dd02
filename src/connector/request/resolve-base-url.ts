import { Secret } from '../../base/index.ts';
import { fillServer, isAbsolute } from '../compile/compile-servers.ts';
import { SERVER_URL, serverVariable } from '../compile/server-parameters.ts';
import { ConnectorError } from '../errors.ts';
import { findTokenField } from '../oauth/token-fields.ts';
import type { ConnectionValues, RequestContext } from '../request-types.ts';
import type { CompiledServer } from '../types.ts';
import { findInstance, moveToInstance } from './move-to-instance.ts';
import { toText } from './serialize.ts';

/**
 * Scheme, host and base path for a call: the operation's own server, else what the connection says, else the
 * document's. A relative server is taken relative to the connection's or the document's. A provider whose tokens are
 * good on one server only has the last word.
 *
 * @throws ConnectorError CONNECTOR_INVALID_URL when none is known. Connectors whose address a policy makes get `''`.
 */
export function resolveBaseUrl(context: RequestContext): string {
  const { connector, operation, values, method } = context;
  const written = chooseServer(context);
  if (written !== undefined) return moveToInstance(written, method, values);
  const [relative] = operation.servers ?? connector.servers;
  const instance = findInstance(method, values);
  if (instance !== undefined) return withRelative(instance, relative);
  if (operation.policies.some((policy) => policy.template.startsWith('dynamic'))) return '';
  throw new ConnectorError(
    'CONNECTOR_INVALID_URL',
    `${connector.title} names no server, and neither does the connection.`,
    {
      fix: `Give the address of the service as '${SERVER_URL}' of the connection.`,
    },
  );
}

/** Undefined when neither the document nor the connection names one. */
function chooseServer({ connector, operation, values, method }: RequestContext): string | undefined {
  const chosen = textOf(values[SERVER_URL]).replace(/\/+$/, '');
  const servers = operation.servers ?? connector.servers;
  // One of several that the connection chose: what it leaves open is filled in, as in any other.
  const named = connector.servers.find((server) => server.url === chosen && isAbsolute(server.url));
  if (named !== undefined && operation.servers === undefined) return fill(named, values, method);
  const own = servers.find((server) => isAbsolute(server.url));
  if (own !== undefined && (chosen === '' || operation.servers !== undefined))
    return fill(own, values, method);
  if (named !== undefined && servers[0] !== undefined)
    return resolveRelative(fill(named, values, method), servers[0]);
  if (chosen !== '') return withRelative(ensureScheme(chosen), servers[0]);
  const root = connector.servers.find((server) => isAbsolute(server.url));
  if (root !== undefined && servers[0] !== undefined)
    return resolveRelative(fill(root, values, method), servers[0]);
  return undefined;
}

/** A variable is what the connection says, else what the token answer says under its name (`{instance_url}`). */
function fill(server: CompiledServer, values: ConnectionValues, method: RequestContext['method']): string {
  const given = Object.keys(server.variables).map((name) => {
    const value = values[serverVariable(name)] ?? values[name] ?? findTokenField(method, values, name);
    return [name, textOf(value)] as const;
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
