import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * When a refresh token was last sent while no answer to it has been kept. Whoever finds it there knows that the
 * provider may have replaced the token already.
 */
async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table connection_tokens add column refresh_sent_at timestamptz`.execute(db);
}

export const refreshIntent: Migration = { up };
