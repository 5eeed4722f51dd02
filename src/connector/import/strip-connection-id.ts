import { isJsonObject, type JsonObject } from '../../base/index.ts';

const PREFIX = /^\/\{connectionId\}(?=\/|$)/;

/**
 * Takes the runtime's own parameter out of the paths, in place: definitions downloaded from the Power Platform
 * begin every path with `/{connectionId}`, which names the connection and is no part of the service's address.
 */
export function stripConnectionId(document: JsonObject): void {
  const { paths } = document;
  if (!isJsonObject(paths) || !Object.keys(paths).some((path) => PREFIX.test(path))) return;
  const stripped = Object.entries(paths).map(([path, item]) => {
    if (!PREFIX.test(path) || !isJsonObject(item)) return [path, item] as const;
    for (const owner of [item, ...Object.values(item)]) if (isJsonObject(owner)) dropParameter(owner);
    return [path.replace(PREFIX, '') || '/', item] as const;
  });
  document['paths'] = Object.fromEntries(stripped);
}

function dropParameter(owner: JsonObject): void {
  const { parameters } = owner;
  if (!Array.isArray(parameters)) return;
  owner['parameters'] = parameters.filter((one) => !(isJsonObject(one) && one['name'] === 'connectionId'));
}
