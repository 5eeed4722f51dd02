import { type Kysely, sql } from 'kysely';
import { type ConnectorId, type EnvironmentId, type Json, stringifyJson } from '../base/index.ts';
import type { Database } from './database.ts';

/** An operation as lists show it. */
export interface ListedOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly method: string;
  readonly path: string;
  readonly kind: 'action' | 'trigger';
}

export interface FoundOperation extends ListedOperation {
  readonly connectorId: ConnectorId;
}

export interface OperationSearch {
  /** Each of them occurs in the summary, the operation id or the path; case does not matter. */
  readonly words: readonly string[];
  readonly limit: number;
}

/** The operations of a connector are these from now on. */
export async function replaceOperations(
  db: Kysely<Database>,
  connectorId: ConnectorId,
  operations: readonly ListedOperation[],
): Promise<void> {
  await db.deleteFrom('connector_operations').where('connector_id', '=', connectorId).execute();
  const rows: Json = operations.map(({ operationId, summary, method, path, kind }, position) => ({
    position,
    operation_id: operationId,
    summary,
    method,
    path,
    kind,
  }));
  const text = stringifyJson(rows).replaceAll('\\u0000', ''); // PostgreSQL has no text with a NUL
  await sql`
    insert into connector_operations
    select ${connectorId}::uuid, position, operation_id, summary, method, path, kind
    from json_to_recordset(${text}::json)
      as o(position integer, operation_id text, summary text, method text, path text, kind text)`.execute(db);
}

/** Those whose name begins with the first word come first, then by name; and how many there are in all. */
export async function searchOperations(
  db: Kysely<Database>,
  environmentId: EnvironmentId,
  { words, limit }: OperationSearch,
): Promise<{ value: FoundOperation[]; total: number }> {
  const needles = words.map((word) => word.toLowerCase());
  const where = needles.map(
    (word) => sql`strpos(lower(o.summary || ' ' || o.operation_id || ' ' || o.path), ${word}) > 0`,
  );
  const { rows } = await sql<FoundOperation & { total: number }>`
    select o.connector_id as "connectorId", o.operation_id as "operationId", o.summary, o.method, o.path, o.kind,
      (count(*) over ())::integer as total
    from connector_operations o
    join connectors c on c.id = o.connector_id
    where c.environment_id = ${environmentId} and ${sql.join(where, sql` and `)}
    order by strpos(lower(o.summary), ${needles[0] ?? ''}) <> 1, lower(o.summary), o.connector_id, o.position
    limit ${limit}`.execute(db);
  return { value: rows.map(({ total: _total, ...operation }) => operation), total: rows[0]?.total ?? 0 };
}
