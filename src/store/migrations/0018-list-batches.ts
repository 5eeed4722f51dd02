import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Batches of items that were added under a key, so that one that is sent again is not added again. */
async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table list_batches (
      list_id uuid not null references lists on delete cascade,
      key text not null,
      digest text not null,
      item_count integer not null,
      created_at timestamptz not null default clock_timestamp(),
      primary key (list_id, key)
    )`.execute(db);
}

export const listBatches: Migration = { up };
