import { formatPointer, getByPointer, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { createValidator, inferSchema, resolveReference } from '../../schema/index.ts';
import { findResponse } from '../compile/compile-responses.ts';
import { bareMediaType, isJsonType } from '../compile/media-types.ts';
import type { CompiledConnector, CompiledOperation } from '../types.ts';
import { compareValue } from './compare-value.ts';
import { listSchemaUsers } from './schema-users.ts';
import type { AnswerEvidence, SchemaDifference } from './types.ts';

/** An answer that differs in more places than this says the same thing over and over. */
const MOST_DIFFERENCES = 100;

/** Where an answer is not what the definition says of it, each with the change that would make it so. */
export function compareAnswer(
  { definition: { openapi } }: CompiledConnector,
  operation: CompiledOperation,
  answer: AnswerEvidence,
): SchemaDifference[] {
  const pointer = locateOperation(operation);
  const { statusCode, body, headers } = answer;
  const mediaType = bareMediaType(String(headers['content-type'] ?? ''));
  const response = findResponse(operation.responses, statusCode);
  const describe = describeResponse(pointer, statusCode, mediaType, body);
  if (response === undefined) {
    const message = `The definition does not say what the status ${statusCode} means.`;
    const label = `Add the response ${statusCode}`;
    return [{ kind: 'status', pointer: '', message, fix: { label, edit: describe } }];
  }
  if (body === null) return [];
  if (mediaType !== '' && response.mediaTypes.length > 0 && !holdsType(response.mediaTypes, mediaType)) {
    const message = `The answer is ${mediaType}; the definition says ${response.mediaTypes.join(' or ')}.`;
    const fix = { label: `Add ${mediaType} to the response`, edit: { ...describe, status: response.status } };
    return [{ kind: 'content-type', pointer: '', message, ...(isJsonType(mediaType) ? { fix } : {}) }];
  }
  if (response.schema === undefined || Object.keys(response.schema).length === 0) {
    if (!isJsonObject(body) && !Array.isArray(body)) return [];
    const message = 'The definition does not say what this answer looks like.';
    const fix = { label: 'Take the shape of this answer', edit: { ...describe, status: response.status } };
    return [{ kind: 'no-schema', pointer: '', message, fix }];
  }
  const site = findSchemaSite(openapi, pointer, response.status, mediaType, response.schema);
  const found = compareValue(body, site, openapi);
  const rest = listConstraints(body, response.schema, openapi, found);
  return [...found, ...rest]
    .slice(0, MOST_DIFFERENCES)
    .map((difference) => addUsers(difference, openapi, operation.operationId));
}

function describeResponse(pointer: string, statusCode: number, mediaType: string, body: Json) {
  return {
    edit: 'describe-response' as const,
    pointer,
    status: String(statusCode),
    mediaType: mediaType || 'application/json',
    schema: body === null ? {} : inferSchema([body]),
  };
}

function holdsType(mediaTypes: readonly string[], mediaType: string): boolean {
  return mediaTypes.some((written) => {
    const type = bareMediaType(written);
    if (type === mediaType || type === '*/*' || type === `${mediaType.split('/')[0]}/*`) return true;
    return isJsonType(type) && isJsonType(mediaType);
  });
}

/** Where the operation stands: `/paths/~1labels/post`. */
export function locateOperation({ path, method }: Pick<CompiledOperation, 'path' | 'method'>): string {
  return formatPointer(['paths', path, method.toLowerCase()]);
}

/** Where the schema of a response stands; a response may itself be shared. */
function findSchemaSite(
  openapi: JsonObject,
  operationPointer: string,
  status: string,
  mediaType: string,
  schema: JsonObject,
) {
  const { pointer, response } = locateResponse(openapi, operationPointer, status);
  const content = isJsonObject(response['content']) ? response['content'] : {};
  const holds = ([, media]: [string, Json]) => isJsonObject(media) && media['schema'] === schema;
  const name = Object.entries(content).find(holds)?.[0] ?? mediaType;
  return { schema, pointer: `${pointer}${formatPointer(['content', name, 'schema'])}` };
}

export function locateResponse(
  openapi: JsonObject,
  operationPointer: string,
  status: string,
): { pointer: string; response: JsonObject } {
  const pointer = `${operationPointer}${formatPointer(['responses', status])}`;
  const written = getByPointer(openapi, pointer);
  if (isJsonObject(written) && typeof written['$ref'] === 'string' && written['$ref'].startsWith('#')) {
    const target = resolveReference(written, openapi);
    return { pointer: written['$ref'].slice(1), response: isJsonObject(target) ? target : {} };
  }
  return { pointer, response: isJsonObject(written) ? written : {} };
}

/** Elements of a list are alike. */
function generalize(pointer: string): string {
  return pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*');
}

/** Lengths, patterns and bounds, for which no change is proposed: which of the two is wrong, only a person knows. */
function listConstraints(
  body: Json,
  schema: JsonObject,
  openapi: JsonObject,
  found: readonly SchemaDifference[],
): SchemaDifference[] {
  const known = found.map(({ pointer }) => generalize(pointer));
  const isKnown = (place: string) => known.some((one) => one === place || one.startsWith(`${place}/`));
  return (
    createValidator(schema, { root: openapi, formats: false })(body)
      // Undeclared members are told by name. Documents close an object that gets its members by `allOf`, and mean no harm.
      .filter(({ pointer, member }) => member === undefined && !isKnown(generalize(pointer)))
      .map(({ pointer, message }) => ({
        kind: 'constraint',
        pointer,
        message: `${pointer === '' ? 'The answer' : pointer} ${message}.`,
      }))
  );
}

function addUsers(difference: SchemaDifference, openapi: JsonObject, operationId: string): SchemaDifference {
  const edit = difference.fix?.edit;
  if (edit === undefined || !('pointer' in edit)) return difference;
  const users = listSchemaUsers(openapi, edit.pointer).filter((user) => user !== operationId);
  return users.length === 0 ? difference : { ...difference, alsoUsedBy: users };
}
