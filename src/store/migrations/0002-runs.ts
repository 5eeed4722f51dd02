import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Runs and their journal.
 *
 * `runs` is written twice (begin, end); no index covers a column that changes, so the second write stays within
 * its page. Which runs are unfinished, and whose, is in the small `run_leases`. `run_events` is only ever
 * appended to; its key is the fence between two nodes that believe they own a run.
 */
async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table runs (
      id uuid primary key,
      flow_id uuid not null,
      flow_version integer not null,
      trigger_name text not null,
      trigger text not null,
      status text not null,
      started_at timestamptz not null,
      ended_at timestamptz,
      error text
    ) with (fillfactor = 70)`.execute(db);
  await sql`create index runs_by_flow on runs (flow_id, id)`.execute(db);
  await sql`
    create table run_events (
      run_id uuid not null,
      seq integer not null,
      kind "char" not null,
      key text not null,
      at timestamptz not null,
      attempt smallint not null,
      status text,
      code text,
      started_at timestamptz,
      inputs text,
      outputs text,
      error text,
      data text,
      primary key (run_id, seq)
    )`.execute(db);
  await sql`
    create table run_leases (
      run_id uuid primary key,
      node_id integer,
      wake_at timestamptz
    )`.execute(db);
  await sql`create index run_leases_by_node on run_leases (node_id)`.execute(db);
  await sql`
    create table nodes (
      id serial primary key,
      name text not null,
      started_at timestamptz not null default now()
    )`.execute(db);
  await sql`
    create table trigger_states (
      flow_id uuid not null references flows (id) on delete cascade,
      trigger_name text not null,
      kind text not null,
      signature text not null,
      anchor_at timestamptz not null default now(),
      next_at timestamptz,
      cursor text,
      error text,
      primary key (flow_id, trigger_name)
    )`.execute(db);
  await createNotifications(db);
}

/** Who waits for a list or a flow to change hears of it when the change is committed, whichever node made it. */
async function createNotifications(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function notify_list_changed() returns trigger language plpgsql as $$
    begin
      perform pg_notify('patchbay_list_changed', json_build_object('id', new.id, 'name', new.name)::text);
      return null;
    end $$`.execute(db);
  await sql`
    create trigger list_changed after update of change_seq on lists
    for each row execute function notify_list_changed()`.execute(db);
  await sql`
    create function notify_flow_changed() returns trigger language plpgsql as $$
    begin
      perform pg_notify('patchbay_flow_changed', coalesce(new.id, old.id)::text);
      return null;
    end $$`.execute(db);
  await sql`
    create trigger flow_changed after insert or update or delete on flows
    for each row execute function notify_flow_changed()`.execute(db);
}

export const runs: Migration = { up };
