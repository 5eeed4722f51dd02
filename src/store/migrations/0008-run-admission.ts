import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Runs that wait for others.
 *
 * `run_slots` has a row per run of a trigger with a limit, from its trigger to its end: it holds one of the slots, or
 * waits for one and has no lease. `run_children` has a row per child that a parent waits for: by it a parent that
 * sleeps is woken, and a child whose parent is gone is given up.
 */
async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table run_slots (
      run_id uuid primary key,
      flow_id uuid not null,
      trigger_name text not null,
      admitted boolean not null
    )`.execute(db);
  await sql`create index run_slots_by_trigger on run_slots (flow_id, trigger_name, run_id)`.execute(db);
  await sql`
    create table run_children (
      child_id uuid primary key,
      parent_id uuid not null,
      key text not null
    )`.execute(db);
  await sql`create index run_children_by_parent on run_children (parent_id)`.execute(db);
}

export const runAdmission: Migration = { up };
