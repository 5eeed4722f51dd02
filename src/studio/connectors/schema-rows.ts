import { isJsonObject, type Json, type JsonObject, stringifyJson } from '../../base/index.ts';
import { describeType, listMembers, resolveSchemaReference } from './read-schema.ts';

/** Something that is named and has a schema: a parameter, a body, a property. */
export interface SchemaEntry {
  readonly name: string;
  readonly schema: JsonObject;
  readonly required: boolean;
  /** Where it is sent: `path`, `query` … */
  readonly place?: string;
  /** Instead of the schema's own description. */
  readonly note?: string;
}

/** One line of the table that shows them. */
export interface SchemaRow {
  /** The way to it, unique in the table. */
  readonly key: string;
  readonly level: number;
  readonly name: string;
  readonly place: string | undefined;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
  readonly default: string;
  /** The only values there are, the bounds, the pattern. */
  readonly allowed: string;
  readonly isDynamic: boolean;
  /** Undefined: there is nothing inside. */
  readonly isOpen: boolean | undefined;
}

/** A schema may contain itself: only what is open is made. */
export function listSchemaRows(
  entries: readonly SchemaEntry[],
  definitions: JsonObject,
  isOpen: (key: string, level: number) => boolean,
  above = '',
  level = 1,
): SchemaRow[] {
  return entries.flatMap((entry): SchemaRow[] => {
    const key = `${above}/${entry.name}`;
    const schema = resolveSchemaReference(entry.schema, definitions);
    const members = listMembers(schema, definitions);
    const opened = members.length === 0 ? undefined : isOpen(key, level);
    const row = { ...describe(entry, schema, definitions), key, level, isOpen: opened };
    return opened === true ? [row, ...listSchemaRows(members, definitions, isOpen, key, level + 1)] : [row];
  });
}

function describe({ name, required, place, note }: SchemaEntry, schema: JsonObject, definitions: JsonObject) {
  const own = typeof schema['description'] === 'string' ? schema['description'] : '';
  // Of a list, what its items may be.
  const items = isJsonObject(schema['items']) ? resolveSchemaReference(schema['items'], definitions) : schema;
  const { enum: _values, ...plain } = schema;
  return {
    name,
    place,
    required,
    type: describeType({ ...plain, ...(items === schema ? {} : { items: withoutEnum(items) }) }, definitions),
    description: note ?? own,
    default: schema['default'] === undefined ? '' : showValue(schema['default']),
    allowed: describeAllowed(items),
    isDynamic: Object.keys(schema).some((member) => member.startsWith('x-ms-dynamic-')),
  };
}

function withoutEnum({ enum: _values, ...schema }: JsonObject): JsonObject {
  return schema;
}

const MOST_VALUES = 12;

function describeAllowed(schema: JsonObject): string {
  const { enum: values, const: only, minimum, maximum, minLength, maxLength, pattern } = schema;
  if (only !== undefined) return showValue(only);
  if (Array.isArray(values)) {
    const shown = values.slice(0, MOST_VALUES).map(showValue).join(', ');
    return values.length > MOST_VALUES ? `${shown} and ${values.length - MOST_VALUES} more` : shown;
  }
  return [
    describeRange(minimum, maximum, ''),
    describeRange(minLength, maxLength, ' characters'),
    typeof pattern === 'string' ? `matches ${pattern}` : '',
  ]
    .filter((part) => part !== '')
    .join('; ');
}

function describeRange(from: Json | undefined, to: Json | undefined, unit: string): string {
  if (from === undefined && to === undefined) return '';
  if (to === undefined) return `at least ${showValue(from)}${unit}`;
  if (from === undefined) return `at most ${showValue(to)}${unit}`;
  return `${showValue(from)} to ${showValue(to)}${unit}`;
}

function showValue(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? (value === '' ? '""' : value) : stringifyJson(value);
}
