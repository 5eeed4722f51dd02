import { formatPointer, isJsonObject, type Json, type JsonObject, parsePointer } from '../../base/index.ts';
import { listOperations } from '../operations.ts';

/**
 * The operations that reach the shared component a pointer leads into, by id; none for what stands in one operation
 * only.
 */
export function listSchemaUsers(openapi: JsonObject, pointer: string): string[] {
  const tokens = parsePointer(pointer);
  if (tokens[0] !== 'components') return [];
  const target = formatPointer(tokens.slice(0, 3));
  const reached = new Map<string, ReadonlySet<string>>();
  return [...listOperations(openapi)].flatMap(({ operation, method, path }) =>
    reaches(operation, target, openapi, reached)
      ? [String(operation['operationId'] ?? `${method.toUpperCase()} ${path}`)]
      : [],
  );
}

function reaches(
  value: Json,
  target: string,
  openapi: JsonObject,
  direct: Map<string, ReadonlySet<string>>,
): boolean {
  const seen = new Set<string>();
  const waiting = [...listReferences(value)];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next === target) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    let references = direct.get(next);
    if (references === undefined) {
      references = listReferences(readComponent(openapi, next));
      direct.set(next, references);
    }
    waiting.push(...references);
  }
  return false;
}

function readComponent(openapi: JsonObject, pointer: string): Json {
  return parsePointer(pointer).reduce<Json>(
    (current, token) => (isJsonObject(current) ? (current[token] ?? null) : null),
    openapi,
  );
}

function listReferences(value: Json): Set<string> {
  const found = new Set<string>();
  const waiting: Json[] = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (Array.isArray(next)) waiting.push(...next);
    else if (isJsonObject(next)) {
      const reference = next['$ref'];
      if (typeof reference === 'string' && reference.startsWith('#/components/')) {
        found.add(formatPointer(parsePointer(reference.slice(1)).slice(0, 3)));
      }
      waiting.push(...Object.values(next));
    }
  }
  return found;
}
