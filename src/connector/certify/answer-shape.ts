import { isJsonObject, type JsonObject } from '../../base/index.ts';
import { resolveSchema } from '../../schema/index.ts';
import type { CertifiedOperation } from './types.ts';

/** What a definition says about a value: `open`, when it says nothing that could be held against it. */
export type Shape = JsonObject | 'open';

/** The schema of an operation's answer of success. */
export function readAnswer({ responses }: CertifiedOperation): Shape {
  for (const status of ['200', '201', '2XX', '202', 'default']) {
    const found = responses.find((one) => one.status === status);
    if (found?.schema !== undefined) return found.hasDynamicSchema ? 'open' : found.schema;
  }
  return 'open';
}

/** What stands at a path (`value/id`, `value.id`) below a shape; `undefined` where the definition knows nothing like it. */
export function followShape(shape: Shape, path: string, document: JsonObject): Shape | undefined {
  const trimmed = path.replace(/^\/+|\/+$/g, '');
  if (trimmed === '') return shape;
  const whole = step(shape, trimmed, document);
  if (whole !== undefined) return whole;
  for (const separator of ['/', '.']) {
    const names = trimmed.split(separator);
    let current: Shape | undefined = shape;
    for (const name of names) current = current && step(current, name, document);
    if (current !== undefined) return current;
  }
  return undefined;
}

/** What a list holds. */
export function itemsOf(shape: Shape, document: JsonObject): Shape {
  if (shape === 'open') return shape;
  return shape['items'] === undefined ? 'open' : close(resolveSchema(shape['items'], document));
}

function step(shape: Shape, name: string, document: JsonObject): Shape | undefined {
  if (shape === 'open') return 'open';
  const { properties, additionalProperties } = shape;
  if (isJsonObject(properties) && Object.hasOwn(properties, name))
    return close(resolveSchema(properties[name], document));
  const parts = [shape['allOf'], shape['anyOf'], shape['oneOf']].flat().filter(isJsonObject);
  for (const part of parts) {
    const found = step(resolveSchema(part, document), name, document);
    if (found !== undefined) return found;
  }
  const saysNothing = parts.length === 0 && properties === undefined && shape['items'] === undefined;
  const isOpen = isJsonObject(additionalProperties) || additionalProperties === true || isDynamic(shape);
  return isOpen || (saysNothing && shape['type'] !== 'string') ? 'open' : undefined;
}

function close(schema: JsonObject): Shape {
  return isDynamic(schema) ? 'open' : schema;
}

function isDynamic(schema: JsonObject): boolean {
  return (schema['x-ms-dynamic-schema'] ?? schema['x-ms-dynamic-properties']) !== undefined;
}
