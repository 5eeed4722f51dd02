import type { Kysely } from 'kysely';
import type { Database } from './database.ts';

/** Runs `work` in a transaction: the one `db` already is, or a new one. */
export async function withTransaction<Result>(
  db: Kysely<Database>,
  work: (db: Kysely<Database>) => Promise<Result>,
): Promise<Result> {
  return db.isTransaction ? work(db) : db.transaction().execute(work);
}
