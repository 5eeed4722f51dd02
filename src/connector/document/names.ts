import { formatPointer, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { listOperations } from '../operations.ts';
import type { Suggestion } from './schema/schema-types.ts';

/** Names in a document that other places of it may use. */
export function listNames(
  suggestion: Suggestion,
  openapi: JsonObject,
  path: readonly (string | number)[],
  around: Json | undefined,
): string[] {
  switch (suggestion) {
    case 'operationIds':
      return [...listOperations(openapi)].flatMap(({ operation }) => {
        const id = operation['operationId'];
        return typeof id === 'string' ? [id] : [];
      });
    case 'references':
      return listReferences(openapi, path);
    case 'securitySchemes':
      return Object.keys(readComponents(openapi, 'securitySchemes'));
    case 'tags':
      return listTags(openapi);
    case 'propertyNames':
      return isJsonObject(around) && isJsonObject(around['properties'])
        ? Object.keys(around['properties'])
        : [];
  }
}

function readComponents({ components }: JsonObject, kind: string): JsonObject {
  const found = isJsonObject(components) ? components[kind] : undefined;
  return isJsonObject(found) ? found : {};
}

const KINDS: readonly string[] = ['parameters', 'responses', 'headers', 'examples', 'links', 'callbacks'];

/** References to what may stand at a place: to parameters in a list of parameters, else to schemas. */
function listReferences(openapi: JsonObject, path: readonly (string | number)[]): string[] {
  // Before the `$ref` itself, and the name or index of what it stands in.
  const owner = path.at(-2) === 'requestBody' ? 'requestBodies' : KINDS.find((kind) => kind === path.at(-3));
  const kind = owner ?? 'schemas';
  return Object.keys(readComponents(openapi, kind)).map(
    (name) => `#${formatPointer(['components', kind, name])}`,
  );
}

function listTags(openapi: JsonObject): string[] {
  const described = Array.isArray(openapi['tags']) ? openapi['tags'].filter(isJsonObject) : [];
  const used = [...listOperations(openapi)].flatMap(({ operation }) =>
    Array.isArray(operation['tags']) ? operation['tags'] : [],
  );
  const all = [...described.map(({ name }) => name), ...used];
  return [...new Set(all.filter((name) => typeof name === 'string'))];
}
