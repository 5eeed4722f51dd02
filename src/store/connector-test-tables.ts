import type { ColumnType, Generated } from 'kysely';
import type { Json } from '../base/index.ts';
import type { Instant, JsonColumn, MaybeInstant } from './columns.ts';

/** Tables of `0009-connector-tests`. */
export interface ConnectorTestTables {
  connector_tests: {
    id: string;
    connector_id: string;
    connection_id: string | null;
    operation_id: string;
    connector_version: number | null;
    inputs: JsonColumn;
    ok: boolean;
    status_code: number | null;
    duration_ms: number;
    cause: string | null;
    differences: Generated<number>;
    created_by: string | null;
    created_at: Instant;
  };
  connector_checks: {
    id: string;
    connector_id: string;
    connection_id: string | null;
    operation_id: string;
    name: string;
    inputs: JsonColumn;
    expectations: JsonColumn;
    result: ColumnType<Json | null, string | null | undefined, string | null>;
    ran_at: MaybeInstant;
    created_by: string | null;
    created_at: Instant;
  };
}
