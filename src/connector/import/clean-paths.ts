import { isJsonObject, type Json, type JsonObject, joinPointer } from '../../base/index.ts';
import { resolveReference } from '../../schema/index.ts';
import { isMethod } from '../operations.ts';
import type { Problems } from './problems.ts';

/** What a path item may have beside methods and extensions, and what it must be. */
const PATH_MEMBERS: Readonly<Record<string, (value: Json) => boolean>> = {
  $ref: (value) => typeof value === 'string',
  description: (value) => typeof value === 'string',
  parameters: Array.isArray,
  servers: Array.isArray,
  summary: (value) => typeof value === 'string',
};

const LOCATIONS = new Set<Json | undefined>([
  'body',
  'cookie',
  'formData',
  'header',
  'path',
  'query',
  'querystring',
]);

/**
 * Leaves out of the paths, in place, what is not what must stand there, so that later steps need not ask: path
 * items, operations, responses are objects; parameters are lists of objects with a name and a place.
 */
export function cleanPaths(document: JsonObject, problems: Problems): void {
  joinExtendedPaths(document);
  const paths = isJsonObject(document['paths']) ? document['paths'] : {};
  const cleaned = new Map<string, JsonObject>();
  for (const [path, item] of Object.entries(paths)) {
    const pointer = joinPointer('/paths', path);
    if (path.startsWith('x-')) continue;
    if (!isJsonObject(item)) {
      problems.add('CONNECTOR_MALFORMED', `The path '${path}' is no object; it is left out.`, { pointer });
      continue;
    }
    cleanPathItem(document, item, pointer, problems);
    const name = withSlash(path, pointer, problems);
    // `pets` beside `/pets` is one path: what both describe is as the right name has it.
    const same = cleaned.get(name);
    cleaned.set(
      name,
      same === undefined ? item : name === path ? { ...same, ...item } : { ...item, ...same },
    );
  }
  document['paths'] = Object.fromEntries(cleaned);
}

/** Paths that differ in their query only stand in an extension of AutoRest; here such paths are paths. */
function joinExtendedPaths(document: JsonObject): void {
  const { paths, 'x-ms-paths': extended } = document;
  if (!isJsonObject(extended)) return;
  delete document['x-ms-paths'];
  document['paths'] = { ...extended, ...(isJsonObject(paths) ? paths : {}) };
}

function withSlash(path: string, pointer: string, problems: Problems): string {
  if (path.startsWith('/')) return path;
  problems.add('CONNECTOR_PATH_SLASH', `The path '${path}' is read as '/${path}'.`, { pointer });
  return `/${path}`;
}

const ANY_METHOD = 'x-amazon-apigateway-any-method';

/** A route of Amazon's API gateway for every method is an operation for each that is not described itself. */
function expandAnyMethod(item: JsonObject, pointer: string, problems: Problems): void {
  const any = item[ANY_METHOD];
  if (!isJsonObject(any)) return;
  delete item[ANY_METHOD];
  const methods = ['get', 'post', 'put', 'patch', 'delete'].filter((method) => item[method] === undefined);
  for (const method of methods) {
    const { operationId, ...operation } = structuredClone(any);
    item[method] =
      typeof operationId === 'string' ? { ...operation, operationId: `${operationId}_${method}` } : operation;
  }
  const message = `A route for any method is read as ${methods.join(', ').toUpperCase()}.`;
  problems.add('CONNECTOR_INVALID_EXTENSION', message, { pointer: joinPointer(pointer, ANY_METHOD) });
}

function cleanPathItem(document: JsonObject, item: JsonObject, pointer: string, problems: Problems): void {
  expandAnyMethod(item, pointer, problems);
  for (const [key, value] of Object.entries(item)) {
    const lower = key.toLowerCase();
    if (!isPathMember(key, value)) delete item[key];
    else if (key.startsWith('x-') && isJsonObject(value)) {
      // The upgrader takes every member for an operation; these two would trip it, and mean nothing here.
      delete value['parameters'];
      delete value['responses'];
    } else if (isMethod(lower) && isJsonObject(value)) {
      cleanOperation(document, value, joinPointer(pointer, key), problems);
      if (lower === key || item[lower] !== undefined) continue;
      delete item[key];
      item[lower] = value;
    }
  }
  cleanParameters(document, item, pointer, problems);
}

function isPathMember(key: string, value: Json): boolean {
  if (isMethod(key.toLowerCase())) return isJsonObject(value);
  if (key.startsWith('x-')) return value !== null;
  return Object.hasOwn(PATH_MEMBERS, key) && PATH_MEMBERS[key]?.(value) === true;
}

function cleanOperation(
  document: JsonObject,
  operation: JsonObject,
  pointer: string,
  problems: Problems,
): void {
  cleanParameters(document, operation, pointer, problems);
  const { responses } = operation;
  if (responses === undefined) return;
  if (!isJsonObject(responses)) {
    problems.add('CONNECTOR_MALFORMED', 'The responses are no object; they are left out.', {
      pointer: joinPointer(pointer, 'responses'),
    });
    delete operation['responses'];
    return;
  }
  for (const [status, response] of Object.entries(responses))
    if (!isJsonObject(response)) delete responses[status];
}

function cleanParameters(document: JsonObject, owner: JsonObject, pointer: string, problems: Problems): void {
  const { parameters } = owner;
  if (parameters === undefined) return;
  const list = Array.isArray(parameters) ? parameters : [];
  owner['parameters'] = list.filter((written, index) => {
    const parameter = resolveReference(written, document);
    if (parameter === undefined) return false; // a dangling reference has its own warning
    if (isJsonObject(parameter) && isNonEmpty(parameter['name']) && LOCATIONS.has(parameter['in']))
      return true;
    problems.add(
      'CONNECTOR_MALFORMED',
      "A parameter needs a 'name' and an 'in' that exists; it is left out.",
      {
        pointer: joinPointer(pointer, 'parameters', index),
      },
    );
    return false;
  });
}

function isNonEmpty(value: Json | undefined): boolean {
  return typeof value === 'string' && value !== '';
}
