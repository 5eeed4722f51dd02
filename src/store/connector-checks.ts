import type { Kysely } from 'kysely';
import { v7 as createId } from 'uuid';
import { type Json, stringifyJson, type UserId } from '../base/index.ts';
import type { Database } from './database.ts';
import { createNotFound, guardWrite } from './write-errors.ts';

/** A test that is kept, with what has to come of it. */
export interface ConnectorCheck {
  readonly id: string;
  readonly connectorId: string;
  /** Undefined: the connection was deleted. */
  readonly connectionId: string | undefined;
  readonly operationId: string;
  readonly name: string;
  readonly inputs: Json;
  readonly expectations: Json;
  /** Of the last time. */
  readonly result: Json | undefined;
  readonly ranAt: string | undefined;
  readonly createdAt: string;
}

export interface NewConnectorCheck {
  readonly connectorId: string;
  readonly connectionId: string;
  readonly operationId: string;
  readonly name: string;
  readonly inputs: Json;
  readonly expectations: Json;
  readonly createdBy: UserId | undefined;
}

export async function createConnectorCheck(
  db: Kysely<Database>,
  check: NewConnectorCheck,
): Promise<ConnectorCheck> {
  const id = createId();
  const insertion = db.insertInto('connector_checks').values({
    id,
    connector_id: check.connectorId,
    connection_id: check.connectionId,
    operation_id: check.operationId,
    name: check.name,
    inputs: stringifyJson(check.inputs),
    expectations: stringifyJson(check.expectations),
    created_by: check.createdBy ?? null,
  });
  await guardWrite(`The check '${check.name}'`, () => insertion.execute());
  return requireCheck(await findConnectorCheck(db, id), id);
}

export async function listConnectorChecks(
  db: Kysely<Database>,
  connectorId: string,
): Promise<ConnectorCheck[]> {
  const rows = await selectChecks(db).where('connector_id', '=', connectorId).orderBy('id').execute();
  return rows.map(toCheck);
}

export async function findConnectorCheck(
  db: Kysely<Database>,
  id: string,
): Promise<ConnectorCheck | undefined> {
  const row = await selectChecks(db).where('id', '=', id).executeTakeFirst();
  return row && toCheck(row);
}

export async function saveCheckResult(
  db: Kysely<Database>,
  id: string,
  result: Json,
): Promise<ConnectorCheck> {
  await db
    .updateTable('connector_checks')
    .set({ result: stringifyJson(result), ran_at: new Date() })
    .where('id', '=', id)
    .execute();
  return requireCheck(await findConnectorCheck(db, id), id);
}

/** @throws StoreError STORE_NOT_FOUND */
export async function deleteConnectorCheck(db: Kysely<Database>, id: string): Promise<void> {
  const { numDeletedRows } = await db.deleteFrom('connector_checks').where('id', '=', id).executeTakeFirst();
  if (numDeletedRows === 0n) throw createNotFound(`The check ${id}`);
}

function requireCheck(check: ConnectorCheck | undefined, id: string): ConnectorCheck {
  if (check === undefined) throw createNotFound(`The check ${id}`);
  return check;
}

function selectChecks(db: Kysely<Database>) {
  return db
    .selectFrom('connector_checks')
    .select(['id', 'connector_id', 'connection_id', 'operation_id', 'name', 'inputs', 'expectations'])
    .select(['result', 'ran_at', 'created_at']);
}

type CheckRow = Awaited<ReturnType<ReturnType<typeof selectChecks>['execute']>>[number];

function toCheck(row: CheckRow): ConnectorCheck {
  return {
    id: row.id,
    connectorId: row.connector_id,
    connectionId: row.connection_id ?? undefined,
    operationId: row.operation_id,
    name: row.name,
    inputs: row.inputs,
    expectations: row.expectations,
    result: row.result ?? undefined,
    ranAt: row.ran_at?.toISOString(),
    createdAt: row.created_at.toISOString(),
  };
}
