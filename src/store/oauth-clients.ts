import type { Kysely, Selectable } from 'kysely';
import type { ConnectorId, UserId } from '../base/index.ts';
import type { Database } from './database.ts';
import type { ConnectorOAuthClientsTable } from './oauth-tables.ts';

/** The application that a connector's connections sign in as, for one of its authentication methods. */
export interface OAuthClient {
  /** Name of the authentication method. */
  readonly method: string;
  readonly clientId: string;
  /** In place of those of the definition; separated by blanks. */
  readonly scopes?: string;
  /** The secret or certificate as the vault sealed it. */
  readonly sealed?: Uint8Array;
  readonly secretKind?: 'secret' | 'certificate';
  readonly updatedAt: string;
}

export interface OAuthClientChange {
  readonly clientId: string;
  readonly scopes?: string | undefined;
  readonly sealed?: Uint8Array | undefined;
  readonly secretKind?: 'secret' | 'certificate' | undefined;
  readonly updatedBy: UserId | undefined;
}

export async function listOAuthClients(
  db: Kysely<Database>,
  connectorId: ConnectorId,
): Promise<OAuthClient[]> {
  const rows = await db
    .selectFrom('connector_oauth_clients')
    .selectAll()
    .where('connector_id', '=', connectorId)
    .execute();
  return rows.map(toClient);
}

export async function findOAuthClient(
  db: Kysely<Database>,
  connectorId: ConnectorId,
  method: string,
): Promise<OAuthClient | undefined> {
  const row = await db
    .selectFrom('connector_oauth_clients')
    .selectAll()
    .where('connector_id', '=', connectorId)
    .where('method', '=', method)
    .executeTakeFirst();
  return row && toClient(row);
}

/** Sets the application of a method, whatever stood there. */
export async function saveOAuthClient(
  db: Kysely<Database>,
  connectorId: ConnectorId,
  method: string,
  client: OAuthClientChange,
): Promise<void> {
  const columns = toClientColumns(client);
  await db
    .insertInto('connector_oauth_clients')
    .values({ connector_id: connectorId, method, ...columns })
    .onConflict((conflict) => conflict.columns(['connector_id', 'method']).doUpdateSet(columns))
    .execute();
}

/** Who made a connector: beside administrators the one who may set its application. */
export async function findConnectorMaker(
  db: Kysely<Database>,
  connectorId: ConnectorId,
): Promise<UserId | undefined> {
  const row = await db
    .selectFrom('connectors')
    .select('created_by')
    .where('id', '=', connectorId)
    .executeTakeFirst();
  return row?.created_by ?? undefined;
}

export function toClientColumns(client: OAuthClientChange) {
  return {
    client_id: client.clientId,
    scopes: client.scopes ?? null,
    sealed: client.sealed === undefined ? null : Buffer.from(client.sealed),
    secret_kind: client.secretKind ?? null,
    updated_by: client.updatedBy ?? null,
    updated_at: new Date(),
  };
}

export function toClient(row: Omit<Selectable<ConnectorOAuthClientsTable>, 'connector_id'>): OAuthClient {
  return {
    method: row.method,
    clientId: row.client_id,
    scopes: row.scopes ?? undefined,
    sealed: row.sealed ?? undefined,
    secretKind: row.secret_kind ?? undefined,
    updatedAt: row.updated_at.toISOString(),
  };
}
