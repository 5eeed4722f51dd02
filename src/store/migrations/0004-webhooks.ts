import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * What services were asked to call.
 *
 * `webhook_subscriptions` are those of triggers, and those of actions that are to be ended; they outlive their flow,
 * since the service has to be told after it is gone. `run_callbacks` has a row per webhook action under way: it is
 * there before the service is asked, takes the one call that counts, and knows how to end the subscription. Plans,
 * answers and contents are sealed.
 */
async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table webhook_subscriptions (
      id uuid primary key,
      flow_id uuid not null,
      trigger_name text not null,
      state text not null check (state in ('subscribing', 'active', 'ending')),
      signature text not null unique,
      fingerprint text not null,
      plan text not null,
      answer text,
      attempts integer not null default 0,
      error text,
      next_at timestamptz,
      expires_at timestamptz,
      created_at timestamptz not null default now(),
      changed_at timestamptz not null default now()
    )`.execute(db);
  await sql`create index webhook_subscriptions_by_flow on webhook_subscriptions (flow_id)`.execute(db);
  await sql`
    create table run_callbacks (
      run_id uuid not null,
      key text not null,
      flow_id uuid not null,
      due_at timestamptz not null,
      plan text not null,
      answer text,
      received_at timestamptz,
      content text,
      primary key (run_id, key)
    )`.execute(db);
  await sql`create index run_callbacks_by_due on run_callbacks (due_at)`.execute(db);
}

export const webhooks: Migration = { up };
