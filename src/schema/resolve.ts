import { getByPointer, isJsonObject, type Json, type JsonObject } from '../base/index.ts';

/** Nobody chains more references than this on purpose. */
const MAX_CHAIN = 50;

/**
 * Follows `$ref` until something else stands there; only references into the same document (`#…`) are followed.
 * Keywords beside a `$ref` win over the target's; what both demand is demanded (JSON Schema 2020-12, section 8.2.3.1).
 * Returns `undefined` for a reference that leads nowhere.
 */
export function resolveReference(value: Json | undefined, root: Json): Json | undefined {
  let current = value;
  for (let step = 0; step < MAX_CHAIN; step++) {
    if (!isJsonObject(current) || typeof current['$ref'] !== 'string') return current;
    const { $ref, ...siblings } = current;
    const target: Json | undefined = $ref.startsWith('#') ? getByPointer(root, $ref) : undefined;
    if (target === undefined) return undefined;
    current = isJsonObject(target) && Object.keys(siblings).length > 0 ? join(target, siblings) : target;
  }
  return undefined;
}

function join(target: JsonObject, siblings: JsonObject): JsonObject {
  const joined: JsonObject = { ...target, ...siblings };
  for (const keyword of ['properties', 'patternProperties']) {
    const [theirs, own] = [target[keyword], siblings[keyword]];
    if (isJsonObject(theirs) && isJsonObject(own)) joined[keyword] = { ...theirs, ...own };
  }
  for (const keyword of ['required', 'allOf']) {
    const [theirs, own] = [target[keyword], siblings[keyword]];
    if (Array.isArray(theirs) && Array.isArray(own)) joined[keyword] = [...new Set([...theirs, ...own])];
  }
  return joined;
}

/** The schema something refers to; `{}`, which allows everything, when it is none or leads nowhere. */
export function resolveSchema(schema: Json | undefined, root: Json): JsonObject {
  const resolved = resolveReference(schema, root);
  return isJsonObject(resolved) ? resolved : {};
}
