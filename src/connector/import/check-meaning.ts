import { formatPointer, isJsonObject, type Json, type JsonObject, joinPointer } from '../../base/index.ts';
import { listOperations } from '../operations.ts';
import type { Problems } from './problems.ts';

/** Warns of what is well formed and still has no meaning. The document is OpenAPI 3.1. */
export function checkMeaning(document: JsonObject, problems: Problems): void {
  const schemes = schemesOf(document);
  checkSecurity(document, '', schemes, problems);
  for (const { operation, pointer } of listOperations(document)) {
    checkSecurity(operation, pointer, schemes, problems);
    checkStatuses(operation['responses'], joinPointer(pointer, 'responses'), problems);
  }
  checkCircles(document, problems);
  checkWebhooks(document, problems);
}

function schemesOf(document: JsonObject): JsonObject {
  const components = isJsonObject(document['components']) ? document['components'] : {};
  return isJsonObject(components['securitySchemes']) ? components['securitySchemes'] : {};
}

function checkSecurity(owner: JsonObject, pointer: string, schemes: JsonObject, problems: Problems): void {
  const { security } = owner;
  if (!Array.isArray(security)) return;
  for (const [index, requirement] of security.entries()) {
    if (!isJsonObject(requirement)) continue;
    const unknown = Object.keys(requirement).find((name) => !Object.hasOwn(schemes, name));
    if (unknown === undefined) continue;
    const message = `'${unknown}' is asked for to authenticate, but nowhere described; this way is left out.`;
    problems.add('CONNECTOR_AUTHENTICATION_UNSUPPORTED', message, {
      pointer: joinPointer(pointer, 'security', index),
    });
  }
}

function checkStatuses(responses: Json | undefined, pointer: string, problems: Problems): void {
  for (const status of Object.keys(isJsonObject(responses) ? responses : {})) {
    if (/^(?:[1-5](?:\d\d|xx)|default|x-.*)$/i.test(status)) continue;
    const message = `'${status}' is no status of HTTP, range of them (4XX) or 'default'; no answer is read by it.`;
    problems.add('CONNECTOR_RESPONSE_STATUS', message, { pointer: joinPointer(pointer, status) });
  }
}

/** A schema that must hold all of itself says nothing, or demands what nobody can give. */
function checkCircles(document: JsonObject, problems: Problems): void {
  const components = isJsonObject(document['components']) ? document['components'] : {};
  const schemas = isJsonObject(components['schemas']) ? components['schemas'] : {};
  const finished = new Set<string>();
  const visit = (name: string, trail: readonly string[]): void => {
    if (trail.includes(name)) {
      const message = `The schema '${name}' is made of itself by 'allOf' (${[...trail, name].join(' → ')}); that part says nothing.`;
      problems.add('CONNECTOR_CIRCLE', message, { pointer: formatPointer(['components', 'schemas', name]) });
      return;
    }
    if (finished.has(name)) return;
    for (const part of listParts(schemas[name])) visit(part, [...trail, name]);
    finished.add(name);
  };
  for (const name of Object.keys(schemas)) visit(name, []);
}

/** Names of the shared schemas a schema is made of. */
function listParts(schema: Json | undefined): string[] {
  if (!isJsonObject(schema)) return [];
  const parts = [schema, ...(Array.isArray(schema['allOf']) ? schema['allOf'] : [])];
  return parts.flatMap((part) => {
    const reference = isJsonObject(part) ? part['$ref'] : undefined;
    const [, name] = /^#\/components\/schemas\/([^/]+)$/.exec(String(reference)) ?? [];
    return name === undefined ? [] : [name];
  });
}

function checkWebhooks(document: JsonObject, problems: Problems): void {
  const { webhooks } = document;
  const count = isJsonObject(webhooks) ? Object.keys(webhooks).length : 0;
  if (count === 0 || listOperations(document).next().done) return;
  const message = `The document describes messages that the API sends by itself (${count}); they are kept, but how to ask for them is not described, so no trigger is made of them.`;
  problems.add('CONNECTOR_WEBHOOKS', message, { pointer: '/webhooks' });
}
