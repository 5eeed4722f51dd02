import { type RawBuilder, sql } from 'kysely';

/** What of an item is compared: a column of the table, or a field of its own, read as the type it was declared. */
export type ItemField =
  | { readonly column: 'id' | 'version' | 'createdAt' | 'updatedAt' }
  | { readonly field: string; readonly type: 'text' | 'number' | 'boolean' | 'dateTime' };

export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';

export type TextMatch = 'startsWith' | 'endsWith' | 'contains';

/** A condition on items. Text is compared without regard to case; an empty cell (absent or null) equals null. */
export type ItemFilter =
  | { readonly kind: 'and' | 'or'; readonly operands: readonly ItemFilter[] }
  | { readonly kind: 'not'; readonly operand: ItemFilter }
  | {
      readonly kind: 'compare';
      readonly field: ItemField;
      readonly operator: Comparison;
      /** Dates as ISO 8601 text. */
      readonly value: string | number | bigint | boolean | null;
    }
  | {
      readonly kind: 'match';
      readonly field: ItemField;
      readonly match: TextMatch;
      readonly value: string;
    };

export interface ItemOrder {
  readonly field: ItemField;
  readonly descending?: boolean;
}

const COLUMNS = {
  id: sql`id`,
  version: sql`version`,
  createdAt: sql`created_at`,
  updatedAt: sql`updated_at`,
} as const;

const OPERATORS = {
  eq: sql`is not distinct from`,
  ne: sql`is distinct from`,
  gt: sql`>`,
  ge: sql`>=`,
  lt: sql`<`,
  le: sql`<=`,
} as const;

const DATE_AND_TIME = String.raw`^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?`;
const INSTANT_WITH_ZONE = String.raw`${DATE_AND_TIME}(Z|[+-]\d{2}:?\d{2})$`;
const INSTANT_WITHOUT_ZONE = `${DATE_AND_TIME}$`;

/** Translates a condition into SQL over `list_items`. Names and values travel as parameters only. */
export function buildItemFilter(filter: ItemFilter): RawBuilder<boolean> {
  switch (filter.kind) {
    case 'and':
      return joinConditions(filter.operands, sql` and `, sql`true`);
    case 'or':
      return joinConditions(filter.operands, sql` or `, sql`false`);
    case 'not':
      // A comparison with an empty cell is unknown; its opposite holds.
      return sql<boolean>`(${buildItemFilter(filter.operand)}) is not true`;
    case 'compare':
      return sql<boolean>`${readItemField(filter.field)} ${OPERATORS[filter.operator]} ${writeValue(filter.field, filter.value)}`;
    case 'match':
      return buildMatch(filter.field, filter.match, filter.value);
  }
}

function joinConditions(
  operands: readonly ItemFilter[],
  separator: RawBuilder<unknown>,
  whenNone: RawBuilder<boolean>,
): RawBuilder<boolean> {
  if (operands.length === 0) return whenNone;
  const parts = operands.map((operand) => sql`(${buildItemFilter(operand)})`);
  return sql<boolean>`(${sql.join(parts, separator)})`;
}

function buildMatch(field: ItemField, match: TextMatch, value: string): RawBuilder<boolean> {
  const text = 'column' in field ? sql`${COLUMNS[field.column]}::text` : sql`lower(${readText(field.field)})`;
  const wanted = sql`lower(${value}::text)`;
  if (match === 'contains') return sql<boolean>`position(${wanted} in ${text}) > 0`;
  if (match === 'startsWith') return sql<boolean>`starts_with(${text}, ${wanted})`;
  return sql<boolean>`right(${text}, length(${wanted})) = ${wanted}`;
}

/** A field as a value of its type; null when the cell is empty or holds something else. */
export function readItemField(field: ItemField): RawBuilder<unknown> {
  if ('column' in field) return COLUMNS[field.column];
  const text = readText(field.field);
  const json = sql`fields -> ${field.field}::text`;
  switch (field.type) {
    case 'text':
      return sql`lower(${text})`;
    case 'number':
      return sql`case when jsonb_typeof(${json}) = 'number' then (${text})::numeric end`;
    case 'boolean':
      return sql`case when jsonb_typeof(${json}) = 'boolean' then (${text})::boolean end`;
    case 'dateTime':
      return readInstant(text);
  }
}

/** Text as an instant, UTC where it names no zone; other text reads as empty. */
function readInstant(text: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when ${text} ~ ${INSTANT_WITH_ZONE} then (${text})::timestamptz
                  when ${text} ~ ${INSTANT_WITHOUT_ZONE} then (${text})::timestamp at time zone 'UTC' end`;
}

function readText(name: string): RawBuilder<unknown> {
  return sql`(fields ->> ${name}::text)`;
}

function writeValue(field: ItemField, value: string | number | bigint | boolean | null): RawBuilder<unknown> {
  if (value === null) return sql`null`;
  const text = String(value);
  if ('column' in field) {
    const isInstant = field.column === 'createdAt' || field.column === 'updatedAt';
    return isInstant ? readInstant(sql`${text}::text`) : sql`${text}::numeric`;
  }
  switch (field.type) {
    case 'text':
      return sql`lower(${text}::text)`;
    case 'number':
      return sql`${text}::numeric`;
    case 'boolean':
      return sql`${text}::boolean`;
    case 'dateTime':
      return readInstant(sql`${text}::text`);
  }
}
