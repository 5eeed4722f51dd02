import { upgradeFromTwoToThree } from '@scalar/openapi-upgrader/2.0-to-3.0';
import { isJsonObject, type Json, type JsonObject } from '../../../base/index.ts';

/**
 * Brings a Swagger 2.0 document to OpenAPI 3.0; the document given is used up.
 *
 * The library copies the whole document for each kind of reference it rewrites. Here references are rewritten in
 * place, and the shared schemas, usually the largest part, do not go through it, unless they hold what needs it.
 *
 * @throws Error of the library for documents that it cannot upgrade
 */
export function upgradeSwagger(document: JsonObject): JsonObject {
  const { definitions } = document;
  if (!isJsonObject(definitions) || !isPlain(definitions)) return upgrade(document);
  rewriteReferences(document);
  for (const schema of Object.values(definitions)) upgradeSchema(schema);
  const { definitions: _definitions, parameters, responses, ...rest } = document;
  const { swagger, consumes, produces } = document;
  const shared = upgrade({
    swagger: swagger ?? '2.0',
    ...(consumes === undefined ? {} : { consumes }),
    ...(produces === undefined ? {} : { produces }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(responses === undefined ? {} : { responses }),
  });
  const upgraded = upgrade(rest);
  upgraded['components'] = {
    schemas: definitions,
    ...asObject(shared['components']),
    ...asObject(upgraded['components']),
  };
  return upgraded;
}

function upgrade(document: JsonObject): JsonObject {
  return upgradeFromTwoToThree(document) as JsonObject;
}

function asObject(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

const PLACES: readonly (readonly [string, string])[] = [
  ['#/definitions/', '#/components/schemas/'],
  ['#/parameters/', '#/components/parameters/'],
  ['#/responses/', '#/components/responses/'],
];

function rewriteReferences(value: JsonObject | Json[]): void {
  if (!Array.isArray(value) && typeof value['$ref'] === 'string') value['$ref'] = rewrite(value['$ref']);
  for (const member of Array.isArray(value) ? value : Object.values(value)) {
    if (typeof member === 'object' && member !== null) rewriteReferences(member);
  }
}

function rewrite(reference: string): string {
  for (const [from, to] of PLACES) if (reference.startsWith(from)) return to + reference.slice(from.length);
  return reference;
}

/** No files, which the library finds by where they stand, and no names of subtypes, which lead to other schemas. */
function isPlain(value: JsonObject | Json[]): boolean {
  if (!Array.isArray(value)) {
    const { type, 'x-ms-discriminator-value': ours, 'x-discriminator-value': theirs } = value;
    if (type === 'file' || typeof ours === 'string' || typeof theirs === 'string') return false;
  }
  for (const member of Array.isArray(value) ? value : Object.values(value)) {
    if (typeof member === 'object' && member !== null && !isPlain(member)) return false;
  }
  return true;
}

/** The discriminator becomes an object, `x-nullable` a keyword; only where Swagger has schemas. */
function upgradeSchema(schema: Json | undefined): void {
  if (!isJsonObject(schema)) return;
  const { discriminator, required, 'x-nullable': nullable } = schema;
  if (typeof discriminator === 'string') {
    schema['discriminator'] = { propertyName: discriminator };
    if (required === undefined) schema['required'] = [discriminator];
    else if (Array.isArray(required) && !required.includes(discriminator)) required.push(discriminator);
  }
  if (typeof nullable === 'boolean') {
    if (nullable) schema['nullable'] = true;
    delete schema['x-nullable'];
  }
  if (isJsonObject(schema['properties'])) Object.values(schema['properties']).forEach(upgradeSchema);
  upgradeSchema(schema['items']);
  upgradeSchema(schema['additionalProperties']);
  if (Array.isArray(schema['allOf'])) schema['allOf'].forEach(upgradeSchema);
}
