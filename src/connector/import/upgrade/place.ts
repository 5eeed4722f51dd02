/**
 * What the way to a value in an OpenAPI 3.0 document says of it. Words like `example`, `properties` or `default` are
 * keywords in one place and names that somebody chose in another; the rules are those of OpenAPI 3.0.3, section 4.7.
 */
export interface Place {
  readonly key: string;
  readonly parent: Place | undefined;
  readonly depth: number;
  /** A name under `responses`, `parameters` or `headers`. */
  readonly isObjectName: boolean;
  /** Its members are schemas under names: `properties`, `components/schemas`. */
  readonly isSchemaMap: boolean;
  /** Data, not description: samples, defaults, allowed values, and all below them. */
  readonly isData: boolean;
  readonly isInExamples: boolean;
  readonly isInSchema: boolean;
  /** Below an extension of a schema. */
  readonly isInExtension: boolean;
  /** How many more levels below are names: `paths/{name}`, `callbacks/{name}/{expression}`. */
  readonly nameLevels: number;
}

const SCHEMA_MAPS = new Set(['properties', 'patternProperties', '$defs', 'definitions']);
const DATA = new Set(['example', 'default', 'const', 'enum']);
const SCHEMA_KEYWORDS = new Set([
  ...['properties', 'items', 'allOf', 'anyOf', 'oneOf', 'not', 'additionalProperties', 'schema', 'schemas'],
]);
const NAME_MAPS = new Set([
  ...['paths', 'webhooks', 'responses', 'content', 'headers', 'examples', 'links', 'encoding', 'variables'],
  ...['parameters', 'requestBodies', 'securitySchemes', 'pathItems', 'scopes'],
]);

export const ROOT: Place = {
  key: '',
  parent: undefined,
  depth: 0,
  isObjectName: false,
  isSchemaMap: false,
  isData: false,
  isInExamples: false,
  isInSchema: false,
  isInExtension: false,
  nameLevels: 0,
};

export function enter(parent: Place, key: string): Place {
  const isObjectName = isNameOfObject(parent, key);
  const isSchemaMap =
    !isObjectName &&
    ((key === 'schemas' && parent.key === 'components') || (SCHEMA_MAPS.has(key) && !parent.isSchemaMap));
  const isName = parent.nameLevels > 0;
  const isKeyword = !isName && (SCHEMA_KEYWORDS.has(key) || key.endsWith('Schema'));
  return {
    key,
    parent,
    depth: parent.depth + 1,
    isObjectName,
    isSchemaMap,
    isData: parent.isData || (!isObjectName && isDataKey(parent, key)),
    isInExamples: parent.isInExamples || (key === 'examples' && parent.depth > 0 && !parent.isSchemaMap),
    isInSchema: parent.isInSchema || isKeyword,
    isInExtension: parent.isInExtension || (parent.isInSchema && !parent.isSchemaMap && key.startsWith('x-')),
    nameLevels: isName ? parent.nameLevels - 1 : key === 'callbacks' ? 2 : NAME_MAPS.has(key) ? 1 : 0,
  };
}

function isNameOfObject(parent: Place, key: string): boolean {
  const isMap = parent.key === 'responses' || parent.key === 'parameters';
  if (isMap && (parent.depth === 1 || (parent.depth === 2 && parent.parent?.key === 'components')))
    return key !== '';
  // A header map that is itself a name, or a schema's property of that name, is none.
  return parent.key === 'headers' && !parent.isObjectName && parent.parent?.isSchemaMap !== true;
}

function isDataKey(parent: Place, key: string): boolean {
  if (key === 'value') return parent.parent?.key === 'examples' && parent.parent.parent?.isSchemaMap !== true;
  if (!DATA.has(key) || parent.isSchemaMap) return false;
  // `responses/default` is an answer.
  return !(key === 'default' && parent.key === 'responses' && parent.parent?.isSchemaMap !== true);
}
