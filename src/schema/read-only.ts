import type { JsonObject } from '../base/index.ts';

/**
 * Whether only the service writes a property: `readOnly`, or an `x-ms-mutability` that names neither `create` nor
 * `update` (AutoRest's older way to say the same).
 */
export function isReadOnly(schema: JsonObject): boolean {
  if (schema['readOnly'] === true) return true;
  const mutability = schema['x-ms-mutability'];
  if (!Array.isArray(mutability) || mutability.length === 0) return false;
  return !mutability.includes('create') && !mutability.includes('update');
}
