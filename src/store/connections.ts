import { type Kysely, type Selectable, sql } from 'kysely';
import { v7 as createId } from 'uuid';
import {
  type ConnectionId,
  type ConnectorId,
  type EnvironmentId,
  isJsonObject,
  type Json,
  type JsonObject,
  stringifyJson,
} from '../base/index.ts';
import type { ConnectionsTable, Database } from './database.ts';
import { loadPage, type Page, type PageRequest } from './paging.ts';
import { createConflict, createNotFound, guardWrite } from './write-errors.ts';

/** `needs-sign-in`: its OAuth grant has ended or was never given; a person has to sign in. */
export type ConnectionStatus = 'connected' | 'error' | 'needs-sign-in';

export interface Connection {
  readonly id: ConnectionId;
  readonly environmentId: EnvironmentId;
  readonly connectorId: ConnectorId;
  readonly name: string;
  readonly parameterSet?: string;
  readonly status: ConnectionStatus;
  /** Why it is an error: `{code, message, fix?}`. */
  readonly statusDetail?: Json;
  /** The values that are not secret. */
  readonly parameters: JsonObject;
  /** The secret ones as the vault sealed them. */
  readonly sealed?: Uint8Array;
  /** Names of the values in `sealed`. */
  readonly secretNames: readonly string[];
  /** Counts the changes that matter to whoever caches it; a new status is none. */
  readonly version: number;
  readonly testedAt?: string;
  readonly lastUsedAt?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface NewConnection {
  /** Given beforehand, because the sealed values are bound to it; see `createConnectionId`. */
  readonly id: ConnectionId;
  readonly environmentId: EnvironmentId;
  readonly connectorId: ConnectorId;
  readonly name: string;
  readonly parameterSet?: string | undefined;
  /** `error` unless given: its test will say otherwise. */
  readonly status?: ConnectionStatus | undefined;
  readonly parameters: JsonObject;
  readonly sealed?: Uint8Array | undefined;
  readonly secretNames?: readonly string[];
  readonly createdBy?: string | undefined;
}

export interface ConnectionChange {
  readonly name?: string | undefined;
  readonly parameterSet?: string | undefined;
  readonly parameters?: JsonObject | undefined;
  readonly sealed?: Uint8Array | undefined;
  readonly secretNames?: readonly string[] | undefined;
}

export function createConnectionId(): ConnectionId {
  return createId();
}

/** Makes a connection; its status is `error` until its test has said otherwise. */
export async function createConnection(db: Kysely<Database>, connection: NewConnection): Promise<Connection> {
  const row = await guardWrite(`The connection '${connection.name}'`, () =>
    db
      .insertInto('connections')
      .values({
        id: connection.id,
        environment_id: connection.environmentId,
        connector_id: connection.connectorId,
        name: connection.name,
        parameter_set: connection.parameterSet ?? null,
        status: connection.status ?? 'error',
        parameters: stringifyJson(connection.parameters),
        sealed: toBuffer(connection.sealed) ?? null,
        secret_names: [...(connection.secretNames ?? [])],
        created_by: connection.createdBy ?? null,
      })
      .returningAll()
      .executeTakeFirstOrThrow(),
  );
  return toConnection(row);
}

/** By name; only those of a connector when one is given, else those of all that are saved. */
export async function listConnections(
  db: Kysely<Database>,
  filter: { readonly environmentId: EnvironmentId; readonly connectorId?: ConnectorId | undefined },
  request: PageRequest = {},
): Promise<Page<Connection>> {
  const key = sql<string>`lower(name)`;
  let query = db
    .selectFrom('connections')
    .selectAll()
    .select(key.as('sort_key'))
    .where('environment_id', '=', filter.environmentId);
  if (filter.connectorId !== undefined) query = query.where('connector_id', '=', filter.connectorId);
  else {
    query = query.where(({ exists, selectFrom }) =>
      exists(
        selectFrom('connectors')
          .select('connectors.id')
          .whereRef('connectors.id', '=', 'connections.connector_id')
          .where('connectors.latest_version', '>', 0),
      ),
    );
  }
  const page = await loadPage(query, { key, id: sql<string>`id` }, request);
  return { ...page, value: page.value.map(toConnection) };
}

export async function findConnection(
  db: Kysely<Database>,
  id: ConnectionId,
): Promise<Connection | undefined> {
  const row = await db.selectFrom('connections').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toConnection(row);
}

/** Changes what is given. @throws StoreError STORE_NOT_FOUND, STORE_VERSION_CONFLICT */
export async function updateConnection(
  db: Kysely<Database>,
  id: ConnectionId,
  change: ConnectionChange,
  expectedVersion?: number,
): Promise<Connection> {
  let query = db
    .updateTable('connections')
    .set({
      name: change.name,
      parameter_set: change.parameterSet,
      parameters: change.parameters && stringifyJson(change.parameters),
      sealed: toBuffer(change.sealed),
      secret_names: change.secretNames && [...change.secretNames],
      updated_at: new Date(),
    })
    .set((column) => ({ version: column('version', '+', 1) }))
    .where('id', '=', id);
  if (expectedVersion !== undefined) query = query.where('version', '=', expectedVersion);
  const row = await query.returningAll().executeTakeFirst();
  if (row !== undefined) return toConnection(row);
  const current = await findConnection(db, id);
  if (current === undefined) throw createNotFound(`The connection ${id}`);
  throw createConflict(`The connection '${current.name}'`, expectedVersion ?? 0, current.version);
}

/** Keeps what a test found. */
export async function saveConnectionStatus(
  db: Kysely<Database>,
  id: ConnectionId,
  status: ConnectionStatus,
  detail?: Json,
): Promise<Connection> {
  const row = await db
    .updateTable('connections')
    .set({
      status,
      status_detail: detail === undefined ? null : stringifyJson(detail),
      tested_at: new Date(),
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw createNotFound(`The connection ${id}`);
  return toConnection(row);
}

/** Notes the last use of many connections with one statement. */
export async function touchConnections(
  db: Kysely<Database>,
  ids: readonly ConnectionId[],
  usedAt: Date,
): Promise<void> {
  if (ids.length === 0) return;
  await db.updateTable('connections').set({ last_used_at: usedAt }).where('id', 'in', ids).execute();
}

export async function deleteConnection(db: Kysely<Database>, id: ConnectionId): Promise<void> {
  const result = await db.deleteFrom('connections').where('id', '=', id).executeTakeFirst();
  if (result.numDeletedRows === 0n) throw createNotFound(`The connection ${id}`);
}

function toBuffer(bytes: Uint8Array | undefined): Buffer | undefined {
  return bytes && Buffer.from(bytes);
}

function toConnection(row: Selectable<ConnectionsTable>): Connection {
  return {
    id: row.id,
    environmentId: row.environment_id,
    connectorId: row.connector_id,
    name: row.name,
    parameterSet: row.parameter_set ?? undefined,
    status: row.status,
    statusDetail: row.status_detail ?? undefined,
    parameters: isJsonObject(row.parameters) ? row.parameters : {},
    sealed: row.sealed ?? undefined,
    secretNames: row.secret_names,
    version: row.version,
    testedAt: row.tested_at?.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString(),
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}
