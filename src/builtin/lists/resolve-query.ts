import type { ItemField, ItemFilter, ItemOrder } from '../../store/index.ts';
import { ODataError } from '../odata/errors.ts';
import { parseFilter } from '../odata/parse-filter.ts';
import { parseOrderBy } from '../odata/parse-order-by.ts';
import type { Field, Filter, Literal } from '../odata/types.ts';
import type { Column, ColumnType } from './columns.ts';
import { readInstant } from './convert-value.ts';

/**
 * Reads a `$filter` over a list's columns.
 *
 * @throws ODataError for bad syntax, an unknown column, or a value that does not fit its column
 */
export function resolveFilter(columns: readonly Column[], text: string): ItemFilter {
  return resolveNode(columns, parseFilter(text));
}

/** Reads an `$orderby` over a list's columns. @throws ODataError */
export function resolveOrderBy(columns: readonly Column[], text: string): ItemOrder[] {
  return parseOrderBy(text).map(({ field, descending }) => ({
    field: findField(columns, field, '$orderby').field,
    descending,
  }));
}

function resolveNode(columns: readonly Column[], filter: Filter): ItemFilter {
  switch (filter.kind) {
    case 'and':
    case 'or': {
      const operands = [resolveNode(columns, filter.left), resolveNode(columns, filter.right)];
      return { kind: filter.kind, operands };
    }
    case 'not':
      return { kind: 'not', operand: resolveNode(columns, filter.operand) };
    case 'compare':
      return resolveComparison(columns, filter);
    case 'match':
      return resolveMatch(columns, filter);
  }
}

function resolveComparison(
  columns: readonly Column[],
  filter: Extract<Filter, { kind: 'compare' }>,
): ItemFilter {
  const { operator, value } = filter;
  const target = findField(columns, filter.field, '$filter');
  if (value.type === 'null') {
    if (operator === 'eq' || operator === 'ne')
      return { kind: 'compare', field: target.field, operator, value: null };
    throw mismatch(value, `null can only be compared with eq and ne.`);
  }
  return { kind: 'compare', field: target.field, operator, value: resolveValue(target, value) };
}

const MATCHES = { startswith: 'startsWith', endswith: 'endsWith', contains: 'contains' } as const;

function resolveMatch(columns: readonly Column[], filter: Extract<Filter, { kind: 'match' }>): ItemFilter {
  const { field, type, name } = findField(columns, filter.field, '$filter');
  if (type !== 'text')
    throw mismatch(filter.field, `${filter.match} searches in text, and ${name} is not text.`);
  if (filter.value.value === null) throw mismatch(filter.value, `${filter.match} needs text to look for.`);
  return { kind: 'match', field, match: MATCHES[filter.match], value: String(filter.value.value) };
}

interface Target {
  readonly name: string;
  readonly field: ItemField;
  readonly type: 'text' | 'number' | 'boolean' | 'date' | 'dateTime';
  /** Kept as an address; may be asked for as the claim `i:0#.f|membership|ann@b.c`. */
  readonly person?: boolean;
}

const COMPARED_AS: Readonly<Record<ColumnType, Target['type'] | undefined>> = {
  text: 'text',
  multilineText: 'text',
  choice: 'text',
  person: 'text',
  hyperlink: 'text',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  date: 'date',
  dateTime: 'dateTime',
  json: undefined,
};

/** The member by which SharePoint's composed values are filtered; the store keeps just that. */
const MEMBERS: Partial<Record<ColumnType, readonly string[]>> = {
  choice: ['Value'],
  person: ['Email', 'EMail', 'Claims', 'DisplayName'],
};

const SYSTEM: Readonly<Record<string, Target>> = {
  id: { name: 'ID', field: { column: 'id' }, type: 'number' },
  created: { name: 'Created', field: { column: 'createdAt' }, type: 'dateTime' },
  modified: { name: 'Modified', field: { column: 'updatedAt' }, type: 'dateTime' },
};

function findField(columns: readonly Column[], { name, position }: Field, option: string): Target {
  const [first = '', member] = name.split('/');
  const column =
    columns.find((candidate) => candidate.name === first) ??
    columns.find((candidate) => candidate.name.toLowerCase() === first.toLowerCase());
  const system = member === undefined ? SYSTEM[first.toLowerCase()] : undefined;
  if (column === undefined) {
    if (system !== undefined) return system;
    const names = ['ID', ...columns.map((candidate) => candidate.name), 'Created', 'Modified'].join(', ');
    throw ODataError.at(
      'ODATA_UNKNOWN_COLUMN',
      option,
      position,
      `there is no column ${name}; there are ${names}.`,
    );
  }
  const type = COMPARED_AS[column.type];
  const memberFits = member === undefined || MEMBERS[column.type]?.includes(member) === true;
  if (type === undefined || !memberFits) {
    throw ODataError.at('ODATA_TYPE_MISMATCH', option, position, `items cannot be selected by ${name}.`);
  }
  // Dates are kept as YYYY-MM-DD: as text they sort as they should, in any time zone.
  return {
    name: column.name,
    field: { field: column.name, type: type === 'date' ? 'text' : type },
    type,
    person: column.type === 'person',
  };
}

function resolveValue({ name, type, person }: Target, literal: Literal): string | number | boolean {
  const { value } = literal;
  if (type === 'text') return person === true ? (String(value).split('|').at(-1) ?? '') : String(value);
  if (type === 'number') {
    const number = literal.type === 'boolean' ? Number.NaN : Number(value);
    if (String(value).trim() !== '' && Number.isFinite(number)) return number;
    throw mismatch(literal, `${name} is a number, and “${value}” is not.`);
  }
  if (type === 'boolean') {
    const text = String(value).toLowerCase();
    if (text === 'true' || text === '1') return true;
    if (text === 'false' || text === '0') return false;
    throw mismatch(literal, `${name} is true or false, and “${value}” is neither.`);
  }
  const instant = typeof value === 'string' ? readInstant(value) : undefined;
  if (instant === undefined) throw mismatch(literal, `${name} is a date, and “${value}” is not.`);
  return type === 'date' ? instant.toISOString().slice(0, 10) : instant.toISOString();
}

function mismatch({ position }: { position: number }, message: string): ODataError {
  return ODataError.at('ODATA_TYPE_MISMATCH', '$filter', position, message);
}
