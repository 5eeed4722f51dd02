import type { JsonObject } from '../../base/index.ts';
import { describeType, listMembers, resolveSchemaReference } from './read-schema.ts';

/** One value of a body, by its way from the top: `labels[].tracking_number`. */
export interface SchemaPath {
  readonly path: string;
  readonly type: string;
  readonly description: string;
}

/** A schema may be endless; nobody reads further. */
const DEEPEST = 6;
const MOST_PATHS = 400;

/** Everything a schema describes, from the top down, each value with its path, as dynamic content names it. */
export function flattenSchema(schema: JsonObject, definitions: JsonObject): SchemaPath[] {
  const found: SchemaPath[] = [];
  const visit = (given: JsonObject, path: string, above: readonly unknown[]) => {
    if (found.length >= MOST_PATHS) return;
    const resolved = resolveSchemaReference(given, definitions);
    const description = typeof resolved.description === 'string' ? resolved.description : '';
    found.push({ path: path || 'body', type: describeType(resolved, definitions), description });
    const name = nameInner(given, resolved);
    if (above.length >= DEEPEST || (name !== undefined && above.includes(name))) return;
    const inside = isArray(resolved) ? `${path}[]` : path;
    for (const member of listMembers(resolved, definitions)) {
      visit(member.schema, inside === '' ? member.name : `${inside}.${member.name}`, [...above, name]);
    }
  };
  visit(schema, '', []);
  return found;
}

function isArray({ type, items }: JsonObject): boolean {
  return items !== undefined || type === 'array';
}

/** The named schema that is in a value, or in the items of a list of them: met again below itself, it has no end. */
function nameInner(given: JsonObject, resolved: JsonObject): string | undefined {
  if (typeof given.$ref === 'string' && !isArray(resolved)) return given.$ref;
  const { items } = resolved;
  return typeof items === 'object' && items !== null && '$ref' in items ? String(items.$ref) : undefined;
}
