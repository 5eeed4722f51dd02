import { isJsonObject, type Json, type JsonObject } from '../../../base/index.ts';
import type { ConnectorDefinition, ConnectorFormat } from '../../definition-types.ts';
import { checkServers } from '../check-servers.ts';
import { type Problems, UnusableInput } from '../problems.ts';
import { buildDocument } from '../requests/build-document.ts';
import { isTag, readItems } from './read-items.ts';
import { readDescription, readText } from './text.ts';

/** Of a tag: the folder that the folder of its name lies in. */
export const PARENT_TAG = 'x-patchbay-parent';

function isItem(item: Json): boolean {
  return isJsonObject(item) && (item['request'] !== undefined || Array.isArray(item['item']));
}

export interface FoundCollection {
  readonly collection: JsonObject;
  /** Where it stands in the file. */
  readonly pointer: string;
}

/** The collection in what was read, which Postman's own API wraps; `undefined` when it is none. */
export function findCollection(value: Json): FoundCollection | undefined {
  if (!isJsonObject(value)) return undefined;
  const isWrapped = isJsonObject(value['collection']);
  const collection = isJsonObject(value['collection']) ? value['collection'] : value;
  const items = collection['item'];
  if (!Array.isArray(items)) return undefined;
  // Some lose the title page on the way.
  const isKnown = isJsonObject(collection['info']) || items.some(isItem);
  if (!isKnown) return undefined;
  return { collection, pointer: isWrapped ? '/collection' : '' };
}

/**
 * Makes a definition of a Postman collection 2.0 or 2.1. Folders become tags, requests operations; several requests
 * of one method and path, and the requests kept with saved answers, are samples of one operation.
 *
 * @throws UnusableInput when there is nothing to call.
 */
export function importPostman(
  name: string,
  { collection, pointer }: FoundCollection,
  problems: Problems,
  onFormat: (format: ConnectorFormat) => void,
): ConnectorDefinition {
  const info = isJsonObject(collection['info']) ? collection['info'] : {};
  const format = /v2\.0/.test(readText(info['schema'])) ? 'postman-2.0' : 'postman-2.1';
  onFormat(format);
  const requests = readItems(collection, pointer, problems);
  if (requests.length === 0) {
    const message = `${name} is a Postman collection without requests.`;
    throw new UnusableInput('CONNECTOR_NO_OPERATIONS', message, { pointer: `${pointer}/item` });
  }
  const openapi = buildDocument({
    title: readText(info['name']) || name,
    description: readDescription(info['description']),
    version: readVersion(info['version']),
    requests,
    keepsExamples: true,
  });
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

/** A tag for each folder of the collection, and for those inside that describe themselves. */
function readTags(collection: JsonObject): JsonObject[] {
  const tags = new Map<string, JsonObject>();
  const walk = (owner: JsonObject, parent: string | undefined, depth: number): void => {
    if (!Array.isArray(owner['item']) || depth > 100) return;
    for (const folder of owner['item']) {
      if (!isJsonObject(folder) || !Array.isArray(folder['item'])) continue;
      const name = readText(folder['name']).trim();
      const description = readDescription(folder['description']);
      if (isTag(name) && (parent === undefined || description !== '')) note(name, description, parent);
      walk(folder, isTag(name) ? name : parent, depth + 1);
    }
  };
  const note = (name: string, description: string, parent: string | undefined): void => {
    const known = tags.get(name);
    if (known !== undefined && (known['description'] !== undefined || description === '')) return;
    tags.set(name, {
      name,
      ...(description === '' ? {} : { description }),
      ...(parent === undefined || known !== undefined ? {} : { [PARENT_TAG]: parent }),
    });
  };
  walk(collection, undefined, 0);
  return [...tags.values()];
}
