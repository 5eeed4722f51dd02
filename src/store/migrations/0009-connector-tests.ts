import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What people tried with a connector, and what they want to hold again; inputs are kept without credentials. */
const TESTS = `
create table connector_tests (
  id uuid primary key,
  connector_id uuid not null references connectors on delete cascade,
  connection_id uuid references connections on delete set null,
  operation_id text not null,
  connector_version integer,
  inputs json not null,
  ok boolean not null,
  status_code integer,
  duration_ms double precision not null,
  cause text,
  differences integer not null default 0,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now()
);
create index connector_tests_connector_id_idx on connector_tests (connector_id, id desc);`;

const CHECKS = `
create table connector_checks (
  id uuid primary key,
  connector_id uuid not null references connectors on delete cascade,
  connection_id uuid references connections on delete set null,
  operation_id text not null,
  name text not null,
  inputs json not null,
  expectations json not null,
  result json,
  ran_at timestamptz,
  created_by uuid references users on delete set null,
  created_at timestamptz not null default now()
);
create index connector_checks_connector_id_idx on connector_checks (connector_id, id);`;

export const connectorTests: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql.raw(TESTS).execute(db);
    await sql.raw(CHECKS).execute(db);
  },
};
