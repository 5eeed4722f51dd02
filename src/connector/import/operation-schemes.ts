import { isJsonObject, type JsonObject, joinPointer } from '../../base/index.ts';
import { listOperations } from '../operations.ts';
import { preferHttps } from './prepare-swagger.ts';
import type { Problems } from './problems.ts';

const ORIGIN = /^(https?)(:\/\/[^/]+)/i;

/**
 * What a Swagger operation says of its own `schemes` becomes a server of its own where it differs from the document's.
 * The document is upgraded already.
 */
export function readOperationSchemes(document: JsonObject, problems: Problems): void {
  const [server] = [document['servers'] ?? []].flat();
  const url = isJsonObject(server) ? String(server['url'] ?? '') : '';
  const written = ORIGIN.exec(url)?.[1]?.toLowerCase();
  for (const { operation, pointer, method, path } of listOperations(document)) {
    const { schemes } = operation;
    if (schemes === undefined) continue;
    delete operation['schemes'];
    const names = [schemes].flat().filter((one) => /^https?$/i.test(String(one)));
    const [scheme] = [preferHttps(names)].flat();
    if (names.length === 0 || scheme === written) continue;
    if (written === undefined) {
      const message = `${method.toUpperCase()} ${path} has schemes of its own, but the document names no host; the connection's address counts.`;
      problems.add('CONNECTOR_HOST', message, { pointer: joinPointer(pointer, 'schemes') });
    } else {
      operation['servers'] = [
        { ...(isJsonObject(server) ? server : {}), url: url.replace(ORIGIN, `${scheme}$2`) },
      ];
    }
  }
}
