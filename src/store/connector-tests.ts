import { type Kysely, sql } from 'kysely';
import { v7 as createId } from 'uuid';
import { type Json, stringifyJson, type UserId } from '../base/index.ts';
import type { Database } from './database.ts';

/** One call that somebody tried, without its answer. */
export interface ConnectorTest {
  readonly id: string;
  readonly operationId: string;
  /** Undefined: a draft. */
  readonly connectorVersion: number | undefined;
  readonly connectionId: string | undefined;
  readonly connectionName: string | undefined;
  readonly inputs: Json;
  readonly ok: boolean;
  readonly statusCode: number | undefined;
  readonly durationMs: number;
  /** The likeliest cause of a failure, in a sentence. */
  readonly cause: string | undefined;
  /** How many differences from the schema there were. */
  readonly differences: number;
  readonly createdBy: string | undefined;
  readonly createdAt: string;
}

export interface NewConnectorTest {
  readonly connectorId: string;
  readonly connectionId: string;
  readonly operationId: string;
  readonly connectorVersion: number | undefined;
  /** Without credentials. */
  readonly inputs: Json;
  readonly ok: boolean;
  readonly statusCode: number | undefined;
  readonly durationMs: number;
  readonly cause: string | undefined;
  readonly differences: number;
  readonly createdBy: UserId | undefined;
}

/** Of each connector the last so many tests are kept. */
const KEPT = 200;

/** Notes a test, and forgets those nobody looks for any more. */
export async function createConnectorTest(db: Kysely<Database>, test: NewConnectorTest): Promise<string> {
  const id = createId();
  await db
    .insertInto('connector_tests')
    .values({
      id,
      connector_id: test.connectorId,
      connection_id: test.connectionId,
      operation_id: test.operationId,
      connector_version: test.connectorVersion ?? null,
      inputs: stringifyJson(test.inputs),
      ok: test.ok,
      status_code: test.statusCode ?? null,
      duration_ms: test.durationMs,
      cause: test.cause ?? null,
      differences: test.differences,
      created_by: test.createdBy ?? null,
    })
    .execute();
  await sql`delete from connector_tests where connector_id = ${test.connectorId} and id in
    (select id from connector_tests where connector_id = ${test.connectorId} order by id desc offset ${KEPT})`.execute(
    db,
  );
  return id;
}

/** The last first. */
export async function listConnectorTests(
  db: Kysely<Database>,
  connectorId: string,
  {
    operationId,
    limit = 50,
  }: { readonly operationId?: string | undefined; readonly limit?: number | undefined },
): Promise<ConnectorTest[]> {
  const query = db
    .selectFrom('connector_tests as t')
    .leftJoin('users', 'users.id', 't.created_by')
    .leftJoin('connections', 'connections.id', 't.connection_id')
    .select(['t.id', 't.operation_id', 't.connector_version', 't.connection_id', 't.inputs', 't.ok'])
    .select(['t.status_code', 't.duration_ms', 't.cause', 't.differences', 't.created_at'])
    .select(['users.name as created_by_name', 'connections.name as connection_name'])
    .where('t.connector_id', '=', connectorId);
  const rows = await (operationId === undefined ? query : query.where('t.operation_id', '=', operationId))
    .orderBy('t.id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    operationId: row.operation_id,
    connectorVersion: row.connector_version ?? undefined,
    connectionId: row.connection_id ?? undefined,
    connectionName: row.connection_name ?? undefined,
    inputs: row.inputs,
    ok: row.ok,
    statusCode: row.status_code ?? undefined,
    durationMs: row.duration_ms,
    cause: row.cause ?? undefined,
    differences: row.differences,
    createdBy: row.created_by_name ?? undefined,
    createdAt: row.created_at.toISOString(),
  }));
}
