import type { Kysely } from 'kysely';
import type { Metrics } from '../observe/index.ts';
import { type Backlog, type Database, readDueJobs, readWaitingRuns } from '../store/index.ts';

/** Lets operators see work that could begin and has not: it is looked at when the metrics are read. */
export function measureBacklog(metrics: Metrics, db: Kysely<Database>, countRuns: () => number): void {
  metrics.gauge('patchbay_runs_in_memory', 'Runs that this node carries out at the moment.', countRuns);
  add('jobs_due', 'Jobs (polls, schedules, runs to wake) whose time has come', readDueJobs);
  add('runs_waiting', 'Runs that wait until their trigger has room for them', readWaitingRuns);

  function add(name: string, what: string, read: (db: Kysely<Database>) => Promise<Backlog>): void {
    const everywhere = 'on all nodes together';
    let reading: Promise<Backlog> | undefined;
    // Both are asked for at once.
    const look = () => {
      reading ??= read(db).finally(() => {
        reading = undefined;
      });
      return reading;
    };
    metrics.gauge(`patchbay_${name}`, `${what}, ${everywhere}.`, async () => (await look()).count);
    metrics.gauge(
      `patchbay_${name}_oldest_seconds`,
      `${what}, ${everywhere}: how long the oldest has waited; 0 without any.`,
      async () => (await look()).oldestSeconds,
    );
  }
}
