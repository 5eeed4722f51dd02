import { isJsonObject, type JsonObject } from '../../base/index.ts';
import { listOperations } from '../operations.ts';

/** What Swagger has no word for, as our own exports keep it: servers and cookies of an operation, ways to authenticate. */
export const CARRIED_SERVERS = 'x-patchbay-servers';
export const CARRIED_COOKIES = 'x-patchbay-cookies';
export const CARRIED_SCHEME = 'x-patchbay-scheme';

/** Puts it where OpenAPI 3 has it. The document is upgraded already. */
export function readCarried(document: JsonObject): void {
  for (const { operation } of listOperations(document)) {
    const { [CARRIED_SERVERS]: servers, [CARRIED_COOKIES]: cookies } = operation;
    if (Array.isArray(servers)) {
      operation['servers'] ??= servers;
      delete operation[CARRIED_SERVERS];
    }
    if (Array.isArray(cookies)) {
      operation['parameters'] = [operation['parameters'] ?? [], cookies].flat();
      delete operation[CARRIED_COOKIES];
    }
  }
  const { components } = document;
  const schemes = isJsonObject(components) ? components['securitySchemes'] : undefined;
  for (const [name, scheme] of Object.entries(isJsonObject(schemes) ? schemes : {})) {
    if (!isJsonObject(schemes) || !isJsonObject(scheme) || !isJsonObject(scheme[CARRIED_SCHEME])) continue;
    const { description } = scheme;
    schemes[name] = { ...scheme[CARRIED_SCHEME], ...(description === undefined ? {} : { description }) };
  }
}
