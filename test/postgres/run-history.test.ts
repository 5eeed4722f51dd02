import { beforeAll, expect, test } from 'vitest';
import {
  appendJournal,
  createFlow,
  deleteRunsBefore,
  findRun,
  firstRunIdAt,
  getDefaultEnvironment,
  type JournalEntry,
  listRuns,
  loadEvents,
} from '../../src/store/index.ts';
import { createTestDatabase, type TestDatabase } from './index.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 5, 1);

let database: TestDatabase;
let flowId: string;
let environmentId: Awaited<ReturnType<typeof getDefaultEnvironment>>['id'];

beforeAll(async () => {
  database = await createTestDatabase();
  environmentId = (await getDefaultEnvironment(database.db)).id;
  const flow = await createFlow(database.db, {
    environmentId,
    name: 'Orders',
    definition: '{}',
    connectionReferences: {},
  });
  flowId = flow.id;
});

/** A run that began at an instant, with one action; `end` is when it ended. */
function entry(startedAt: number, text: string, end: number | undefined): JournalEntry {
  const id = `${firstRunIdAt(startedAt).slice(0, -12)}${String(startedAt % 1e12).padStart(12, '0')}`;
  const event = { runId: id, seq: 1, kind: 'settled' as const, key: 'A', at: startedAt, attempt: 1 };
  const row = { ...event, status: 'Succeeded', code: 'OK', startedAt, error: undefined, data: undefined };
  return {
    runId: id,
    start: { id, flowId, flowVersion: 1, triggerName: 'manual', trigger: text, startedAt },
    events: [{ ...row, inputs: text, outputs: text }],
    end: end === undefined ? undefined : { id, status: 'Succeeded', endedAt: end, error: undefined },
  };
}

async function write(entries: readonly JournalEntry[]): Promise<void> {
  const client = await database.pool.connect();
  try {
    await appendJournal(client, 1, entries);
  } finally {
    client.release();
  }
}

async function countPayloads(runId: string): Promise<{ count: number; bytes: number }> {
  const { rows } = await database.pool.query<{ count: number; bytes: number }>(
    'select count(*)::int as count, coalesce(sum(length(content)), 0)::int as bytes from run_payloads where run_id = $1',
    [runId],
  );
  return rows[0] ?? { count: 0, bytes: 0 };
}

test('a large text is stored once, compressed, and comes back as it was', async () => {
  const text = JSON.stringify({ text: 'Grüße, 注文! '.repeat(50_000) });
  const large = entry(NOW, text, NOW);
  await write([large]);
  const payloads = await countPayloads(large.runId);
  expect(payloads.count).toBe(1);
  expect(payloads.bytes).toBeLessThan(text.length / 10);
  expect(await loadEvents(database.db, [large.runId])).toMatchObject([{ inputs: text, outputs: text }]);
  expect((await findRun(database.db, large.runId))?.trigger).toBe(text);
});

test('a small text stays in its row', async () => {
  const small = entry(NOW + 1, '{"n":1}', NOW + 1);
  await write([small]);
  expect((await countPayloads(small.runId)).count).toBe(0);
});

test('the history of runs that ended long ago is deleted with their payloads; what goes on is kept', async () => {
  const old = entry(NOW - 40 * DAY_MS, JSON.stringify('x'.repeat(100_000)), NOW - 39 * DAY_MS);
  const running = entry(NOW - 41 * DAY_MS, '{}', undefined);
  const recent = entry(NOW - 2 * DAY_MS, '{}', NOW - 2 * DAY_MS);
  await write([old, running, recent]);
  expect(await deleteRunsBefore(database.db, NOW - 30 * DAY_MS, 100)).toBe(1);
  expect(await findRun(database.db, old.runId)).toBeUndefined();
  expect(await loadEvents(database.db, [old.runId])).toEqual([]);
  expect((await countPayloads(old.runId)).count).toBe(0);
  expect(await findRun(database.db, running.runId)).toBeDefined();
  expect(await findRun(database.db, recent.runId)).toBeDefined();
});

test('runs are found by when they began and by what their actions tracked', async () => {
  const monday = entry(NOW + 10 * DAY_MS, '{}', NOW + 10 * DAY_MS);
  const tuesday = entry(NOW + 11 * DAY_MS, '{}', NOW + 11 * DAY_MS);
  await write([monday, tuesday]);
  await database.pool.query('insert into run_properties values ($1, $2, $3, $4)', [
    tuesday.runId,
    'A',
    'order',
    '4711',
  ]);
  const list = async (filter: object) =>
    (await listRuns(database.db, { environmentId, limit: 10, ...filter })).map(({ id }) => id);
  const from = NOW + 10 * DAY_MS;
  expect(await list({ startedFrom: from })).toEqual([tuesday.runId, monday.runId]);
  expect(await list({ startedFrom: from, startedBefore: from + DAY_MS })).toEqual([monday.runId]);
  expect(await list({ property: { name: 'order', value: '4711' } })).toEqual([tuesday.runId]);
});
