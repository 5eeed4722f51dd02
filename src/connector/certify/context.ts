import { isJsonObject, type Json, type JsonObject, joinPointer } from '../../base/index.ts';
import { resolveReference, resolveSchema } from '../../schema/index.ts';
import { isTrigger } from '../compile/compile-trigger.ts';
import { readVisibility } from '../compile/text.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { FORM_PARAMETERS } from '../import/prepare-swagger.ts';
import { listOperations, type OperationPlace } from '../operations.ts';
import type {
  CertifiedOperation,
  CertifiedParameter,
  CertifiedResponse,
  CertifyContext,
  CertifyOptions,
} from './types.ts';

export function createContext(
  definition: ConnectorDefinition,
  { isNew = false, isIndependent = false }: CertifyOptions,
): CertifyContext {
  const { openapi: document, properties } = definition;
  const info = isJsonObject(document['info']) ? document['info'] : {};
  const operations = [...listOperations(document)].map((place) => readOperation(place, document));
  return { definition, document, info, properties, operations, isNew, isIndependent };
}

function readOperation(place: OperationPlace, document: JsonObject): CertifiedOperation {
  const { operation, pathItem } = place;
  const isWebhook =
    isTrigger(operation) &&
    isJsonObject(pathItem['x-ms-notification-content'] ?? operation['x-ms-notification-content']);
  return {
    ...place,
    operationId: String(operation['operationId'] ?? ''),
    isInternal: readVisibility(operation) === 'internal',
    isTrigger: isTrigger(operation),
    isWebhook,
    parameters: [...readParameters(place, document), ...readFields(place, document)],
    responses: readResponses(place, document),
  };
}

/** The path's parameters too, each replaced by one of the same name and place of the operation. */
function readParameters(place: OperationPlace, document: JsonObject): CertifiedParameter[] {
  const shared = joinPointer(place.pointer.slice(0, place.pointer.lastIndexOf('/')), 'parameters');
  const merged = new Map<string, CertifiedParameter>();
  for (const [pointer, list] of [
    [shared, place.pathItem['parameters']],
    [joinPointer(place.pointer, 'parameters'), place.operation['parameters']],
  ] as const) {
    for (const [index, written] of (Array.isArray(list) ? list : []).entries()) {
      const parameter = readParameter(written, joinPointer(pointer, index), document);
      if (parameter !== undefined) merged.set(`${parameter.in} ${parameter.name}`, parameter);
    }
  }
  return [...merged.values()];
}

function readParameter(written: Json, place: string, document: JsonObject): CertifiedParameter | undefined {
  const parameter = resolveReference(written, document);
  if (!isJsonObject(parameter)) return undefined;
  const pointer = follow(written, place);
  const schema = isJsonObject(parameter['schema']) ? parameter['schema'] : {};
  const resolved = resolveSchema(schema, document);
  return {
    name: String(parameter['name'] ?? ''),
    in: String(parameter['in'] ?? ''),
    pointer,
    written: parameter,
    schema: resolved,
    schemaPointer: follow(schema, joinPointer(pointer, 'schema')),
    isInternal: readVisibility(parameter, schema) === 'internal',
    isRequired: parameter['required'] === true,
  };
}

/** Where what is written really stands: the target of a reference. */
function follow(written: Json, pointer: string): string {
  const reference = isJsonObject(written) ? written['$ref'] : undefined;
  return typeof reference === 'string' && reference.startsWith('#') ? reference.slice(1) : pointer;
}

/** The fields of a form, where they came as parameters of their own. */
function readFields({ operation, pointer }: OperationPlace, document: JsonObject): CertifiedParameter[] {
  const body = operation['requestBody'];
  if (operation[FORM_PARAMETERS] !== true || !isJsonObject(body) || !isJsonObject(body['content'])) return [];
  const [found] = Object.entries(body['content']);
  if (found === undefined || !isJsonObject(found[1]) || !isJsonObject(found[1]['schema'])) return [];
  const { schema: form } = found[1];
  const properties = isJsonObject(form['properties']) ? form['properties'] : {};
  const required = Array.isArray(form['required']) ? form['required'] : [];
  const place = joinPointer(pointer, 'requestBody', 'content', found[0], 'schema', 'properties');
  return Object.entries(properties).flatMap(([name, written]) => {
    if (!isJsonObject(written)) return [];
    return {
      name,
      in: 'formData',
      pointer: joinPointer(place, name),
      written,
      schema: resolveSchema(written, document),
      schemaPointer: joinPointer(place, name),
      isInternal: readVisibility(written) === 'internal',
      isRequired: required.includes(name),
    };
  });
}

function readResponses({ operation, pointer }: OperationPlace, document: JsonObject): CertifiedResponse[] {
  const { responses } = operation;
  if (!isJsonObject(responses)) return [];
  return Object.entries(responses).flatMap(([status, written]) => {
    const response = resolveReference(written, document);
    if (status.startsWith('x-') || !isJsonObject(response)) return [];
    const content = isJsonObject(response['content']) ? Object.values(response['content']) : [];
    const schema = content
      .map((media) => (isJsonObject(media) ? media['schema'] : undefined))
      .find(isJsonObject);
    return {
      status,
      pointer: follow(written, joinPointer(pointer, 'responses', status)),
      place: joinPointer(pointer, 'responses', status),
      written: response,
      schema: schema === undefined ? undefined : resolveSchema(schema, document),
      hasDynamicSchema: schema !== undefined && isDynamic(schema, resolveSchema(schema, document)),
    };
  });
}

function isDynamic(...schemas: JsonObject[]): boolean {
  return schemas.some((schema) =>
    Object.keys(schema).some((key) => /^x-ms-dynamic-(?:schema|properties)$/.test(key)),
  );
}
