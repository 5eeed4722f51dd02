import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';

/** `host`, `basePath` and `schemes` of the first server, variables at their defaults. */
export function toHost(servers: Json | undefined): JsonObject {
  const [url] = [servers ?? []]
    .flat()
    .flatMap((server) => (isJsonObject(server) ? [fillVariables(server)] : []));
  if (url === undefined) return {};
  const match = /^([a-z][a-z\d+.-]*):\/\/([^/]*)(\/.*)?$/is.exec(url);
  if (match === null) return { basePath: url };
  const [, scheme = 'https', host = '', basePath] = match;
  return { host, ...(basePath === undefined ? {} : { basePath }), schemes: [scheme.toLowerCase()] };
}

function fillVariables(server: JsonObject): string {
  const variables = isJsonObject(server['variables']) ? server['variables'] : {};
  return String(server['url'] ?? '').replace(/\{([^{}]+)\}/g, (written, name: string) => {
    const variable = variables[name];
    return isJsonObject(variable) ? String(variable['default'] ?? written) : written;
  });
}
