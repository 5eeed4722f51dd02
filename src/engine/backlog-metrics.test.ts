import { expect, test } from 'vitest';
import { createTestDatabase } from '../../test/postgres/index.ts';
import { createMetrics } from '../observe/index.ts';
import { createFlow, getDefaultEnvironment } from '../store/index.ts';
import { measureBacklog } from './backlog-metrics.ts';
import { createJobs } from './jobs.ts';

const LOG = { info() {}, warn() {}, error() {} };

test('the metrics say how much waits to begin, and how long the oldest of it has', async () => {
  const { db, pool } = await createTestDatabase();
  const metrics = createMetrics();
  measureBacklog(metrics, db, () => 3);
  const read = async (name: string) => {
    const line = (await metrics.expose()).split('\n').find((each) => each.startsWith(`${name} `));
    return Number(line?.split(' ')[1]);
  };
  // Before anybody has sent a job there is no queue: the others are told nevertheless.
  expect([await read('patchbay_runs_in_memory'), await read('patchbay_jobs_due')]).toEqual([3, Number.NaN]);

  const jobs = createJobs(pool, LOG);
  await jobs.start();
  try {
    const now = Date.now();
    const runId = '00000000-0000-7000-8000-000000000001';
    await jobs.send('wake-run', { runId }, now - 90_000);
    await jobs.send('wake-run', { runId }, now - 30_000);
    await jobs.send('wake-run', { runId }, now + 3_600_000);
    expect(await read('patchbay_jobs_due')).toBe(2);
    const age = await read('patchbay_jobs_due_oldest_seconds');
    expect(age).toBeGreaterThanOrEqual(89);
    expect(age).toBeLessThan(300);
  } finally {
    await jobs.stop();
  }

  expect(await read('patchbay_runs_waiting')).toBe(0);
  expect(await read('patchbay_runs_waiting_oldest_seconds')).toBe(0);
  const { id: environmentId } = await getDefaultEnvironment(db);
  const flow = await createFlow(db, {
    environmentId,
    name: 'Queue',
    definition: '{}',
    connectionReferences: {},
  });
  const waiting = '00000000-0000-7000-8000-000000000002';
  await pool.query(
    `insert into runs (id, flow_id, flow_version, trigger_name, trigger, status, started_at)
     values ($1, $2, 1, 'manual', '{}', 'Waiting', now() - interval '40 seconds')`,
    [waiting, flow.id],
  );
  await pool.query("insert into run_slots values ($1, $2, 'manual', false)", [waiting, flow.id]);
  expect(await read('patchbay_runs_waiting')).toBe(1);
  expect(await read('patchbay_runs_waiting_oldest_seconds')).toBeGreaterThanOrEqual(39);
});
