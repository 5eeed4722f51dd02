import type { ColumnType, Generated } from 'kysely';
import type { Json } from '../base/index.ts';
import type { Instant, MaybeInstant } from './columns.ts';

export interface ConnectorOAuthClientsTable {
  connector_id: string;
  method: string;
  client_id: string;
  scopes: string | null;
  sealed: Buffer | null;
  secret_kind: 'secret' | 'certificate' | null;
  updated_by: string | null;
  updated_at: Instant;
}

export interface ConnectionTokensTable {
  connection_id: string;
  sealed: Buffer | null;
  version: Generated<number>;
  issued_at: MaybeInstant;
  expires_at: MaybeInstant;
  refreshable: Generated<boolean>;
  ended_detail: ColumnType<Json | null, string | null | undefined, string | null>;
  scope: string | null;
  account: string | null;
  signed_in_by: string | null;
  signed_in_at: MaybeInstant;
  lease_id: string | null;
  lease_until: MaybeInstant;
  refresh_sent_at: MaybeInstant;
}

export interface OAuthConsentsTable {
  state_hash: Buffer;
  connection_id: string;
  user_id: string;
  session_id: string | null;
  sealed: Buffer;
  expires_at: Instant;
}

/** Tables of `0003-oauth` and `0007-refresh-intent`, by their SQL names. */
export interface OAuthTables {
  connector_oauth_clients: ConnectorOAuthClientsTable;
  connection_tokens: ConnectionTokensTable;
  oauth_consents: OAuthConsentsTable;
}
