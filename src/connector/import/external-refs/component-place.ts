import type { JsonObject } from '../../../base/index.ts';

export type PlaceKind =
  | 'schemas'
  | 'parameters'
  | 'responses'
  | 'requestBodies'
  | 'headers'
  | 'examples'
  | 'links'
  | 'callbacks'
  | 'securitySchemes';

const MAPS = new Set(['responses', 'headers', 'examples', 'links', 'callbacks', 'securitySchemes']);

/** Sections of a document, which a file may hold as a whole. */
const SECTIONS = new Set([
  'components',
  'definitions',
  'info',
  'paths',
  'properties',
  'securityDefinitions',
  'servers',
  'tags',
  'webhooks',
  'x-webhooks',
]);

/**
 * What a reference at this path stands for, by where it is: a part that can be named, or (`inline`) something that
 * only exists where it stands, such as a path.
 */
export function placeOf(path: readonly (string | number)[]): PlaceKind | 'inline' {
  const [root, , kind] = path;
  const last = path.at(-1);
  const parent = path.at(-2);
  if (isInline(path)) return 'inline';
  if (root === 'components' && path.length <= 3) return path.length === 3 ? toKind(path[1]) : 'inline';
  if ((root === 'paths' || root === 'webhooks') && path.length === 3 && kind !== undefined) return 'inline';
  if (parent === 'parameters') return 'parameters';
  if (last === 'requestBody') return 'requestBodies';
  if (typeof parent === 'string' && MAPS.has(parent) && !isPropertyName(path)) return toKind(parent);
  return 'schemas';
}

function isInline(path: readonly (string | number)[]): boolean {
  const [root] = path;
  const last = path.at(-1);
  if (path.length === 1)
    return typeof root === 'string' && (SECTIONS.has(root) || root === 'parameters' || root === 'responses');
  if (path.length === 2 && (root === 'paths' || root === 'webhooks' || root === 'components')) return true;
  if (path.at(-3) === 'callbacks' && !isPropertyName(path.slice(0, -1))) return true;
  const isSection =
    last === 'properties' || last === 'parameters' || last === 'responses' || last === 'content';
  return isSection && !isPropertyName(path);
}

/** Whether the last segment is the name of a property, which may be anything. */
function isPropertyName(path: readonly (string | number)[]): boolean {
  const parent = path.at(-2);
  return parent === 'properties' && path.at(-3) !== 'properties';
}

function toKind(name: string | number | undefined): PlaceKind {
  return (
    name === 'requestBodies' || name === 'parameters' || MAPS.has(String(name)) ? name : 'schemas'
  ) as PlaceKind;
}

/** Where parts of a kind stand in a document. */
export function componentsFor(kind: PlaceKind, document: JsonObject): string[] {
  const isSwagger = document['swagger'] !== undefined;
  if (!isSwagger) return ['components', kind];
  return [kind === 'schemas' ? 'definitions' : kind === 'securitySchemes' ? 'securityDefinitions' : kind];
}
