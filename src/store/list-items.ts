import { type Kysely, type Selectable, sql } from 'kysely';
import { isJsonObject, type JsonObject, type ListId, stringifyJson } from '../base/index.ts';
import type { Database, ListItemsTable } from './database.ts';
import { buildItemFilter, type ItemFilter, type ItemOrder, readItemField } from './list-filter.ts';
import { cutPage, formatCursor, type Page, parseCursor, readLimit } from './paging.ts';
import { withTransaction } from './transaction.ts';
import { createConflict, createNotFound, guardWrite } from './write-errors.ts';

export interface ListItem {
  readonly listId: ListId;
  /** Counts up in its list. */
  readonly id: number;
  readonly version: number;
  readonly fields: JsonObject;
  /** Where it stands in the list's changes: when it was made, when it was last changed. */
  readonly createdSeq: number;
  readonly changedSeq: number;
  readonly createdBy?: string;
  readonly updatedBy?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface ItemQuery {
  readonly filter?: ItemFilter | undefined;
  /** By the id unless given; the id decides between equals. */
  readonly order?: readonly ItemOrder[] | undefined;
  /** Items per page: 50 unless given, at most 5000. */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

const MAX_ITEMS = 5_000;

/** Adds an item. @throws StoreError STORE_NOT_FOUND, STORE_VALUE_INVALID */
export async function createListItem(
  db: Kysely<Database>,
  listId: ListId,
  fields: JsonObject,
  createdBy?: string,
): Promise<ListItem> {
  const [item] = await createListItems(db, listId, [fields], createdBy);
  if (item === undefined) throw createNotFound(`The list ${listId}`);
  return item;
}

/** Adds items in their order, all or none, with one statement. */
export async function createListItems(
  db: Kysely<Database>,
  listId: ListId,
  items: readonly JsonObject[],
  createdBy?: string,
): Promise<ListItem[]> {
  if (items.length === 0) return [];
  const texts = items.map((fields) => stringifyJson(fields));
  const count = items.length;
  const author = createdBy ?? null;
  const { rows } = await guardWrite('The item', () =>
    sql<Selectable<ListItemsTable>>`
      with list as (
        update lists
        set item_count = item_count + ${count}::integer, last_item_id = last_item_id + ${count}::integer,
            change_seq = change_seq + ${count}::integer
        where id = ${listId} returning id, last_item_id - ${count}::integer as id_before, change_seq - ${count}::integer as seq_before
      )
      insert into list_items (list_id, id, fields, created_seq, changed_seq, created_by, updated_by, created_at, updated_at)
      select list.id, list.id_before + n, item.fields::jsonb, list.seq_before + n, list.seq_before + n,
             ${author}, ${author}, clock_timestamp(), clock_timestamp()
      from list, unnest(${texts}::text[]) with ordinality as item (fields, n)
      order by n
      returning *`.execute(db),
  );
  if (rows.length === 0) throw createNotFound(`The list ${listId}`);
  return rows.map(toItem).sort((a, b) => a.id - b.id);
}

export async function findListItem(
  db: Kysely<Database>,
  listId: ListId,
  id: number,
): Promise<ListItem | undefined> {
  const row = await db
    .selectFrom('list_items')
    .selectAll()
    .where('list_id', '=', listId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && toItem(row);
}

/**
 * Changes the given fields; null empties one, fields that are not given stay.
 *
 * @throws StoreError STORE_NOT_FOUND, STORE_VERSION_CONFLICT, STORE_VALUE_INVALID
 */
export async function updateListItem(
  db: Kysely<Database>,
  listId: ListId,
  id: number,
  fields: JsonObject,
  options: { readonly expectedVersion?: number | undefined; readonly updatedBy?: string | undefined } = {},
): Promise<ListItem> {
  const { expectedVersion } = options;
  const { rows } = await guardWrite(`The item ${id}`, () =>
    // The list is locked first: whoever waits for it sees the item as the one before has left it.
    sql<Selectable<ListItemsTable>>`
      with list as (
        update lists set change_seq = change_seq + 1 where id = ${listId} returning change_seq
      )
      update list_items item
      set fields = item.fields || ${stringifyJson(fields)}::jsonb, version = item.version + 1,
          changed_seq = list.change_seq, updated_by = ${options.updatedBy ?? null}, updated_at = clock_timestamp()
      from list
      where item.list_id = ${listId} and item.id = ${id}
        and (${expectedVersion ?? null}::integer is null or item.version = ${expectedVersion ?? null}::integer)
      returning item.*`.execute(db),
  );
  const [row] = rows;
  if (row !== undefined) return toItem(row);
  throw await explainMiss(db, listId, id, expectedVersion);
}

/** @throws StoreError STORE_NOT_FOUND, STORE_VERSION_CONFLICT */
export async function deleteListItem(
  db: Kysely<Database>,
  listId: ListId,
  id: number,
  expectedVersion?: number,
): Promise<void> {
  await withTransaction(db, async (tx) => {
    // Everybody locks the list before its items, so that two writers never wait for each other.
    await tx.selectFrom('lists').select('id').where('id', '=', listId).forUpdate().execute();
    let query = tx.deleteFrom('list_items').where('list_id', '=', listId).where('id', '=', id);
    if (expectedVersion !== undefined) query = query.where('version', '=', expectedVersion);
    const result = await query.executeTakeFirst();
    if (result.numDeletedRows === 0n) throw await explainMiss(tx, listId, id, expectedVersion);
    await tx
      .updateTable('lists')
      .set((column) => ({ item_count: column('item_count', '-', 1) }))
      .where('id', '=', listId)
      .execute();
  });
}

/**
 * The items a condition selects. In the order of the ids a cursor stays exact however many items are added or
 * deleted in between; in any other order it counts places.
 */
export async function listListItems(
  db: Kysely<Database>,
  listId: ListId,
  { filter, order = [], limit, cursor }: ItemQuery = {},
): Promise<Page<ListItem>> {
  const size = readLimit({ limit }, MAX_ITEMS);
  const offset = order.length > 0 && cursor !== undefined ? Number(parseCursor(cursor, ['number'])[0]) : 0;
  let query = db.selectFrom('list_items').selectAll().where('list_id', '=', listId);
  if (filter !== undefined) query = query.where(buildItemFilter(filter));
  if (order.length === 0 && cursor !== undefined) {
    query = query.where('id', '>', Number(parseCursor(cursor, ['number'])[0]));
  }
  for (const { field, descending } of order) {
    // Empty cells come first, as in SharePoint.
    query = query.orderBy(readItemField(field), (by) =>
      descending === true ? by.desc().nullsLast() : by.asc().nullsFirst(),
    );
  }
  query = query
    .orderBy('id')
    .limit(size + 1)
    .offset(offset);
  const rows = await guardWrite('The condition', () => query.execute());
  const page = cutPage(rows, size, (last) => formatCursor([order.length > 0 ? offset + size : last.id]));
  return { ...page, value: page.value.map(toItem) };
}

/** Which changes a trigger looks for: items made, or items made or changed. */
export type ItemChange = 'created' | 'changed';

/**
 * Items made (or made or changed) after a sequence number, in the order of their commits. None can appear later
 * with a smaller number: numbers are given out under the list's lock.
 */
export async function listItemChanges(
  db: Kysely<Database>,
  listId: ListId,
  change: ItemChange,
  afterSeq: number,
  limit: number,
): Promise<ListItem[]> {
  const seq = change === 'created' ? 'created_seq' : 'changed_seq';
  const rows = await db
    .selectFrom('list_items')
    .selectAll()
    .where('list_id', '=', listId)
    .where(seq, '>', afterSeq)
    .orderBy(seq)
    .limit(limit)
    .execute();
  return rows.map(toItem);
}

async function explainMiss(db: Kysely<Database>, listId: ListId, id: number, expected: number | undefined) {
  const current = await findListItem(db, listId, id);
  if (current === undefined || expected === undefined) return createNotFound(`The item ${id}`);
  return createConflict(`The item ${id}`, expected, current.version);
}

function toItem(row: Selectable<ListItemsTable>): ListItem {
  return {
    listId: row.list_id,
    id: row.id,
    version: row.version,
    fields: isJsonObject(row.fields) ? row.fields : {},
    createdSeq: row.created_seq,
    changedSeq: row.changed_seq,
    createdBy: row.created_by ?? undefined,
    updatedBy: row.updated_by ?? undefined,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
