import { isJsonObject, type Json, type JsonObject } from '../../../base/index.ts';
import type { ConnectorDefinition, ConnectorFormat } from '../../types.ts';
import { checkServers } from '../check-servers.ts';
import { type Problems, UnusableInput } from '../problems.ts';
import { buildDocument } from '../requests/build-document.ts';
import type { NotedCredential, NotedRequest } from '../requests/types.ts';
import { readAuth } from './read-auth.ts';
import { readRequest } from './read-request.ts';
import { readResponse } from './read-response.ts';
import { readDescription, readText } from './text.ts';
import { Variables } from './variables.ts';

/** The collection in what was read, which Postman's own API wraps; `undefined` when it is none. */
export function findCollection(value: Json): JsonObject | undefined {
  if (!isJsonObject(value)) return undefined;
  const collection = isJsonObject(value['collection']) ? value['collection'] : value;
  return isJsonObject(collection['info']) && Array.isArray(collection['item']) ? collection : undefined;
}

/**
 * Makes a definition of a Postman collection 2.0 or 2.1. Folders become tags, requests operations; several requests
 * of one method and path, and the requests kept with saved answers, are samples of one operation.
 *
 * @throws UnusableInput when there is nothing to call.
 */
export function importPostman(
  name: string,
  collection: JsonObject,
  problems: Problems,
  onFormat: (format: ConnectorFormat) => void,
): ConnectorDefinition {
  const info = isJsonObject(collection['info']) ? collection['info'] : {};
  const format = /v2\.0/.test(readText(info['schema'])) ? 'postman-2.0' : 'postman-2.1';
  onFormat(format);
  const requests = readItems(collection, problems);
  if (requests.length === 0) {
    const message = `${name} is a Postman collection without requests.`;
    throw new UnusableInput('CONNECTOR_NO_OPERATIONS', message, { pointer: '/item' });
  }
  const openapi = buildDocument(
    {
      title: readText(info['name']) || name,
      description: readDescription(info['description']),
      version: readVersion(info['version']),
      requests,
      keepsExamples: true,
    },
    problems,
  );
  const tags = readTags(collection);
  if (tags.length > 0) openapi['tags'] = tags;
  checkServers(openapi, problems);
  return { openapi, properties: {}, source: { format, fileName: name }, files: {} };
}

function readVersion(written: Json | undefined): string {
  if (isJsonObject(written))
    return ['major', 'minor', 'patch'].map((part) => readText(written[part]) || '0').join('.');
  return readText(written) || '1';
}

interface Folder {
  readonly tags: readonly string[];
  readonly variables: Variables;
  readonly credentials: readonly NotedCredential[] | undefined;
}

function readItems(collection: JsonObject, problems: Problems): NotedRequest[] {
  const variables = new Variables().with(collection['variable']);
  const credentials = readAuth(collection['auth'], variables, problems);
  const requests: NotedRequest[] = [];
  walk(collection, { tags: [], variables, credentials }, 0);
  return requests;

  function walk(owner: JsonObject, folder: Folder, depth: number): void {
    if (!Array.isArray(owner['item']) || depth > 100) return;
    for (const item of owner['item'].filter(isJsonObject)) {
      const name = readText(item['name']).trim();
      if (item['request'] !== undefined) requests.push(...readItem(name, item, folder, problems));
      else walk(item, enterFolder(name, item, folder, problems), depth + 1);
    }
  }
}

function enterFolder(name: string, item: JsonObject, folder: Folder, problems: Problems): Folder {
  const variables = folder.variables.with(item['variable']);
  return {
    // Collections made from API descriptions have a folder for each segment of a path.
    tags: name === '' || /^[/{:]/.test(name) ? folder.tags : [...folder.tags, name],
    variables,
    credentials: readAuth(item['auth'], variables, problems) ?? folder.credentials,
  };
}

function readItem(name: string, item: JsonObject, folder: Folder, problems: Problems): NotedRequest[] {
  const { request: written } = item;
  const variables = folder.variables.with(item['variable']);
  const own = isJsonObject(written) ? readAuth(written['auth'], variables, problems) : undefined;
  const around = { name, tags: folder.tags, variables, credentials: own ?? folder.credentials };
  const request = readRequest(written, around);
  if (request === undefined) {
    problems.add(
      'CONNECTOR_REQUEST_LEFT_OUT',
      `The request '${name}' has no address or no known method; it is left out.`,
    );
    return [];
  }
  const description = request.description || readDescription(item['description']);
  const saved = Array.isArray(item['response']) ? item['response'].filter(isJsonObject) : [];
  const samples = saved.flatMap((one) => readSample(one, request, around));
  return [{ ...request, description, responses: saved.map(readResponse) }, ...samples];
}

/** The request a saved answer belongs to, where its body shows more than the request's own. */
function readSample(
  response: JsonObject,
  request: NotedRequest,
  around: Parameters<typeof readRequest>[1],
): NotedRequest[] {
  const sample = readRequest(response['originalRequest'], around);
  if (sample?.body === undefined || sample.method !== request.method || sample.path !== request.path)
    return [];
  return [{ ...sample, server: request.server, description: '', credentials: request.credentials }];
}

function readTags(collection: JsonObject): JsonObject[] {
  const folders = Array.isArray(collection['item']) ? collection['item'].filter(isJsonObject) : [];
  return folders.flatMap((folder) => {
    const name = readText(folder['name']).trim();
    if (!Array.isArray(folder['item']) || name === '' || /^[/{:]/.test(name)) return [];
    const description = readDescription(folder['description']);
    return [{ name, ...(description === '' ? {} : { description }) }];
  });
}
