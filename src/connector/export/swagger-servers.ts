import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { PARAMETERIZED_HOST, startOf } from '../import/parameterized-host.ts';

/** `host`, `basePath` and `schemes` of the first server, variables at their defaults. */
export function toHost(document: JsonObject): JsonObject {
  const { servers } = document;
  const behind = findBasePath(document);
  if (behind !== undefined) return behind === '' ? {} : { basePath: behind };
  const [url] = [servers ?? []]
    .flat()
    .flatMap((server) => (isJsonObject(server) ? [fillVariables(server)] : []));
  if (url === undefined) return {};
  const match = /^([a-z][a-z\d+.-]*):\/\/([^/]*)(\/.*)?$/is.exec(url);
  if (match === null) return { basePath: url };
  const [, scheme = 'https', host = '', basePath] = match;
  return { host, ...(basePath === undefined ? {} : { basePath }), schemes: [scheme.toLowerCase()] };
}

/** `schemes` of an operation whose only server is the document's, but for the scheme. */
export function readSchemes(servers: Json | undefined, document: JsonObject): JsonObject | undefined {
  const [server, ...others] = Array.isArray(servers) ? servers : [];
  const [shared] = [document['servers'] ?? []].flat();
  if (!isJsonObject(server) || !isJsonObject(shared) || others.length > 0) return undefined;
  const [scheme, url] = splitScheme(server);
  return scheme !== '' && url === splitScheme(shared)[1] ? { schemes: [scheme] } : undefined;
}

function splitScheme({ url }: JsonObject): [string, string] {
  const [, scheme = '', rest = ''] = /^(https?):\/\/(.*)$/i.exec(String(url)) ?? [];
  return [scheme.toLowerCase(), rest];
}

/** What stands behind the address that an extension of the document describes, where the server has that address. */
function findBasePath(document: JsonObject): string | undefined {
  const extension = document[PARAMETERIZED_HOST];
  const template = isJsonObject(extension) ? extension['hostTemplate'] : undefined;
  const [server] = [document['servers'] ?? []].flat();
  if (typeof template !== 'string' || !isJsonObject(server)) return undefined;
  const url = String(server['url'] ?? '');
  const start = startOf(document, template);
  return url.startsWith(start) ? url.slice(start.length) : undefined;
}

function fillVariables(server: JsonObject): string {
  const variables = isJsonObject(server['variables']) ? server['variables'] : {};
  return String(server['url'] ?? '').replace(/\{([^{}]+)\}/g, (written, name: string) => {
    const variable = variables[name];
    return isJsonObject(variable) ? String(variable['default'] ?? written) : written;
  });
}
