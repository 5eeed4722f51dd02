import { type Kysely, sql } from 'kysely';
import { v7 as createId } from 'uuid';
import {
  type ConnectorId,
  type EnvironmentId,
  type Json,
  stringifyJson,
  type UserId,
} from '../base/index.ts';
import type { Database } from './database.ts';
import { createConflict, createNotFound, guardWrite } from './write-errors.ts';

/** A connector that somebody is working on, without what it says. */
export interface ConnectorDraft {
  readonly id: string;
  readonly environmentId: EnvironmentId;
  /** The connector whose next version it will be; missing: a new connector. */
  readonly connectorId?: ConnectorId;
  /** The version it was made from. */
  readonly baseVersion?: number;
  readonly title: string;
  /** Counts its changes. */
  readonly revision: number;
  readonly createdBy?: UserId;
  /** The person's name. */
  readonly updatedBy?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface StoredConnectorDraft extends ConnectorDraft {
  readonly definition: Json;
}

export interface NewConnectorDraft {
  readonly environmentId: EnvironmentId;
  readonly connectorId?: ConnectorId | undefined;
  readonly baseVersion?: number | undefined;
  readonly title: string;
  readonly definition: Json;
  readonly createdBy: UserId | undefined;
}

/** Makes a draft; of a connector that has one already, that one comes back as it is. */
export async function createConnectorDraft(
  db: Kysely<Database>,
  draft: NewConnectorDraft,
): Promise<StoredConnectorDraft> {
  const id = createId();
  const insertion = db
    .insertInto('connector_drafts')
    .values({
      id,
      environment_id: draft.environmentId,
      connector_id: draft.connectorId ?? null,
      base_version: draft.baseVersion ?? null,
      title: draft.title,
      definition: stringifyJson(draft.definition),
      created_by: draft.createdBy ?? null,
      updated_by: draft.createdBy ?? null,
    })
    .onConflict((conflict) => conflict.column('connector_id').doNothing());
  const inserted = await guardWrite(`The draft '${draft.title}'`, () => insertion.executeTakeFirst());
  const found =
    inserted.numInsertedOrUpdatedRows === 0n && draft.connectorId !== undefined
      ? await findDraftOfConnector(db, draft.connectorId)
      : await findConnectorDraft(db, id);
  if (found === undefined) throw createNotFound(`The draft ${id}`);
  return found;
}

/** The last changed first. */
export async function listConnectorDrafts(
  db: Kysely<Database>,
  environmentId: EnvironmentId,
): Promise<ConnectorDraft[]> {
  const rows = await selectDrafts(db)
    .where('d.environment_id', '=', environmentId)
    .orderBy('d.updated_at', 'desc')
    .orderBy('d.id')
    .execute();
  return rows.map(toDraft);
}

/** A draft without what it says. */
export async function findDraftHead(db: Kysely<Database>, id: string): Promise<ConnectorDraft | undefined> {
  const row = await selectDrafts(db).where('d.id', '=', id).executeTakeFirst();
  return row && toDraft(row);
}

export async function findConnectorDraft(
  db: Kysely<Database>,
  id: string,
): Promise<StoredConnectorDraft | undefined> {
  const row = await selectDrafts(db).select('d.definition').where('d.id', '=', id).executeTakeFirst();
  return row && { ...toDraft(row), definition: row.definition };
}

async function findDraftOfConnector(
  db: Kysely<Database>,
  connectorId: ConnectorId,
): Promise<StoredConnectorDraft | undefined> {
  const row = await selectDrafts(db)
    .select('d.definition')
    .where('d.connector_id', '=', connectorId)
    .executeTakeFirst();
  return row && { ...toDraft(row), definition: row.definition };
}

/**
 * Writes what a draft says; with `expectedRevision` only over that revision.
 *
 * @throws StoreError STORE_NOT_FOUND, STORE_VERSION_CONFLICT
 */
export async function saveConnectorDraft(
  db: Kysely<Database>,
  id: string,
  change: { readonly title: string; readonly definition: Json; readonly updatedBy: UserId | undefined },
  expectedRevision?: number,
): Promise<ConnectorDraft> {
  const update = db
    .updateTable('connector_drafts')
    .set({
      title: change.title,
      definition: stringifyJson(change.definition),
      revision: sql`revision + 1`,
      updated_by: change.updatedBy ?? null,
      updated_at: new Date(),
    })
    .where('id', '=', id);
  const { numUpdatedRows } = await (expectedRevision === undefined
    ? update
    : update.where('revision', '=', expectedRevision)
  ).executeTakeFirst();
  const row = await selectDrafts(db).where('d.id', '=', id).executeTakeFirst();
  if (row === undefined) throw createNotFound(`The draft ${id}`);
  if (numUpdatedRows === 0n)
    throw createConflict(`The draft '${row.title}'`, expectedRevision ?? 0, row.revision);
  // What belongs to a connector that was never saved goes by its name too.
  await db
    .updateTable('connectors')
    .set({ title: change.title })
    .where('id', '=', id)
    .where('latest_version', '=', 0)
    .execute();
  return toDraft(row);
}

/**
 * Takes a draft away; with `expectedRevision` only that revision.
 *
 * @throws StoreError STORE_NOT_FOUND, STORE_VERSION_CONFLICT
 */
export async function deleteConnectorDraft(
  db: Kysely<Database>,
  id: string,
  expectedRevision?: number,
): Promise<void> {
  const removal = db.deleteFrom('connector_drafts').where('id', '=', id);
  const { numDeletedRows } = await (expectedRevision === undefined
    ? removal
    : removal.where('revision', '=', expectedRevision)
  ).executeTakeFirst();
  if (numDeletedRows > 0n) return;
  const row = await selectDrafts(db).where('d.id', '=', id).executeTakeFirst();
  if (row === undefined) throw createNotFound(`The draft ${id}`);
  throw createConflict(`The draft '${row.title}'`, expectedRevision ?? 0, row.revision);
}

function selectDrafts(db: Kysely<Database>) {
  return db
    .selectFrom('connector_drafts as d')
    .leftJoin('users', 'users.id', 'd.updated_by')
    .select(['d.id', 'd.environment_id', 'd.connector_id', 'd.base_version', 'd.title', 'd.revision'])
    .select(['d.created_by', 'd.created_at', 'd.updated_at', 'users.name as updated_by_name']);
}

interface DraftRow {
  id: string;
  environment_id: string;
  connector_id: string | null;
  base_version: number | null;
  title: string;
  revision: number;
  created_by: string | null;
  created_at: Date;
  updated_at: Date;
  updated_by_name: string | null;
}

function toDraft(row: DraftRow): ConnectorDraft {
  return {
    id: row.id,
    environmentId: row.environment_id,
    connectorId: row.connector_id ?? undefined,
    baseVersion: row.base_version ?? undefined,
    title: row.title,
    revision: row.revision,
    createdBy: row.created_by ?? undefined,
    updatedBy: row.updated_by_name ?? undefined,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
