import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { resolveReference } from '../../schema/index.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { isMethod, listOperations } from '../operations.ts';
import { listOperationNeeds } from './list-needs.ts';
import { pruneComponents } from './prune-components.ts';

/**
 * The definition with some of its operations, and those they need. What only the others used goes with them:
 * paths, tags, schemas and other components, policies and custom code that were for them alone.
 */
export function keepOperations(
  definition: ConnectorDefinition,
  operationIds: Iterable<string>,
): ConnectorDefinition {
  const { openapi } = definition;
  const kept = addNeeds(new Set(operationIds), openapi);
  const all = listIds(openapi);
  const gone = new Set(all.filter((id) => !kept.has(id)));
  if (gone.size === 0) return definition;
  const document = { ...openapi, paths: keepPaths(openapi, gone) };
  return {
    ...definition,
    openapi: pruneComponents(keepTags(document)),
    properties: keepProperties(definition.properties, gone),
  };
}

function addNeeds(chosen: ReadonlySet<string>, document: JsonObject): Set<string> {
  const needs = listOperationNeeds(document);
  return new Set([...chosen].flatMap((id) => [id, ...(needs.get(id) ?? [])]));
}

function listIds(document: JsonObject): string[] {
  return [...listOperations(document)].flatMap(({ operation }) =>
    typeof operation['operationId'] === 'string' ? [operation['operationId']] : [],
  );
}

function keepPaths(document: JsonObject, gone: ReadonlySet<string>): JsonObject {
  const paths = isJsonObject(document['paths']) ? document['paths'] : {};
  return Object.fromEntries(
    Object.entries(paths).flatMap(([path, written]) => {
      if (path.startsWith('x-')) return [[path, written]];
      const item = keepPathItem(resolveReference(written, document), gone);
      return item === undefined ? [] : [[path, item]];
    }),
  );
}

/** Undefined where no operation is left. */
function keepPathItem(item: Json | undefined, gone: ReadonlySet<string>): Json | undefined {
  if (!isJsonObject(item)) return undefined;
  const isGone = (value: Json) => isJsonObject(value) && gone.has(String(value['operationId']));
  const entries = Object.entries(item).filter(([key, value]) => !(isMethod(key) && isGone(value)));
  return entries.some(([key]) => isMethod(key)) ? Object.fromEntries(entries) : undefined;
}

function keepTags(document: JsonObject): JsonObject {
  const { tags } = document;
  if (!Array.isArray(tags)) return document;
  const used = new Set(
    [...listOperations(document)].flatMap(({ operation }) =>
      Array.isArray(operation['tags']) ? operation['tags'] : [],
    ),
  );
  return { ...document, tags: tags.filter((tag) => !isJsonObject(tag) || used.has(tag['name'] ?? '')) };
}

/** A list without the names that are gone; undefined where none is left, since an empty list would mean all. */
function dropNames(value: Json | undefined, gone: ReadonlySet<string>): Json[] | undefined {
  const names = [value ?? []].flat();
  const left = names.filter((name) => !gone.has(String(name)));
  return left.length === 0 && names.length > 0 ? undefined : left;
}

function keepProperties(properties: JsonObject, gone: ReadonlySet<string>): JsonObject {
  const kept = { ...properties };
  const { policyTemplateInstances: policies, scriptOperations } = properties;
  if (Array.isArray(policies)) {
    kept['policyTemplateInstances'] = policies.flatMap((policy) => keepPolicy(policy, gone));
  }
  if (Array.isArray(scriptOperations)) {
    // None left: the names stay, so that the code does not come to serve everything.
    kept['scriptOperations'] = dropNames(scriptOperations, gone) ?? scriptOperations;
  }
  return kept;
}

const OPERATIONS = 'x-ms-apimtemplate-operationname';

function keepPolicy(policy: Json, gone: ReadonlySet<string>): Json[] {
  const parameters = isJsonObject(policy) ? policy['parameters'] : undefined;
  if (!isJsonObject(policy) || !isJsonObject(parameters)) return [policy];
  const key = Object.keys(parameters).find((name) => name.toLowerCase() === OPERATIONS);
  if (key === undefined) return [policy];
  const names = dropNames(parameters[key], gone);
  return names === undefined ? [] : [{ ...policy, parameters: { ...parameters, [key]: names } }];
}
