import type {
  OperationBody,
  OperationDetail,
  OperationParameter,
  OperationResponse,
} from '../../api/index.ts';
import { isJsonObject, type Json, type JsonObject, parsePointer } from '../../base/index.ts';
import {
  type CompiledBody,
  type CompiledConnector,
  type CompiledOperation,
  type CompiledParameter,
  type CompiledResponse,
  findSuperseded,
  listRequestExamples,
  listResponseExamples,
  makeSampleInputs,
  type NotificationContent,
} from '../../connector/index.ts';
import { viewOperationSummary } from './connector-view.ts';

/** Everything about one operation: for its form, its documentation and whoever calls it by hand. */
export function viewOperation(
  connector: CompiledConnector,
  operation: CompiledOperation,
  connectorVersion: number,
): OperationDetail {
  const parameters = [
    ...operation.parameters,
    ...(operation.body?.asParameters ? (operation.body.fields ?? []) : []),
  ];
  const body = operation.body?.asParameters ? undefined : operation.body;
  const responses = operation.responses.map((response) => viewResponse(connector, operation, response));
  const examples = listRequestExamples(connector, operation);
  const { notification, simulate, openAiData } = operation.extensions;
  const schemas = [
    ...parameters.map((parameter) => parameter.schema),
    ...(body ? [body.schema] : []),
    ...responses.flatMap(({ schema }) => (schema === undefined ? [] : [schema])),
    ...(notification?.schema === undefined ? [] : [notification.schema]),
  ];
  return {
    ...viewOperationSummary(operation, findSuperseded(connector.operations), connector.definition),
    connectorVersion,
    idempotent: operation.idempotent,
    parameters: parameters.map(viewParameter),
    body: body && viewBody(body),
    responses,
    triggerHint: operation.trigger?.hint || undefined,
    simulatedBy: simulate?.operationId,
    notification: notification && viewNotification(notification),
    openAiData,
    examples: examples.length > 0 ? [...examples] : undefined,
    definitions: collectDefinitions(connector.definition.openapi, schemas),
    sample: makeSampleInputs(connector, operation),
  };
}

function viewParameter(parameter: CompiledParameter): OperationParameter {
  const { name, required, visibility, schema, summary, description } = parameter;
  return {
    name,
    in: parameter.in,
    summary,
    description: description || undefined,
    required,
    visibility: visibility === 'normal' ? undefined : visibility,
    default: parameter.default,
    file: parameter.file || undefined,
    extensions: Object.keys(parameter.extensions).length > 0 ? parameter.extensions : undefined,
    schema,
  };
}

function viewBody(body: CompiledBody): OperationBody {
  const { name, mediaType, required, summary, visibility, kind, description, schema } = body;
  return {
    name,
    mediaType,
    required,
    summary,
    visibility: visibility === 'normal' ? undefined : visibility,
    file: kind === 'binary' || undefined,
    description: description || undefined,
    schema,
  };
}

function viewNotification({ description, schema, headers }: NotificationContent) {
  return {
    description: description || undefined,
    schema,
    headers: Object.keys(headers).length > 0 ? headers : undefined,
  };
}

function viewResponse(
  connector: CompiledConnector,
  operation: CompiledOperation,
  { status, description, mediaTypes, schema }: CompiledResponse,
): OperationResponse {
  const examples = listResponseExamples(connector, operation, status);
  return {
    status,
    description: description || undefined,
    mediaType: mediaTypes[0],
    schema,
    examples: examples.length > 0 ? [...examples] : undefined,
  };
}

const REFERENCE = '#/components/schemas/';

/** The component schemas that some schemas reach, by name. */
export function collectDefinitions(openapi: JsonObject, schemas: readonly JsonObject[]): JsonObject {
  const definitions: JsonObject = {};
  const waiting: Json[] = [...schemas];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (Array.isArray(next)) waiting.push(...next);
    else if (isJsonObject(next)) {
      const name = readComponentName(next['$ref']);
      const schema = name === undefined ? undefined : findComponent(openapi, name);
      if (name !== undefined && schema !== undefined && !Object.hasOwn(definitions, name)) {
        definitions[name] = schema;
        waiting.push(schema);
      }
      waiting.push(...Object.values(next));
    }
  }
  return definitions;
}

function readComponentName(reference: Json | undefined): string | undefined {
  if (typeof reference !== 'string' || !reference.startsWith(REFERENCE)) return undefined;
  return parsePointer(reference)[2];
}

function findComponent(openapi: JsonObject, name: string): JsonObject | undefined {
  const components = isJsonObject(openapi['components']) ? openapi['components']['schemas'] : undefined;
  const schema = isJsonObject(components) && Object.hasOwn(components, name) ? components[name] : undefined;
  return isJsonObject(schema) ? schema : undefined;
}
