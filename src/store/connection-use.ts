import { type Kysely, sql } from 'kysely';
import type { ConnectionId, FlowId } from '../base/index.ts';
import type { Database } from './database.ts';
import type { FlowState } from './flows.ts';

/** A flow's references are an object, but nothing in the table says so. */
const REFERENCES = sql.raw(
  `case when json_typeof(v.connection_references) = 'object' then v.connection_references else '{}' end`,
);

/** A flow that would stop without a connection. */
export interface FlowUse {
  readonly id: FlowId;
  readonly name: string;
  readonly state: FlowState;
  /** The connection references that lead to the connection. */
  readonly references: readonly string[];
}

/** The flows whose latest version leads to a connection: those that are on first, then by name. */
export async function listConnectionFlows(
  db: Kysely<Database>,
  connectionId: ConnectionId,
): Promise<FlowUse[]> {
  const { rows } = await sql<FlowUse>`
    select f.id, f.name, f.state, array_agg(r.key order by r.key) as "references"
    from flows f
    join flow_versions v on v.flow_id = f.id and v.version = f.latest_version,
    json_each(${REFERENCES}) r
    where r.value ->> 'connectionId' = ${connectionId}
    group by f.id, f.name, f.state
    order by f.state = 'off', lower(f.name), f.id`.execute(db);
  return rows;
}

/** How many flows lead to each connection; those that none leads to are not among them. */
export async function countConnectionFlows(
  db: Kysely<Database>,
  connectionIds: readonly ConnectionId[],
): Promise<Map<ConnectionId, number>> {
  if (connectionIds.length === 0) return new Map();
  const { rows } = await sql<{ id: ConnectionId; count: number }>`
    select r.value ->> 'connectionId' as id, count(distinct f.id)::int as count
    from flows f
    join flow_versions v on v.flow_id = f.id and v.version = f.latest_version,
    json_each(${REFERENCES}) r
    where r.value ->> 'connectionId' = any(${[...connectionIds]})
    group by 1`.execute(db);
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** Names of the people who made connections. */
export async function findConnectionOwners(
  db: Kysely<Database>,
  connectionIds: readonly ConnectionId[],
): Promise<Map<ConnectionId, { readonly id: string; readonly name: string }>> {
  if (connectionIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('connections')
    .innerJoin('users', 'users.id', 'connections.created_by')
    .select(['connections.id as connectionId', 'users.id as id', 'users.name as name'])
    .where('connections.id', 'in', connectionIds)
    .execute();
  return new Map(rows.map(({ connectionId, id, name }) => [connectionId, { id, name }]));
}
