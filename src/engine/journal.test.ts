import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/postgres/index.ts';
import type { JournalEntry, RunEventRow } from '../store/index.ts';
import { createJournal, type Journal, type JournalVerdict } from './journal.ts';

const LOG = { info() {}, warn() {}, error() {} };

let database: TestDatabase;
let journal: Journal;

beforeAll(async () => {
  database = await createTestDatabase();
  journal = createJournal(database.pool, 7, LOG);
});

afterAll(() => journal.close());

const startOf = (id: string): JournalEntry => ({
  runId: id,
  start: {
    id,
    flowId: id,
    flowVersion: 1,
    triggerName: 'manual',
    trigger: '{"a":"\\u001e"}',
    startedAt: 1_000,
  },
  events: [],
  end: undefined,
});

const eventOf = (runId: string, seq: number, more: Partial<RunEventRow> = {}): RunEventRow => ({
  runId,
  seq,
  kind: 'settled',
  key: 'A',
  at: 2_000,
  attempt: 1,
  status: 'Succeeded',
  code: undefined,
  startedAt: 1_500,
  inputs: undefined,
  outputs: '{"quote":"\\"","bell":"\\u0007"}',
  error: undefined,
  data: undefined,
  ...more,
});

const endOf = (id: string): JournalEntry => ({
  runId: id,
  start: undefined,
  events: [eventOf(id, 1)],
  end: { id, status: 'Succeeded', endedAt: 3_000, error: undefined },
});

const append = (entry: JournalEntry) =>
  new Promise<JournalVerdict>((resolve) => journal.append(entry, resolve));

async function readRun(id: string) {
  const runs = await database.pool.query('select status, ended_at, trigger from runs where id = $1', [id]);
  const leases = await database.pool.query('select node_id from run_leases where run_id = $1', [id]);
  return { ...runs.rows[0], leases: leases.rows };
}

describe('the journal', () => {
  test('a run that begins and ends before the next flush is written once, ended and never leased', async () => {
    const id = uuidv7();
    const verdicts = await Promise.all([append(startOf(id)), append(endOf(id))]);
    expect(verdicts).toEqual(['committed', 'committed']);
    expect(await readRun(id)).toMatchObject({ status: 'Succeeded', ended_at: new Date(3_000), leases: [] });
  });

  test('a run under way is leased to its node until it ends', async () => {
    const id = uuidv7();
    await append(startOf(id));
    expect(await readRun(id)).toMatchObject({ status: 'Running', leases: [{ node_id: 7 }] });
    await append(endOf(id));
    expect(await readRun(id)).toMatchObject({ status: 'Succeeded', leases: [] });
  });

  test('keeps text as it is, whatever it holds', async () => {
    const id = uuidv7();
    await Promise.all([append(startOf(id)), append(endOf(id))]);
    const { rows } = await database.pool.query('select outputs from run_events where run_id = $1', [id]);
    expect(rows).toEqual([{ outputs: '{"quote":"\\"","bell":"\\u0007"}' }]);
    expect((await readRun(id)).trigger).toBe('{"a":"\\u001e"}');
  });

  test('a run of another node is lost alone: the rest of its batch is committed', async () => {
    const [ours, theirs] = [uuidv7(), uuidv7()];
    await append(startOf(theirs));
    await append({
      runId: theirs,
      start: undefined,
      events: [eventOf(theirs, 1, { key: 'B' })],
      end: undefined,
    });
    const verdicts = await Promise.all([append(startOf(ours)), append(endOf(theirs))]);
    expect(verdicts).toEqual(['committed', 'lost']);
    expect(await readRun(theirs)).toMatchObject({ status: 'Running' });
  });

  test('hundreds of runs at once all get their verdict, in the order of their own entries', async () => {
    const ids = Array.from({ length: 700 }, () => uuidv7());
    const seen: string[] = [];
    await Promise.all(
      ids.flatMap((id) => [
        append(startOf(id)).then(() => seen.push(`${id} start`)),
        append(endOf(id)).then(() => seen.push(`${id} end`)),
      ]),
    );
    for (const id of ids) expect(seen.indexOf(`${id} start`)).toBeLessThan(seen.indexOf(`${id} end`));
    const { rows } = await database.pool.query(
      "select count(*)::int as n from runs where id = any($1) and status = 'Succeeded'",
      [ids],
    );
    expect(rows).toEqual([{ n: 700 }]);
  });
});
