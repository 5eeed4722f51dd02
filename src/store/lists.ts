import { type Kysely, type Selectable, sql } from 'kysely';
import { v7 as createId } from 'uuid';
import { type EnvironmentId, type Json, type ListId, stringifyJson } from '../base/index.ts';
import type { Database, ListsTable } from './database.ts';
import { loadPage, type Page, type PageRequest } from './paging.ts';
import { withTransaction } from './transaction.ts';
import { createConflict, createNotFound, guardWrite } from './write-errors.ts';

export interface List {
  readonly id: ListId;
  readonly environmentId: EnvironmentId;
  /** Unique in the environment. */
  readonly name: string;
  readonly description: string;
  readonly columns: Json;
  readonly itemCount: number;
  /** The number of the last change of an item: where a trigger starts that wants only what comes. */
  readonly changeSeq: number;
  /** Of the list itself: name, description, columns. */
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface NewList {
  readonly environmentId: EnvironmentId;
  readonly name: string;
  readonly description?: string | undefined;
  readonly columns: Json;
  readonly createdBy?: string | undefined;
}

export interface ListChange {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly columns?: Json | undefined;
  /** Names of the fields that go with their columns: they are taken out of every item. */
  readonly removedFields?: readonly string[];
}

/** @throws StoreError STORE_NAME_TAKEN */
export async function createList(db: Kysely<Database>, list: NewList): Promise<List> {
  const row = await guardWrite(`The list '${list.name}'`, () =>
    db
      .insertInto('lists')
      .values({
        id: createId(),
        environment_id: list.environmentId,
        name: list.name,
        description: list.description ?? '',
        columns: stringifyJson(list.columns),
        created_by: list.createdBy ?? null,
      })
      .returningAll()
      .executeTakeFirstOrThrow(),
  );
  return toList(row);
}

/** By name. */
export async function listLists(
  db: Kysely<Database>,
  environmentId: EnvironmentId,
  request: PageRequest = {},
): Promise<Page<List>> {
  const key = sql<string>`lower(name)`;
  const query = db
    .selectFrom('lists')
    .selectAll()
    .select(key.as('sort_key'))
    .where('environment_id', '=', environmentId);
  const page = await loadPage(query, { key, id: sql<string>`id` }, request);
  return { ...page, value: page.value.map(toList) };
}

export async function findList(db: Kysely<Database>, id: ListId): Promise<List | undefined> {
  const row = await db.selectFrom('lists').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toList(row);
}

export async function findListByName(
  db: Kysely<Database>,
  environmentId: EnvironmentId,
  name: string,
): Promise<List | undefined> {
  const row = await db
    .selectFrom('lists')
    .selectAll()
    .where('environment_id', '=', environmentId)
    .where('name', '=', name)
    .executeTakeFirst();
  return row && toList(row);
}

/** Changes what is given. @throws StoreError STORE_NOT_FOUND, STORE_VERSION_CONFLICT, STORE_NAME_TAKEN */
export async function updateList(
  db: Kysely<Database>,
  id: ListId,
  change: ListChange,
  expectedVersion?: number,
): Promise<List> {
  return withTransaction(db, async (tx) => {
    await writeList(tx, id, change, expectedVersion);
    await removeFields(tx, id, change.removedFields ?? []);
    const list = await findList(tx, id);
    if (list === undefined) throw createNotFound(`The list ${id}`);
    return list;
  });
}

/** Deletes it with its items. @throws StoreError STORE_NOT_FOUND */
export async function deleteList(db: Kysely<Database>, id: ListId): Promise<void> {
  const result = await db.deleteFrom('lists').where('id', '=', id).executeTakeFirst();
  if (result.numDeletedRows === 0n) throw createNotFound(`The list ${id}`);
}

async function writeList(
  tx: Kysely<Database>,
  id: ListId,
  change: ListChange,
  expectedVersion: number | undefined,
): Promise<void> {
  const what = change.name === undefined ? `The list ${id}` : `The list '${change.name}'`;
  let query = tx
    .updateTable('lists')
    .set({
      name: change.name,
      description: change.description,
      columns: change.columns === undefined ? undefined : stringifyJson(change.columns),
      updated_at: new Date(),
    })
    .set((column) => ({ version: column('version', '+', 1) }))
    .where('id', '=', id);
  if (expectedVersion !== undefined) query = query.where('version', '=', expectedVersion);
  const result = await guardWrite(what, () => query.executeTakeFirst());
  if (result.numUpdatedRows > 0n) return;
  const current = await findList(tx, id);
  if (current === undefined) throw createNotFound(what);
  throw createConflict(`The list '${current.name}'`, expectedVersion ?? 0, current.version);
}

/** Items lose the fields without counting as changed: no trigger fires for a removed column. */
async function removeFields(tx: Kysely<Database>, id: ListId, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  await sql`update list_items set fields = fields - ${[...names]}::text[] where list_id = ${id}`.execute(tx);
}

function toList(row: Selectable<ListsTable>): List {
  return {
    id: row.id,
    environmentId: row.environment_id,
    name: row.name,
    description: row.description,
    columns: row.columns,
    itemCount: row.item_count,
    changeSeq: row.change_seq,
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
