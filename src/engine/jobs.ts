import { CompiledQuery, type Kysely } from 'kysely';
import type { Pool } from 'pg';
import { PgBoss } from 'pg-boss';
import type { Database } from '../store/index.ts';
import type { EngineLog } from './types.ts';

/** What happens later, by queue. Instants are epoch milliseconds. */
export interface JobData {
  'wake-run': { readonly runId: string };
  /** `at` names the occurrence: a job whose occurrence the trigger has passed is stale and does nothing. */
  'fire-recurrence': { readonly flowId: string; readonly triggerName: string; readonly at: number };
  'poll-trigger': { readonly flowId: string; readonly triggerName: string; readonly at: number };
  /** `at` names the plan: a job that another has overtaken does nothing. */
  'subscribe-webhook': { readonly id: string; readonly at: number };
  'renew-webhook': { readonly id: string; readonly at: number };
  'end-webhook': { readonly id: string; readonly at: number };
}

export type JobName = keyof JobData;
export type JobHandlers = { readonly [Name in JobName]: (data: JobData[Name]) => Promise<void> };

/** Work for later or for another node, kept by pg-boss in the same database. */
export interface Jobs {
  /** Without handlers, jobs are sent and not worked on. */
  start(handlers?: JobHandlers): Promise<void>;
  /** Adds a job; with `db` a transaction, it exists only if that commits. */
  send<Name extends JobName>(
    name: Name,
    data: JobData[Name],
    runAt: number,
    db?: Kysely<Database>,
  ): Promise<void>;
  stop(): Promise<void>;
}

const QUEUES: readonly JobName[] = [
  'wake-run',
  'fire-recurrence',
  'poll-trigger',
  'subscribe-webhook',
  'renew-webhook',
  'end-webhook',
];

/**
 * A job whose process died while it had it goes to another, or to the next start, after so many seconds without a
 * sign of life (10 is the least that pg-boss takes); without this it would be held for 15 minutes.
 */
const MISSED_SECONDS = 10;

/** A job that failed is tried again for as long as it takes: what it would do is done by nobody else. */
const POLICY = {
  retryLimit: 1_000_000,
  retryDelay: 1,
  retryBackoff: true,
  retryDelayMax: 30,
  heartbeatSeconds: MISSED_SECONDS,
};

export function createJobs(pool: Pool, log: EngineLog): Jobs {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => pool.query(text, values) },
    schema: 'pgboss',
    schedule: false,
    superviseIntervalSeconds: MISSED_SECONDS,
    monitorIntervalSeconds: MISSED_SECONDS,
  });
  boss.on('error', (error) => log.warn({ error: error.message }, 'The job queue reported an error.'));
  return {
    start: async (handlers) => {
      await boss.start();
      for (const name of QUEUES) {
        await boss.createQueue(name, POLICY);
        // A database that was made earlier may have the queue with another policy.
        await boss.updateQueue(name, POLICY);
        if (handlers) await workOn(boss, name, handlers[name] as (data: unknown) => Promise<void>);
      }
    },
    send: async (name, data, runAt, db) => {
      await boss.send(name, data, {
        startAfter: new Date(runAt),
        // Work for years ahead must not be swept away before its time.
        retentionSeconds: Math.ceil(Math.max(0, runAt - Date.now()) / 1000) + 14 * 86_400,
        ...(db === undefined ? {} : { db: inTransaction(db) }),
      });
    },
    stop: () => boss.stop({ graceful: true, timeout: 5_000 }),
  };
}

async function workOn(boss: PgBoss, name: JobName, handle: (data: unknown) => Promise<void>): Promise<void> {
  const options = { pollingIntervalSeconds: 0.5, batchSize: 50, perJobResults: false as const };
  await boss.work(name, options, async (jobs: readonly { data: unknown }[]) => {
    await Promise.all(jobs.map((job) => handle(job.data)));
  });
}

function inTransaction(db: Kysely<Database>) {
  return {
    executeSql: async (text: string, values: unknown[] = []) => {
      const { rows } = await db.executeQuery(CompiledQuery.raw(text, values));
      return { rows };
    },
  };
}
