import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * What the history of runs keeps beside its rows.
 *
 * `run_payloads` holds texts that are too large for a row, once per run and compressed; it has no foreign key,
 * since its rows are written before those that refer to them. `run_properties` makes runs findable by what their
 * actions track.
 */
async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table run_payloads (
      run_id uuid not null,
      hash bytea not null,
      content bytea not null,
      primary key (run_id, hash)
    )`.execute(db);
  await sql`alter table run_payloads alter column content set storage external`.execute(db);
  await sql`
    create table run_properties (
      run_id uuid not null,
      key text not null,
      name text not null,
      value text not null,
      primary key (run_id, key, name)
    )`.execute(db);
  await sql`create index run_properties_by_value on run_properties (name, value, run_id)`.execute(db);
  await sql`alter table runs add column origin_run_id uuid, add column origin_action text`.execute(db);
}

export const runHistory: Migration = { up };
