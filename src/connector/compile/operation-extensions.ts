import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { resolveReference } from '../../schema/index.ts';
import { readArguments } from '../dynamic/read-arguments.ts';
import type { DynamicCall } from '../dynamic/types.ts';
import type { OperationPlace } from '../operations.ts';
import { firstText } from './text.ts';

/** `x-ms-api-annotation`: operations of one family are the same thing, the highest revision the newest. */
export interface ApiAnnotation {
  readonly family: string;
  readonly revision: number;
  /** Lower case: `preview`, `production`. */
  readonly status: string;
  /** The operation to use instead of one that is deprecated. */
  readonly replacement?: string;
}

/** `x-ms-notification-content`: what a webhook's callback brings. */
export interface NotificationContent {
  readonly description: string;
  readonly schema?: JsonObject;
  readonly headers: JsonObject;
}

/** What the `x-ms-*` extensions say of an operation beside how it is called. */
export interface OperationExtensions {
  readonly annotation?: ApiAnnotation;
  readonly notification?: NotificationContent;
  /** `x-ms-operation-context`: the operation that shows what a trigger would bring. */
  readonly simulate?: DynamicCall;
  /** `x-ms-require-user-confirmation`: a person has to agree before an agent or a program calls it. */
  readonly requiresConfirmation: boolean;
  /** `x-ms-no-generic-test`: never called only to try a connection. */
  readonly noGenericTest: boolean;
  /** `x-ms-capabilities.chunkTransfer`: large bodies may go in pieces. */
  readonly chunkTransfer: boolean;
  /** `x-ms-openai-data` of the operation, kept as written. */
  readonly openAiData?: JsonObject;
}

export function readOperationExtensions(place: OperationPlace, document: JsonObject): OperationExtensions {
  const { operation, pathItem } = place;
  const operationId = String(operation['operationId']);
  const annotation = readAnnotation(operation);
  const notification = readNotification(
    pathItem['x-ms-notification-content'] ?? operation['x-ms-notification-content'],
    document,
  );
  const simulate = readSimulate(operation['x-ms-operation-context']);
  const openAiData = asObject(operation['x-ms-openai-data']);
  return {
    ...(annotation === undefined ? {} : { annotation }),
    ...(notification === undefined ? {} : { notification }),
    ...(simulate === undefined ? {} : { simulate }),
    requiresConfirmation: [operation, openAiData, ...listAiEntries(operation, document, operationId)].some(
      (owner) => isTrue(owner?.['x-ms-require-user-confirmation']),
    ),
    noGenericTest: isTrue(operation['x-ms-no-generic-test']),
    chunkTransfer: isTrue(asObject(operation['x-ms-capabilities'])?.['chunkTransfer']),
    ...(openAiData === undefined ? {} : { openAiData }),
  };
}

function readAnnotation(operation: JsonObject): ApiAnnotation | undefined {
  const written = asObject(operation['x-ms-api-annotation']);
  if (written === undefined) return undefined;
  const revision = Number(written['revision'] ?? 1);
  const replacement = firstText(asObject(written['replacement'])?.['operationId']);
  return {
    family: firstText(written['family']),
    revision: Number.isFinite(revision) ? revision : 1,
    status: firstText(written['status']).toLowerCase(),
    ...(replacement === '' ? {} : { replacement }),
  };
}

function readNotification(written: Json | undefined, document: JsonObject): NotificationContent | undefined {
  const content = resolveReference(written, document);
  if (!isJsonObject(content)) return undefined;
  const schema = asObject(content['schema']);
  return {
    description: firstText(content['description'], content['x-ms-summary']),
    ...(schema === undefined ? {} : { schema }),
    headers: asObject(content['headers']) ?? {},
  };
}

function readSimulate(context: Json | undefined): DynamicCall | undefined {
  const simulate = asObject(asObject(context)?.['simulate']);
  const operationId = firstText(simulate?.['operationId']);
  return operationId === '' ? undefined : { operationId, arguments: readArguments(simulate?.['parameters']) };
}

/** What is said of the operation for agents: under itself, or in the list at the root of the document. */
function listAiEntries(operation: JsonObject, document: JsonObject, operationId: string): JsonObject[] {
  return [operation, document].flatMap((owner) => {
    const entries = asObject(owner['x-ms-openai-data'])?.['operations'];
    if (!Array.isArray(entries)) return [];
    return entries
      .filter(isJsonObject)
      .filter(
        (entry) => entry['operationId'] === operationId || (owner === operation && entries.length === 1),
      );
  });
}

function isTrue(value: Json | undefined): boolean {
  return value === true || value === 'true';
}

function asObject(value: Json | undefined): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}
