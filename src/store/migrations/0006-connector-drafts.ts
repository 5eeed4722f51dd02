import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Connectors that somebody is working on: a new one, or the next version of one that is there, of which there is at
 * most one draft. The definition is kept as it was written, finished or not.
 */
const DRAFTS = `
create table connector_drafts (
  id uuid primary key,
  environment_id uuid not null references environments on delete cascade,
  connector_id uuid unique references connectors on delete cascade,
  base_version integer,
  title text not null,
  definition json not null,
  revision integer not null default 1,
  created_by uuid references users on delete set null,
  updated_by uuid references users on delete set null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((connector_id is null) = (base_version is null))
);`;

/** As which application the saved connector will sign in: like `connector_oauth_clients`, which takes the rows over. */
const CLIENTS = `
create table connector_draft_oauth_clients (
  draft_id uuid not null references connector_drafts on delete cascade,
  method text not null,
  client_id text not null,
  scopes text,
  sealed bytea,
  secret_kind text check (secret_kind in ('secret', 'certificate')),
  updated_by uuid references users on delete set null,
  updated_at timestamptz not null default now(),
  primary key (draft_id, method)
);`;

async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(DRAFTS).execute(db);
  await sql.raw(CLIENTS).execute(db);
}

export const connectorDrafts: Migration = { up };
