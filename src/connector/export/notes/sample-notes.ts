import { equalJson, isJsonObject, type Json, type JsonObject, joinPointer } from '../../../base/index.ts';
import { resolveReference } from '../../../schema/index.ts';
import type { ConnectorDefinition } from '../../definition-types.ts';
import { findCollection, importPostman } from '../../import/postman/import-postman.ts';
import { Problems } from '../../import/problems.ts';
import { listOperations } from '../../operations.ts';
import { toPostman } from '../postman/to-postman.ts';
import type { Notes } from './notes.ts';
import { visitDocument } from './visit-document.ts';

/** What a collection cannot say. One that came from a collection is imported again to see. */
export function notePostman(definition: ConnectorDefinition, notes: Notes): void {
  if (definition.source.format.startsWith('postman')) return noteDifferences(definition, notes);
  const { openapi } = definition;
  const schemas =
    'Postman has samples instead of schemas: types, limits and what is required show in them only in part.';
  notes.add('EXPORT_SCHEMAS_AS_SAMPLES', '', schemas);
  noteSent(openapi, 'Postman', notes);
  noteExtensions(openapi, notes);
  noteServers(openapi, notes);
  noteSecurity(openapi, notes);
  noteOperations(openapi, notes);
}

/** What a client in TypeScript cannot say. */
export function noteClient({ openapi }: ConnectorDefinition, notes: Notes): void {
  const constraints = 'Types say nothing of lengths, bounds, patterns and formats: the service checks them.';
  notes.add('EXPORT_CONSTRAINTS_LEFT_OUT', '', constraints);
  noteSent(openapi, 'The client', notes);
  noteExtensions(openapi, notes);
}

function noteDifferences(definition: ConnectorDefinition, notes: Notes): void {
  const name = definition.source.fileName ?? 'collection';
  const found = findCollection(toPostman(definition));
  if (found === undefined) return;
  const again = importPostman(name, found, new Problems(), () => {});
  walkDifferences(definition.openapi, again.openapi, '', notes);
}

function walkDifferences(a: Json | undefined, b: Json | undefined, pointer: string, notes: Notes): void {
  if (equalJson(a, b)) return;
  if (isJsonObject(a) && isJsonObject(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
      walkDifferences(a[key], b[key], joinPointer(pointer, key), notes);
    return;
  }
  const isLeftOut = b === undefined;
  const message = isLeftOut
    ? 'A Postman collection has no place for this; it is left out.'
    : 'A Postman collection cannot say this exactly: importing it again gives something else here.';
  notes.add('EXPORT_CHANGED', pointer, message);
}

/** What the service sends on its own. */
function noteSent(openapi: JsonObject, who: string, notes: Notes): void {
  const { webhooks } = openapi;
  const count = isJsonObject(webhooks) ? Object.keys(webhooks).length : 0;
  if (count > 0) {
    const message = `${who} calls the service and is not called: the ${count} webhooks are left out.`;
    notes.add('EXPORT_MESSAGES_LEFT_OUT', '/webhooks', message);
  }
  for (const { operation, pointer, path, method } of listOperations(openapi)) {
    const called = `${method.toUpperCase()} ${path}`;
    if (!isJsonObject(operation['callbacks'])) continue;
    const at = joinPointer(pointer, 'callbacks');
    notes.add('EXPORT_MESSAGES_LEFT_OUT', at, `The callbacks of ${called} are left out.`);
  }
}

/** Once per name: most documents have hundreds of each. */
function noteExtensions(openapi: JsonObject, notes: Notes): void {
  const places = new Map<string, string>();
  visitDocument(openapi, (node, place, pointer) => {
    if (place.isNameMap || place.names > 0) return;
    for (const key of Object.keys(node))
      if (/^x-(?:ms|patchbay)-/.test(key) && !places.has(key)) places.set(key, joinPointer(pointer, key));
  });
  for (const [key, pointer] of places)
    notes.add(
      'EXPORT_EXTENSIONS_LEFT_OUT',
      pointer,
      `'${key}' has no effect there and is left out, here and elsewhere.`,
    );
}

function noteServers(openapi: JsonObject, notes: Notes): void {
  const { servers } = openapi;
  if (!Array.isArray(servers) || servers.length < 2) return;
  const message = `Of the ${servers.length} servers the first is the value of the variable 'baseUrl'.`;
  notes.add('EXPORT_SERVERS_LEFT_OUT', '/servers/1', message);
}

function noteSecurity(openapi: JsonObject, notes: Notes): void {
  const { components, security } = openapi;
  const schemes = isJsonObject(components) ? components['securitySchemes'] : undefined;
  for (const [name, scheme] of Object.entries(isJsonObject(schemes) ? schemes : {})) {
    if (!isJsonObject(scheme)) continue;
    const pointer = joinPointer('/components/securitySchemes', name);
    if (scheme['type'] === 'openIdConnect' || scheme['type'] === 'mutualTLS') {
      const message = `Postman's collections have no word for ${scheme['type']}; '${name}' is left out.`;
      notes.add('EXPORT_SECURITY_LEFT_OUT', pointer, message);
    }
    const flows = isJsonObject(scheme['flows']) ? Object.keys(scheme['flows']) : [];
    if (flows.length < 2) continue;
    notes.add(
      'EXPORT_SECURITY_CHANGED',
      pointer,
      `Of the flows ${flows.join(', ')} of '${name}' one is kept.`,
    );
  }
  if (Array.isArray(security) && security.length > 1) {
    const message = `Of the ${security.length} ways to authenticate the first is kept.`;
    notes.add('EXPORT_SECURITY_CHANGED', '/security', message);
  }
}

function noteOperations(openapi: JsonObject, notes: Notes): void {
  for (const { operation, pointer, path, method } of listOperations(openapi)) {
    const called = `${method.toUpperCase()} ${path}`;
    const body = resolveReference(operation['requestBody'], openapi);
    const types = isJsonObject(body) && isJsonObject(body['content']) ? Object.keys(body['content']) : [];
    if (types.length > 1) {
      const message = `Of the media types ${types.join(', ')} of the body of ${called} one is shown.`;
      notes.add('EXPORT_MEDIA_TYPES_MERGED', joinPointer(pointer, 'requestBody'), message);
    }
  }
}
