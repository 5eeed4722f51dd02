import type { JsonObject } from '../../base/index.ts';
import { compileServers } from '../compile/compile-servers.ts';
import { listOperations } from '../operations.ts';
import type { Problems } from './problems.ts';

/**
 * Warns when the document does not say where the service is, or says it is to be called without encryption.
 * `pointer`: where that stands in the document as it was written.
 */
export function checkServers(document: JsonObject, problems: Problems, pointer = '/servers/0/url'): void {
  const [url] = compileServers(document['servers']).map((server) => server.url);
  const isLocal = /^http:\/\/(?:localhost|127\.|\[::1\])/.test(url ?? '');
  if (url !== undefined && /^http:\/\//i.test(url) && !isLocal) {
    problems.add('CONNECTOR_INSECURE_SERVER', `The service is called without encryption, at ${url}.`, {
      pointer,
    });
  }
  if (url !== undefined && /^[a-z][a-z\d+.-]*:\/\/|^\{/i.test(url)) return;
  if (hasServersOfItsOwn(document)) return;
  const message = 'The document names no host; the connection asks for the address of the service.';
  problems.add('CONNECTOR_NO_SERVER', message, { pointer: '' });
}

function hasServersOfItsOwn(document: JsonObject): boolean {
  for (const { operation, pathItem } of listOperations(document)) {
    return Array.isArray(operation['servers'] ?? pathItem['servers']);
  }
  return true; // nothing to call, hence nowhere
}
