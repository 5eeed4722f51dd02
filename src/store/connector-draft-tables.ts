import type { Generated } from 'kysely';
import type { Instant, JsonColumn } from './columns.ts';
import type { ConnectorOAuthClientsTable } from './oauth-tables.ts';

export interface ConnectorDraftsTable {
  id: string;
  environment_id: string;
  connector_id: string | null;
  base_version: number | null;
  title: string;
  definition: JsonColumn;
  revision: Generated<number>;
  created_by: string | null;
  updated_by: string | null;
  created_at: Instant;
  updated_at: Instant;
}

/** As the connector's own, but by the draft. */
type ConnectorDraftOAuthClientsTable = Omit<ConnectorOAuthClientsTable, 'connector_id'> & {
  draft_id: string;
};

/** Tables of `0006-connector-drafts`, by their SQL names. */
export interface ConnectorDraftTables {
  connector_drafts: ConnectorDraftsTable;
  connector_draft_oauth_clients: ConnectorDraftOAuthClientsTable;
}
