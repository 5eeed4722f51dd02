import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Documents that are being read, or were read and wait for somebody to choose what to make of them. Rows are of one
 * person and of one day. `updated_at` beats while a process reads: a row that has stopped beating has no reader.
 */
async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table connector_imports (
      id uuid primary key,
      environment_id uuid not null references environments on delete cascade,
      user_id uuid not null references users on delete cascade,
      state text not null check (state in ('running', 'done', 'failed', 'cancelled')),
      progress json not null,
      report json,
      outcome json,
      problem json,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    )`.execute(db);
  await sql`create index connector_imports_by_age on connector_imports (created_at)`.execute(db);
}

export const connectorImports: Migration = { up };
