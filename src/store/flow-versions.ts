import type { Kysely } from 'kysely';
import type { FlowId, Json } from '../base/index.ts';
import type { Database } from './database.ts';

export interface FlowVersion {
  readonly version: number;
  readonly note?: string;
  /** The person's name. */
  readonly createdBy?: string;
  readonly createdAt: string;
}

export interface FlowVersionWithDefinition extends FlowVersion {
  readonly flowId: FlowId;
  /** The text it came in. */
  readonly definition: string;
  readonly connectionReferences: Json;
}

/** The latest first. */
export async function listFlowVersions(db: Kysely<Database>, flowId: FlowId): Promise<FlowVersion[]> {
  const rows = await selectVersions(db)
    .where('v.flow_id', '=', flowId)
    .orderBy('v.version', 'desc')
    .execute();
  return rows.map(toVersion);
}

/** A version with its definition; the latest unless one is named. */
export async function findFlowVersion(
  db: Kysely<Database>,
  flowId: FlowId,
  version?: number,
): Promise<FlowVersionWithDefinition | undefined> {
  const query = selectContents(db).where('v.flow_id', '=', flowId);
  const row = await (version === undefined
    ? query.orderBy('v.version', 'desc').limit(1)
    : query.where('v.version', '=', version)
  ).executeTakeFirst();
  return row && toVersionWithDefinition(row);
}

/** The latest versions of many flows, for a page that shows something of each. */
export async function findLatestFlowVersions(
  db: Kysely<Database>,
  flowIds: readonly FlowId[],
): Promise<Map<FlowId, FlowVersionWithDefinition>> {
  if (flowIds.length === 0) return new Map();
  const rows = await selectContents(db)
    .innerJoin('flows', (join) =>
      join.onRef('flows.id', '=', 'v.flow_id').onRef('flows.latest_version', '=', 'v.version'),
    )
    .where('v.flow_id', 'in', flowIds)
    .execute();
  return new Map(rows.map((row) => [row.flow_id, toVersionWithDefinition(row)]));
}

function selectVersions(db: Kysely<Database>) {
  return db
    .selectFrom('flow_versions as v')
    .leftJoin('users', 'users.id', 'v.created_by')
    .select(['v.version', 'v.note', 'v.created_at', 'users.name as created_by_name']);
}

function selectContents(db: Kysely<Database>) {
  return selectVersions(db).select(['v.flow_id', 'v.definition', 'v.connection_references']);
}

interface VersionRow {
  version: number;
  note: string | null;
  created_at: Date;
  created_by_name: string | null;
}

interface ContentRow extends VersionRow {
  flow_id: string;
  definition: string;
  connection_references: Json;
}

function toVersion(row: VersionRow): FlowVersion {
  return {
    version: row.version,
    note: row.note ?? undefined,
    createdBy: row.created_by_name ?? undefined,
    createdAt: row.created_at.toISOString(),
  };
}

function toVersionWithDefinition(row: ContentRow): FlowVersionWithDefinition {
  return {
    ...toVersion(row),
    flowId: row.flow_id,
    definition: row.definition,
    connectionReferences: row.connection_references,
  };
}
