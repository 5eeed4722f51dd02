import { isJsonObject, type JsonObject, parsePointer, stringifyJson } from '../../base/index.ts';
import type { CompiledOperation } from '../types.ts';

/**
 * The inputs with the callback's URL where the operation's definition wants it (`x-ms-notification-url`). A URL that
 * the inputs hold there already stays: a flow may send the service through a relay of its own.
 *
 * @returns `undefined` when the definition says no place for it and the inputs do not mention it either
 */
export function placeCallbackUrl(
  operation: CompiledOperation,
  inputs: JsonObject,
  url: string,
): JsonObject | undefined {
  const { body, callbackUrlPointer } = operation;
  if (body === undefined || callbackUrlPointer === undefined) {
    return stringifyJson(inputs).includes(url) ? inputs : undefined;
  }
  const segments = parsePointer(callbackUrlPointer);
  const path = segments.join('/');
  const name = body.asParameters ? path : `${body.name}/${path}`;
  return isGiven(inputs[name]) || isGiven(find(inputs[body.name], segments))
    ? inputs
    : { ...inputs, [name]: url };
}

function isGiven(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

function find(value: unknown, segments: readonly string[]): unknown {
  let found = value;
  for (const segment of segments) {
    found = isJsonObject(found as JsonObject) ? (found as JsonObject)[segment] : undefined;
  }
  return found;
}
