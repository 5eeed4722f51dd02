import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { resolveSchema } from '../../schema/index.ts';

/** Wrappings within wrappings; deeper ones come in circles. */
const MAX_DEPTH = 5;

/**
 * The schema that generators wrap to allow null beside it, `anyOf: [schema, {type: null}]`, or to say something of
 * it, alone in an `allOf`; what stands around it wins. Of objects it is no more than an outline.
 */
export function unwrapSchema(written: Json | undefined, document: JsonObject, depth = 0): JsonObject {
  const schema = resolveSchema(written, document);
  if (depth >= MAX_DEPTH) return schema;
  for (const keyword of ['anyOf', 'oneOf', 'allOf']) {
    const { [keyword]: parts, ...around } = schema;
    if (!Array.isArray(parts)) continue;
    const [only, ...others] = parts.filter((part) => !isNull(part));
    if (only !== undefined && others.length === 0)
      return { ...unwrapSchema(only, document, depth + 1), ...around };
  }
  return schema;
}

function isNull(part: Json): boolean {
  return isJsonObject(part) && part['type'] === 'null';
}
