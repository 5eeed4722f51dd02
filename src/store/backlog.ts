import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';

/** Work that could begin and has not. */
export interface Backlog {
  readonly count: number;
  /** How long the oldest of it has waited, in seconds; 0 when there is none. */
  readonly oldestSeconds: number;
}

/** Jobs whose time has come (polls, schedules, runs to wake) and that nobody has taken. */
export function readDueJobs(db: Kysely<Database>): Promise<Backlog> {
  return readBacklog(
    sql`select count(*), extract(epoch from now() - min(start_after)) as age from pgboss.job
      where state in ('created', 'retry') and start_after <= now()`,
    db,
  );
}

/** Runs that wait until their trigger has room for them. */
export function readWaitingRuns(db: Kysely<Database>): Promise<Backlog> {
  return readBacklog(
    sql`select count(*), extract(epoch from now() - min(r.started_at)) as age
      from run_slots s join runs r on r.id = s.run_id where not s.admitted and r.ended_at is null`,
    db,
  );
}

async function readBacklog(query: ReturnType<typeof sql>, db: Kysely<Database>): Promise<Backlog> {
  const { rows } = await query.execute(db);
  const [row] = rows as { count: string; age: string | null }[];
  return { count: Number(row?.count ?? 0), oldestSeconds: Math.max(0, Number(row?.age ?? 0)) };
}
