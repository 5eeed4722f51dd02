import type { Kysely } from 'kysely';
import type { ConnectorId, Json } from '../base/index.ts';
import type { Database } from './database.ts';

export interface ConnectorVersion {
  readonly version: number;
  readonly title: string;
  readonly format?: string;
  readonly operationCount: number;
  readonly note?: string;
  /** The person's name. */
  readonly createdBy?: string;
  readonly createdAt: string;
}

export interface ConnectorVersionWithDefinition extends ConnectorVersion {
  readonly definition: Json;
}

/** The latest first. */
export async function listConnectorVersions(
  db: Kysely<Database>,
  connectorId: ConnectorId,
): Promise<ConnectorVersion[]> {
  const rows = await selectVersions(db, connectorId).orderBy('v.version', 'desc').execute();
  return rows.map(toVersion);
}

/** A version with its definition; the latest unless one is named. */
export async function findConnectorVersion(
  db: Kysely<Database>,
  connectorId: ConnectorId,
  version?: number,
): Promise<ConnectorVersionWithDefinition | undefined> {
  const query = selectVersions(db, connectorId).select('v.definition');
  const row = await (version === undefined
    ? query.orderBy('v.version', 'desc').limit(1)
    : query.where('v.version', '=', version)
  ).executeTakeFirst();
  return row && { ...toVersion(row), definition: row.definition };
}

function selectVersions(db: Kysely<Database>, connectorId: ConnectorId) {
  return db
    .selectFrom('connector_versions as v')
    .leftJoin('users', 'users.id', 'v.created_by')
    .select(['v.version', 'v.title', 'v.format', 'v.operation_count', 'v.note', 'v.created_at'])
    .select('users.name as created_by_name')
    .where('v.connector_id', '=', connectorId);
}

interface VersionRow {
  version: number;
  title: string;
  format: string | null;
  operation_count: number;
  note: string | null;
  created_at: Date;
  created_by_name: string | null;
}

function toVersion(row: VersionRow): ConnectorVersion {
  return {
    version: row.version,
    title: row.title,
    format: row.format ?? undefined,
    operationCount: row.operation_count,
    note: row.note ?? undefined,
    createdBy: row.created_by_name ?? undefined,
    createdAt: row.created_at.toISOString(),
  };
}
