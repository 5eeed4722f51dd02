import { type Kysely, type Selectable, sql } from 'kysely';
import { v7 as createId } from 'uuid';
import { type ConnectorId, type EnvironmentId, type Json, stringifyJson } from '../base/index.ts';
import { type ListedOperation, replaceOperations } from './connector-operations.ts';
import type { ConnectorsTable, Database } from './database.ts';
import { loadPage, type Page, type PageRequest } from './paging.ts';
import { withTransaction } from './transaction.ts';
import { createConflict, createNotFound, guardWrite } from './write-errors.ts';

export interface Connector {
  readonly id: ConnectorId;
  readonly environmentId: EnvironmentId;
  /** Unique in the environment. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly kind: 'builtin' | 'custom';
  readonly publisher?: string;
  readonly brandColor?: string;
  readonly icon?: string;
  /** 0: never saved. Such a connector is a place for what belongs to its draft, and no list shows it. */
  readonly latestVersion: number;
  readonly operationCount: number;
  readonly categories: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What is written with a version: the definition and what lists show of it. */
export interface ConnectorContent {
  readonly title: string;
  readonly description?: string | undefined;
  readonly publisher?: string | undefined;
  readonly brandColor?: string | undefined;
  readonly icon?: string | undefined;
  readonly operationCount: number;
  readonly categories?: readonly string[] | undefined;
  /** What the gallery searches in. */
  readonly operations?: readonly ListedOperation[] | undefined;
  /** What it was imported from. */
  readonly format?: string | undefined;
  readonly definition: Json;
  readonly note?: string | undefined;
  /** The user who saves it. */
  readonly savedBy?: string | undefined;
}

export interface NewConnector extends ConnectorContent {
  /** A new one unless given. */
  readonly id?: ConnectorId | undefined;
  readonly environmentId: EnvironmentId;
  readonly name: string;
  readonly kind: 'builtin' | 'custom';
}

/** Makes a connector with its version 1. @throws StoreError STORE_NAME_TAKEN */
export async function createConnector(db: Kysely<Database>, connector: NewConnector): Promise<Connector> {
  return withTransaction(db, async (tx) => {
    const row = await guardWrite(`The connector '${connector.name}'`, () =>
      tx
        .insertInto('connectors')
        .values({
          id: connector.id ?? createId(),
          environment_id: connector.environmentId,
          name: connector.name,
          kind: connector.kind,
          latest_version: 1,
          created_by: connector.savedBy ?? null,
          ...toColumns(connector),
        })
        .returningAll()
        .executeTakeFirstOrThrow(),
    );
    await insertVersion(tx, row.id, 1, connector);
    return toConnector(row);
  });
}

/**
 * Makes a place for what belongs to the draft of a new connector (its connections, tests and checks), once. It has the
 * draft's id, which the connector keeps when it is saved. In a transaction.
 */
export async function ensureDraftConnector(tx: Kysely<Database>, draftId: ConnectorId): Promise<void> {
  // Locked, so that nobody discards the draft while something is made for it.
  const draft = await tx
    .selectFrom('connector_drafts')
    .select(['environment_id', 'title'])
    .where('id', '=', draftId)
    .where('connector_id', 'is', null)
    .forShare()
    .executeTakeFirst();
  if (draft === undefined) return;
  await tx
    .insertInto('connectors')
    .values({
      id: draftId,
      environment_id: draft.environment_id,
      name: draftId, // no connector is named like this: nothing is kept from taking the name it will have
      kind: 'custom',
      latest_version: 0,
      ...toColumns({ title: draft.title, operationCount: 0 }),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** Takes away that place with all that stands in it; nothing once the connector is saved. In a transaction. */
export async function deleteDraftConnector(tx: Kysely<Database>, draftId: ConnectorId): Promise<void> {
  const row = await tx
    .selectFrom('connectors')
    .select('id')
    .where('id', '=', draftId)
    .where('latest_version', '=', 0)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return;
  await tx.deleteFrom('connections').where('connector_id', '=', draftId).execute();
  await tx.deleteFrom('connectors').where('id', '=', draftId).execute();
}

/**
 * Makes the connector of a draft, with its version 1: where something belongs to the draft already, in that place.
 *
 * @throws StoreError STORE_NAME_TAKEN
 */
export async function saveDraftConnector(
  db: Kysely<Database>,
  connector: NewConnector & { readonly id: ConnectorId },
): Promise<Connector> {
  return withTransaction(db, async (tx) => {
    const { numUpdatedRows } = await guardWrite(`The connector '${connector.name}'`, () =>
      tx
        .updateTable('connectors')
        .set({ name: connector.name, created_by: connector.savedBy ?? null, created_at: new Date() })
        .where('id', '=', connector.id)
        .where('latest_version', '=', 0)
        .executeTakeFirst(),
    );
    if (numUpdatedRows === 0n) return createConnector(tx, connector);
    return saveConnectorVersion(tx, connector.id, connector, 0);
  });
}

/**
 * Saves the next version. With `expectedVersion` only if that is the latest.
 *
 * @throws StoreError STORE_NOT_FOUND, STORE_VERSION_CONFLICT
 */
export async function saveConnectorVersion(
  db: Kysely<Database>,
  id: ConnectorId,
  content: ConnectorContent,
  expectedVersion?: number,
): Promise<Connector> {
  return withTransaction(db, async (tx) => {
    const current = await tx
      .selectFrom('connectors')
      .select(['name', 'latest_version'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (current === undefined) throw createNotFound(`The connector ${id}`);
    if (expectedVersion !== undefined && current.latest_version !== expectedVersion) {
      throw createConflict(`The connector '${current.name}'`, expectedVersion, current.latest_version);
    }
    const version = current.latest_version + 1;
    await insertVersion(tx, id, version, content);
    const row = await tx
      .updateTable('connectors')
      .set({ ...toColumns(content), latest_version: version, updated_at: new Date() })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    return toConnector(row);
  });
}

/** By title. */
export async function listConnectors(
  db: Kysely<Database>,
  environmentId: EnvironmentId,
  request: PageRequest = {},
): Promise<Page<Connector>> {
  const key = sql<string>`lower(title)`;
  const query = db
    .selectFrom('connectors')
    .selectAll()
    .select(key.as('sort_key'))
    .where('environment_id', '=', environmentId)
    .where('latest_version', '>', 0);
  const page = await loadPage(query, { key, id: sql<string>`id` }, request);
  return { ...page, value: page.value.map(toConnector) };
}

export async function findConnector(db: Kysely<Database>, id: ConnectorId): Promise<Connector | undefined> {
  const connector = await findConnectorOrDraft(db, id);
  return connector === undefined || connector.latestVersion === 0 ? undefined : connector;
}

/** Also one that was never saved: what a connection belongs to. */
export async function findConnectorOrDraft(
  db: Kysely<Database>,
  id: ConnectorId,
): Promise<Connector | undefined> {
  const row = await db.selectFrom('connectors').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toConnector(row);
}

/** Many by id, for a page that shows something of each. */
export async function findConnectors(
  db: Kysely<Database>,
  ids: readonly ConnectorId[],
): Promise<Map<ConnectorId, Connector>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('connectors').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, toConnector(row)]));
}

export async function findConnectorByName(
  db: Kysely<Database>,
  environmentId: EnvironmentId,
  name: string,
): Promise<Connector | undefined> {
  const row = await db
    .selectFrom('connectors')
    .selectAll()
    .where('environment_id', '=', environmentId)
    .where('name', '=', name)
    .executeTakeFirst();
  return row && toConnector(row);
}

/** Deletes it with its versions. @throws StoreError STORE_NOT_FOUND, STORE_IN_USE while connections use it */
export async function deleteConnector(db: Kysely<Database>, id: ConnectorId): Promise<void> {
  const what = `The connector ${id}`;
  const result = await guardWrite(what, () =>
    db.deleteFrom('connectors').where('id', '=', id).executeTakeFirst(),
  );
  if (result.numDeletedRows === 0n) throw createNotFound(what);
}

async function insertVersion(
  tx: Kysely<Database>,
  connectorId: ConnectorId,
  version: number,
  content: ConnectorContent,
): Promise<void> {
  await replaceOperations(tx, connectorId, content.operations ?? []);
  await tx
    .insertInto('connector_versions')
    .values({
      connector_id: connectorId,
      version,
      title: content.title,
      format: content.format ?? null,
      operation_count: content.operationCount,
      definition: stringifyJson(content.definition),
      note: content.note ?? null,
      created_by: content.savedBy ?? null,
    })
    .execute();
}

function toColumns(content: Omit<ConnectorContent, 'definition'>) {
  return {
    title: content.title,
    description: content.description ?? '',
    publisher: content.publisher ?? null,
    brand_color: content.brandColor ?? null,
    icon: content.icon ?? null,
    operation_count: content.operationCount,
    categories: [...(content.categories ?? [])],
  };
}

function toConnector(row: Selectable<ConnectorsTable>): Connector {
  return {
    id: row.id,
    environmentId: row.environment_id,
    name: row.name,
    title: row.title,
    description: row.description,
    kind: row.kind,
    publisher: row.publisher ?? undefined,
    brandColor: row.brand_color ?? undefined,
    icon: row.icon ?? undefined,
    latestVersion: row.latest_version,
    operationCount: row.operation_count,
    categories: row.categories,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
