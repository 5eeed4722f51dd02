import { isJsonObject, type Json, type JsonObject, setOwn } from '../../base/index.ts';

/**
 * Where a node stands in an OpenAPI document. The rules are those by which the importers' upgrader tells schemas
 * from other objects, names from keywords and data from description: a downgrade undoes what an upgrade did only
 * when both agree on that.
 */
export interface Place {
  readonly key: string;
  readonly parent: Place | undefined;
  readonly depth: number;
  /** A schema, or inside one. */
  readonly inSchema: boolean;
  /** The keys of this node are names of schemas, not keywords. */
  readonly isNameMap: boolean;
  /** An `examples` map, or inside one. */
  readonly inExamples: boolean;
  /** Inside an extension of a schema. */
  readonly inExtension: boolean;
  /** The key is the name of a response, parameter or header. */
  readonly isObjectName: boolean;
  /** How many of the next keys are names somebody chose. */
  readonly names: number;
}

const ROOT: Place = {
  key: '',
  parent: undefined,
  depth: 0,
  inSchema: false,
  isNameMap: false,
  inExamples: false,
  inExtension: false,
  isObjectName: false,
  names: 0,
};

const SCHEMA_KEYS = new Set([
  'additionalProperties',
  'allOf',
  'anyOf',
  'items',
  'not',
  'oneOf',
  'properties',
  'schema',
  'schemas',
]);
/** Members whose keys are names: of paths, media types, statuses … */
const NAMED = new Set([
  'content',
  'encoding',
  'examples',
  'headers',
  'links',
  'parameters',
  'pathItems',
  'paths',
  'requestBodies',
  'responses',
  'scopes',
  'securitySchemes',
  'variables',
  'webhooks',
]);
const SCHEMA_MAPS = new Set(['$defs', 'definitions', 'patternProperties', 'properties']);
const DATA = new Set(['const', 'default', 'enum', 'example']);

function enter(parent: Place, key: string): Place {
  const isObjectName = namesObject(parent);
  const isNamed = parent.names > 0;
  return {
    key,
    parent,
    depth: parent.depth + 1,
    inSchema: parent.inSchema || (!isNamed && (SCHEMA_KEYS.has(key) || key.endsWith('Schema'))),
    isNameMap: !isObjectName && mapsNames(parent, key),
    inExamples: parent.inExamples || (key === 'examples' && parent.depth > 0 && !parent.isNameMap),
    inExtension: parent.inExtension || (key.startsWith('x-') && parent.inSchema && !parent.isNameMap),
    isObjectName,
    names: isNamed ? parent.names - 1 : key === 'callbacks' ? 2 : NAMED.has(key) ? 1 : 0,
  };
}

function namesObject(parent: Place): boolean {
  const { key, depth } = parent;
  const isShared = key === 'responses' || key === 'parameters';
  if (isShared && (depth === 1 || (depth === 2 && parent.parent?.key === 'components'))) return true;
  return key === 'headers' && !parent.isObjectName && parent.parent?.isNameMap !== true;
}

function mapsNames(parent: Place, key: string): boolean {
  if (key === 'schemas' && parent.key === 'components') return true;
  return SCHEMA_MAPS.has(key) && !parent.isNameMap;
}

/** Whether what stands there is somebody's data and not description. */
function isData(place: Place): boolean {
  const { key, parent, isObjectName } = place;
  if (isObjectName || parent === undefined) return false;
  if (key === 'value') return parent.parent?.key === 'examples' && parent.parent.parent?.isNameMap !== true;
  if (!DATA.has(key) || parent.isNameMap) return false;
  return !(key === 'default' && parent.key === 'responses' && parent.parent?.isNameMap !== true);
}

/** What is to stand in a node's place; the walk goes on in what is returned. */
export type Rewrite = (node: JsonObject, place: Place) => JsonObject;

/** Copies a document, each object replaced by what `rewrite` makes of it, from the outside in. Data is shared. */
export function rewriteDocument(document: JsonObject, rewrite: Rewrite): JsonObject {
  return rewriteNode(document, ROOT, rewrite);
}

function rewriteNode(node: JsonObject, place: Place, rewrite: Rewrite): JsonObject {
  const copy: JsonObject = {};
  for (const [key, member] of Object.entries(rewrite(node, place))) {
    setOwn(copy, key, rewriteMember(member, enter(place, key), rewrite));
  }
  return copy;
}

function rewriteMember(member: Json, place: Place, rewrite: Rewrite): Json {
  if (typeof member !== 'object' || member === null || isData(place)) return member;
  if (isJsonObject(member)) return rewriteNode(member, place, rewrite);
  return member.map((item, index) => {
    return isJsonObject(item) ? rewriteNode(item, enter(place, String(index)), rewrite) : item;
  });
}
