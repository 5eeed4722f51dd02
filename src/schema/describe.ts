import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { resolveSchema } from './resolve.ts';

/**
 * Says in a few words what a schema allows, for lists of parameters: `text (date-time)`, `list of Label`,
 * `"pdf" or "png"`. A schema in the document's own words (a `$ref`) is called by its name.
 */
export function describeSchema(schema: JsonObject, root: Json = schema): string {
  const { $ref } = schema;
  if (typeof $ref === 'string') return $ref.slice($ref.lastIndexOf('/') + 1) || 'anything';
  const resolved = resolveSchema(schema, root);
  const { enum: allowed } = resolved;
  if (Array.isArray(allowed) && allowed.length > 0 && allowed.length <= 5) {
    return allowed.map((value) => JSON.stringify(value)).join(' or ');
  }
  return describeTypes(resolved, root);
}

const WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: 'yes or no',
  object: 'object',
  null: 'nothing',
};

function describeTypes(schema: JsonObject, root: Json): string {
  const types = [schema['type'] ?? []].flat().map(String);
  if (types.length === 0) return describeUnion(schema, root);
  const words = types.filter((type) => type !== 'null').map((type) => describeType(type, schema, root));
  return types.includes('null') && words.length > 0
    ? `${words.join(' or ')}, or nothing`
    : words.join(' or ');
}

function describeType(type: string, schema: JsonObject, root: Json): string {
  if (type === 'array') {
    return isJsonObject(schema['items']) ? `list of ${describeSchema(schema['items'], root)}` : 'list';
  }
  const word = WORDS[type] ?? type;
  return type === 'string' && typeof schema['format'] === 'string' && schema['format'] !== ''
    ? `${word} (${schema['format']})`
    : word;
}

function describeUnion(schema: JsonObject, root: Json): string {
  const branches = schema['oneOf'] ?? schema['anyOf'];
  if (Array.isArray(branches) && branches.length > 0 && branches.length <= 4) {
    return branches
      .map((branch) => (isJsonObject(branch) ? describeSchema(branch, root) : 'anything'))
      .join(' or ');
  }
  if (schema['properties'] !== undefined || schema['allOf'] !== undefined) return 'object';
  return schema['contentMediaType'] === undefined ? 'anything' : 'file';
}
