import type { ColumnType } from 'kysely';
import type { Json } from '../base/index.ts';
import type { Instant, JsonColumn } from './columns.ts';

type MaybeJson = ColumnType<Json | null, string | null | undefined, string | null>;

interface ConnectorImportsTable {
  id: string;
  environment_id: string;
  user_id: string;
  state: 'running' | 'done' | 'failed' | 'cancelled';
  progress: JsonColumn;
  report: MaybeJson;
  outcome: MaybeJson;
  problem: MaybeJson;
  created_at: Instant;
  updated_at: Instant;
}

/** Tables of `0010-connector-imports`, by their SQL names. */
export interface ImportTables {
  connector_imports: ConnectorImportsTable;
}
