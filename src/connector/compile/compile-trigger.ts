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

/** A webhook says what its callbacks bring (`x-ms-notification-content` of the path); anything else is polled. */
export function compileTrigger(
  place: OperationPlace,
  body: CompiledBody | undefined,
  document: JsonObject,
): CompiledTrigger {
  const { operation, pathItem } = place;
  const notification = pathItem['x-ms-notification-content'] ?? operation['x-ms-notification-content'];
  const metadata = operation['x-ms-trigger-metadata'];
  const mode = isJsonObject(metadata) ? firstText(metadata['mode']).toLowerCase() : '';
  const isWebhook = mode === 'webhook' || (mode !== 'polling' && isJsonObject(notification));
  const schema = isJsonObject(notification) ? notification['schema'] : undefined;
  const pointer = isWebhook ? findCallbackUrlPointer(body, document) : undefined;
  return {
    kind: isWebhook ? 'webhook' : 'polling',
    batch: /^batch$/i.test(String(operation['x-ms-trigger'])),
    hint: firstText(operation['x-ms-trigger-hint']),
    ...(isWebhook && isJsonObject(schema) ? { notificationSchema: schema } : {}),
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
