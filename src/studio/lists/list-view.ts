import type { ColumnType, ListColumn } from '../../api/index.ts';

/** What one has to be to be shown. */
export interface Condition {
  readonly column: string;
  readonly operator: Operator;
  readonly value: string;
}

export interface Sorting {
  /** `ID` or the name of a column. */
  readonly column: string;
  readonly descending: boolean;
}

/** What of a list is shown, as it stands in the address. */
export interface ListView {
  where?: Condition[];
  /** `Title`, or `-Title` for the other way round. */
  sort?: string;
}

export type Operator = keyof typeof OPERATORS;

/** How each condition reads, and how OData says it. */
export const OPERATORS = {
  contains: { label: 'contains', write: (column: string, value: string) => `contains(${column},${value})` },
  startsWith: {
    label: 'begins with',
    write: (column: string, value: string) => `startswith(${column},${value})`,
  },
  is: { label: 'is', write: (column: string, value: string) => `${column} eq ${value}` },
  isNot: { label: 'is not', write: (column: string, value: string) => `${column} ne ${value}` },
  above: { label: 'is above', write: (column: string, value: string) => `${column} gt ${value}` },
  below: { label: 'is below', write: (column: string, value: string) => `${column} lt ${value}` },
  empty: { label: 'is empty', write: (column: string) => `${column} eq null` },
  filled: { label: 'is filled in', write: (column: string) => `${column} ne null` },
} as const;

const TEXT: readonly Operator[] = ['contains', 'startsWith', 'is', 'isNot', 'empty', 'filled'];
const ORDERED: readonly Operator[] = ['is', 'isNot', 'above', 'below', 'empty', 'filled'];
const CHOSEN: readonly Operator[] = ['is', 'isNot', 'empty', 'filled'];

/** What can be asked of a column; nothing of one that holds JSON. */
export function listOperators(type: ColumnType): readonly Operator[] {
  if (type === 'json') return [];
  if (type === 'boolean') return ['is'];
  if (type === 'choice') return CHOSEN;
  return isOrdered(type) ? ORDERED : TEXT;
}

export function takesValue(operator: Operator): boolean {
  return operator !== 'empty' && operator !== 'filled';
}

/** Reads an address; whatever is not a view is dropped. */
export function readListView({ where, sort }: Record<string, unknown>): ListView {
  const conditions = Array.isArray(where) ? where.filter(isCondition) : [];
  return {
    ...(conditions.length > 0 ? { where: conditions } : {}),
    ...(typeof sort === 'string' && sort !== '' ? { sort } : {}),
  };
}

export function readSorting({ sort }: ListView, columns: readonly ListColumn[]): Sorting | undefined {
  const descending = sort?.startsWith('-') ?? false;
  const column = descending ? sort?.slice(1) : sort;
  if (column === undefined || (column !== 'ID' && !columns.some(({ name }) => name === column)))
    return undefined;
  return { column, descending };
}

/** The view as the API's query; undefined for what every list shows. Conditions on columns that are gone are left out. */
export function writeQuery(view: ListView, columns: readonly ListColumn[]) {
  const filters = (view.where ?? []).flatMap((condition) => {
    const column = columns.find(({ name }) => name === condition.column);
    return column === undefined ||
      !listOperators(column.type).includes(condition.operator) ||
      isOpen(condition)
      ? []
      : [OPERATORS[condition.operator].write(column.name, writeLiteral(column.type, condition.value))];
  });
  const sorting = readSorting(view, columns);
  return {
    filter: filters.length > 0 ? filters.join(' and ') : undefined,
    orderby: sorting && `${sorting.column} ${sorting.descending ? 'desc' : 'asc'}`,
  };
}

/** Its value is still to be said. */
function isOpen({ operator, value }: Condition): boolean {
  return takesValue(operator) && value.trim() === '';
}

function writeLiteral(type: ColumnType, value: string): string {
  if (type === 'boolean') return value === 'true' ? 'true' : 'false';
  const text = type === 'dateTime' ? readInstant(value) : value.trim();
  return `'${text.replaceAll("'", "''")}'`;
}

/** What the browser's field gives is local time. */
function readInstant(value: string): string {
  const at = Date.parse(value);
  return Number.isNaN(at) ? value : new Date(at).toISOString();
}

function isOrdered(type: ColumnType): boolean {
  return ['number', 'integer', 'date', 'dateTime'].includes(type);
}

function isCondition(value: unknown): value is Condition {
  if (typeof value !== 'object' || value === null) return false;
  const { column, operator, value: text } = value as Record<string, unknown>;
  return (
    typeof column === 'string' &&
    typeof operator === 'string' &&
    Object.hasOwn(OPERATORS, operator) &&
    typeof text === 'string'
  );
}
