import type { ColumnType, Generated } from 'kysely';
import type { Json } from '../base/index.ts';
import type { Count, Instant, JsonColumn, MaybeInstant } from './columns.ts';
import type { ConnectorDraftTables } from './connector-draft-tables.ts';
import type { ConnectorTestTables } from './connector-test-tables.ts';
import type { IdentityTables } from './database-identity.ts';
import type { ImportTables } from './import-tables.ts';
import type { OAuthTables } from './oauth-tables.ts';
import type { RunTables } from './run-tables.ts';
import type { WebhookTables } from './webhook-tables.ts';

export interface EnvironmentsTable {
  id: string;
  name: string;
  wrapped_data_key: Buffer | null;
  created_at: Instant;
}

export interface ConnectorsTable {
  id: string;
  environment_id: string;
  name: string;
  title: string;
  description: string;
  kind: 'builtin' | 'custom';
  publisher: string | null;
  brand_color: string | null;
  icon: string | null;
  latest_version: number;
  operation_count: number;
  categories: string[];
  created_by: string | null;
  created_at: Instant;
  updated_at: Instant;
}

interface ConnectorOperationsTable {
  connector_id: string;
  position: number;
  operation_id: string;
  summary: string;
  method: string;
  path: string;
  kind: 'action' | 'trigger';
}

interface ConnectorVersionsTable {
  connector_id: string;
  version: number;
  title: string;
  format: string | null;
  operation_count: number;
  definition: JsonColumn;
  note: string | null;
  created_by: string | null;
  created_at: Instant;
}

export interface ConnectionsTable {
  id: string;
  environment_id: string;
  connector_id: string;
  name: string;
  parameter_set: string | null;
  status: 'connected' | 'error' | 'needs-sign-in';
  status_detail: ColumnType<Json | null, string | null | undefined, string | null>;
  parameters: JsonColumn;
  sealed: Buffer | null;
  secret_names: string[];
  version: Generated<number>;
  tested_at: MaybeInstant;
  last_used_at: MaybeInstant;
  created_by: string | null;
  created_at: Instant;
  updated_at: Instant;
}

export interface ListsTable {
  id: string;
  environment_id: string;
  name: string;
  description: string;
  columns: JsonColumn;
  item_count: Generated<number>;
  last_item_id: Generated<number>;
  change_seq: Count;
  version: Generated<number>;
  created_by: string | null;
  created_at: Instant;
  updated_at: Instant;
}

export interface ListItemsTable {
  list_id: string;
  id: number;
  version: Generated<number>;
  fields: JsonColumn;
  created_seq: Count;
  changed_seq: Count;
  created_by: string | null;
  updated_by: string | null;
  created_at: Instant;
  updated_at: Instant;
}

export interface ListBatchesTable {
  list_id: string;
  key: string;
  digest: string;
  item_count: number;
  created_at: Generated<Date>;
}

export interface FlowsTable {
  id: string;
  environment_id: string;
  name: string;
  state: Generated<'on' | 'off'>;
  latest_version: number;
  created_by: string | null;
  created_at: Instant;
  updated_at: Instant;
}

interface FlowVersionsTable {
  flow_id: string;
  version: number;
  definition: string;
  connection_references: JsonColumn;
  note: string | null;
  created_by: string | null;
  created_at: Instant;
}

interface SettingsTable {
  key: string;
  value: JsonColumn;
  updated_at: Instant;
}

/** Every table by its SQL name. */
export interface Database
  extends ConnectorDraftTables,
    ConnectorTestTables,
    IdentityTables,
    ImportTables,
    OAuthTables,
    RunTables,
    WebhookTables {
  environments: EnvironmentsTable;
  connectors: ConnectorsTable;
  connector_versions: ConnectorVersionsTable;
  connector_operations: ConnectorOperationsTable;
  connections: ConnectionsTable;
  lists: ListsTable;
  list_items: ListItemsTable;
  list_batches: ListBatchesTable;
  flows: FlowsTable;
  flow_versions: FlowVersionsTable;
  settings: SettingsTable;
}
