import { isJsonObject, type Json, type JsonObject, joinPointer } from '../../base/index.ts';
import { resolveSchema } from '../../schema/index.ts';
import type { OperationPlace } from '../operations.ts';
import type { CompiledBody, CompiledTrigger } from '../types.ts';
import { firstText } from './text.ts';

/** Deeper than any published definition puts its callback URL. */
const MAX_DEPTH = 6;

/** Whether an operation starts flows (`x-ms-trigger`) instead of being a step in one. */
export function isTrigger(operation: JsonObject): boolean {
  return /^(?:single|batch)$/i.test(String(operation['x-ms-trigger'] ?? ''));
}

type Written = Pick<OperationPlace, 'operation' | 'pathItem'>;

/** Whether the service calls, or is asked again and again. */
export function readTriggerKind(place: Written): CompiledTrigger['kind'] {
  const metadata = place.operation['x-ms-trigger-metadata'];
  const mode = isJsonObject(metadata) ? firstText(metadata['mode']).toLowerCase() : '';
  if (mode === 'webhook') return 'webhook';
  return mode !== 'polling' && isJsonObject(readNotification(place)) ? 'webhook' : 'polling';
}

function readNotification({ operation, pathItem }: Written): Json | undefined {
  return pathItem['x-ms-notification-content'] ?? operation['x-ms-notification-content'];
}

/** A webhook says what its callbacks bring (`x-ms-notification-content` of the path); anything else is polled. */
export function compileTrigger(
  place: OperationPlace,
  body: CompiledBody | undefined,
  document: JsonObject,
): CompiledTrigger {
  const { operation } = place;
  const notification = readNotification(place);
  const kind = readTriggerKind(place);
  const schema = isJsonObject(notification) ? notification['schema'] : undefined;
  const pointer = kind === 'webhook' ? findCallbackUrlPointer(body, document) : undefined;
  return {
    kind,
    batch: /^batch$/i.test(String(operation['x-ms-trigger'])),
    hint: firstText(operation['x-ms-trigger-hint']),
    ...(kind === 'webhook' && isJsonObject(schema) ? { notificationSchema: schema } : {}),
    ...(pointer === undefined ? {} : { callbackUrlPointer: pointer }),
  };
}

/** Where in a body the URL goes that the service is to call, as `x-ms-notification-url` says. */
export function findCallbackUrlPointer(
  body: CompiledBody | undefined,
  document: JsonObject,
): string | undefined {
  return body === undefined ? undefined : findCallbackUrl(body.schema, document, '', 0);
}

function findCallbackUrl(
  written: Json | undefined,
  document: JsonObject,
  pointer: string,
  depth: number,
): string | undefined {
  const schema = resolveSchema(written, document);
  if (schema['x-ms-notification-url'] === true) return pointer;
  if (depth > MAX_DEPTH) return undefined;
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  for (const [name, property] of Object.entries(properties)) {
    const found = findCallbackUrl(property, document, joinPointer(pointer, name), depth + 1);
    if (found !== undefined) return found;
  }
  for (const part of Array.isArray(schema['allOf']) ? schema['allOf'] : []) {
    const found = findCallbackUrl(part, document, pointer, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
