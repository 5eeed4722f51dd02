import type { Kysely } from 'kysely';
import type { Database } from './database.ts';

/** Keeps of a run which one it repeats, and from which action. */
export async function noteRunOrigin(
  db: Kysely<Database>,
  runId: string,
  origin: { readonly runId: string; readonly action: string | undefined },
): Promise<void> {
  await db
    .updateTable('runs')
    .set({ origin_run_id: origin.runId, origin_action: origin.action ?? null })
    .where('id', '=', runId)
    .execute();
}

/** Run ids rise with time: the smallest id that a run of this instant (epoch milliseconds) can have. */
export function firstRunIdAt(instant: number): string {
  const hex = Math.max(0, Math.floor(instant)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`;
}

/**
 * Deletes runs that ended before an instant (epoch milliseconds), at most `limit` of them, with all that belongs
 * to them. Runs that began before it and go on are kept. Returns how many were deleted.
 */
export async function deleteRunsBefore(
  db: Kysely<Database>,
  instant: number,
  limit: number,
): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    const rows = await transaction
      .selectFrom('runs')
      .select('id')
      .where('id', '<', firstRunIdAt(instant))
      .where('ended_at', '<', new Date(instant))
      .orderBy('id')
      .limit(limit)
      .forUpdate()
      .skipLocked()
      .execute();
    const ids = rows.map((row) => row.id);
    if (ids.length === 0) return 0;
    for (const table of ['run_events', 'run_payloads', 'run_properties'] as const) {
      await transaction.deleteFrom(table).where('run_id', 'in', ids).execute();
    }
    await transaction.deleteFrom('runs').where('id', 'in', ids).execute();
    return ids.length;
  });
}

/** Unfinished runs that began before an instant (epoch milliseconds), the oldest first. */
export async function listUnfinishedRunsBefore(
  db: Kysely<Database>,
  instant: number,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('run_leases')
    .select('run_id')
    .where('run_id', '<', firstRunIdAt(instant))
    .orderBy('run_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.run_id);
}
