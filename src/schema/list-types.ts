import type { Json } from '../base/index.ts';
import { resolveSchema } from './resolve.ts';

/** Parts within parts; deeper ones come in circles. */
const MAX_DEPTH = 5;

/** The types a value may have but null, those of alternatives and parts included; none where nobody says. */
export function listTypes(written: Json | undefined, root: Json, depth = 0): string[] {
  const schema = resolveSchema(written, root);
  const own = [schema['type'] ?? []].flat().filter((type) => typeof type === 'string' && type !== 'null');
  if (own.length > 0 || depth >= MAX_DEPTH) return own as string[];
  const parts = [schema['allOf'] ?? [], schema['anyOf'] ?? [], schema['oneOf'] ?? []].flat();
  return [...new Set(parts.flatMap((part) => listTypes(part, root, depth + 1)))];
}
