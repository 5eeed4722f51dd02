import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely';
import { StoreError } from './errors.ts';

export interface PageRequest {
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
  /** 50 unless given; at most 500. */
  readonly limit?: number | undefined;
}

export interface Page<Item> {
  readonly value: Item[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 500;

export function readLimit(request: PageRequest, most = MAX_LIMIT): number {
  return Math.min(Math.max(request.limit ?? DEFAULT_LIMIT, 1), most);
}

/** Makes an opaque cursor of where a page ended. */
export function formatCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** @throws StoreError STORE_CURSOR_INVALID when it is not a cursor of these types */
export function parseCursor(cursor: string, types: readonly ('string' | 'number')[]): (string | number)[] {
  const values = parseValues(cursor);
  if (values.length === types.length && values.every((value, index) => typeof value === types[index])) {
    return values as (string | number)[];
  }
  throw new StoreError('STORE_CURSOR_INVALID', 'The cursor was not made by this list.');
}

function parseValues(cursor: string): unknown[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(values) ? values : [];
  } catch {
    return [];
  }
}

/** What a list is ordered by; the id decides between equals. */
export interface PageOrder {
  /** Text, selected by the query as `sort_key`. */
  readonly key: RawBuilder<string>;
  /** The id's column, selected as `id`. */
  readonly id: RawBuilder<string>;
}

/** Loads one page in the given order, from where the cursor's page ended: rows added before it change nothing. */
export async function loadPage<DB, TB extends keyof DB, Row extends { id: string; sort_key: string }>(
  query: SelectQueryBuilder<DB, TB, Row>,
  order: PageOrder,
  request: PageRequest,
): Promise<Page<Row>> {
  const limit = readLimit(request);
  const rows = await startAfter(query, order, request.cursor)
    .orderBy(order.key)
    .orderBy(order.id)
    .limit(limit + 1)
    .execute();
  return cutPage(rows, limit, (last) => formatCursor([last.sort_key, last.id]));
}

/** Cuts the one row too many that tells there is a next page. */
export function cutPage<Row>(rows: Row[], limit: number, describe: (last: Row) => string): Page<Row> {
  const value = rows.slice(0, limit);
  const last = value.at(-1);
  return rows.length > limit && last !== undefined ? { value, nextCursor: describe(last) } : { value };
}

function startAfter<DB, TB extends keyof DB, Row>(
  query: SelectQueryBuilder<DB, TB, Row>,
  { key, id }: PageOrder,
  cursor: string | undefined,
): SelectQueryBuilder<DB, TB, Row> {
  if (cursor === undefined) return query;
  const [lastKey, lastId] = parseCursor(cursor, ['string', 'string']);
  return query.where(sql<boolean>`(${key}, ${id}::text) > (${lastKey}, ${lastId})`);
}
