import type pg from 'pg';
import { endpoints, isEndedStatus, type Run, type RunAction, type RunDetail } from '../../src/api/index.ts';
import { isJsonObject, type Json } from '../../src/base/index.ts';
import type { Client } from '../../src/client/index.ts';
import { SHIPPING_KEY } from '../product/shipping.ts';

/** How often something was asked of the shipping API, and how often it did something. */
export interface Count {
  readonly requests: number;
  readonly executions: number;
}

export interface Counts {
  readonly byReference: Readonly<Record<string, Count>>;
  readonly byKey: Readonly<Record<string, Count>>;
}

export async function readCounts(shippingUrl: string): Promise<Counts> {
  const response = await fetch(`${shippingUrl}/v1/admin/executions`, {
    headers: { 'x-api-key': SHIPPING_KEY },
  });
  const counts = (await response.json()) as Record<'by_reference' | 'by_key', Record<string, Count>>;
  return { byReference: counts.by_reference, byKey: counts.by_key };
}

/** Every run of a flow, acknowledged or not. */
export async function listAllRuns(client: Client, flowId: string): Promise<Run[]> {
  const runs: Run[] = [];
  for (let cursor: string | undefined; ; ) {
    const query = { flowId, limit: 500, ...(cursor === undefined ? {} : { cursor }) };
    const page = await client.call(endpoints.listRuns, { query });
    runs.push(...page.value);
    cursor = page.nextCursor;
    if (cursor === undefined) return runs;
  }
}

/** Reads runs one by one, a few at a time. */
export async function readRuns(client: Client, runs: readonly Run[]): Promise<RunDetail[]> {
  const details: RunDetail[] = [];
  const queue = [...runs];
  const read = async () => {
    for (let run = queue.pop(); run !== undefined; run = queue.pop()) {
      details.push(await client.call(endpoints.getRun, { params: { id: run.id } }));
    }
  };
  await Promise.all(Array.from({ length: 8 }, read));
  return details;
}

/** What is wrong with a run that has had time to end; empty when nothing is. */
export function findRunProblems(run: RunDetail, counts: Counts, keyed: boolean): string[] {
  const problems: string[] = [];
  if (!isEndedStatus(run.status)) problems.push('has not ended');
  const interrupted = run.actions.filter(({ code }) => code === 'ActionInterrupted');
  if (keyed && interrupted.length > 0)
    problems.push('gave up a call that could have been repeated by its key');
  if (run.status === 'Succeeded') problems.push(...findSumProblems(run));
  else if (interrupted.length === 0)
    problems.push(`${run.status} without an interruption: ${run.error?.message}`);
  for (const action of run.actions.filter(({ type }) => type === 'OpenApiConnection')) {
    problems.push(...findCallProblems(action, counts, keyed).map((problem) => `${action.key} ${problem}`));
  }
  return problems.map((problem) => `${run.id}: ${problem}`);
}

/** Variables were counted once per turn, whatever died in between. */
function findSumProblems(run: RunDetail): string[] {
  const parcels = readMember(readMember(run.trigger?.outputs, 'body'), 'parcels');
  const wanted = Array.isArray(parcels) ? parcels.length : undefined;
  const sum = run.actions.find(({ name }) => name === 'Sum_up')?.outputs;
  const found = ['rounds', 'labels', 'different'].map((name) => Number(readMember(sum, name)));
  const expected = [3, wanted, wanted];
  return found.join() === expected.join() ? [] : [`summed up ${found}, expected ${expected}`];
}

export function findCallProblems(action: RunAction, counts: Counts, keyed: boolean): string[] {
  if (!isEndedStatus(action.status)) return ['has not settled'];
  if (action.status === 'Skipped') return [];
  const failed = action.status !== 'Succeeded';
  if (failed && action.code !== 'ActionInterrupted') return [`${action.status}: ${action.error?.message}`];
  const reference = readMember(readMember(action.inputs, 'parameters'), 'body/reference');
  if (typeof reference !== 'string') return [];
  const { requests, executions } = counts.byReference[reference] ?? { requests: 0, executions: 0 };
  if (keyed) return executions === 1 ? [] : [`was carried out ${executions} times`];
  if (failed) return requests <= 1 ? [] : [`was sent ${requests} times although it is not safe to repeat`];
  return requests === 1 ? [] : [`was sent ${requests} times`];
}

function readMember(value: Json | undefined, name: string): Json | undefined {
  return isJsonObject(value) ? value[name] : undefined;
}

/** What the journal itself must never hold: a key that settled twice, or began again after it had settled. */
export async function findJournalProblems(pool: Pick<pg.Pool, 'query'>): Promise<string[]> {
  const twice = await pool.query(
    `select run_id, key, count(*) from run_events where kind = 'e' group by run_id, key having count(*) > 1`,
  );
  const again = await pool.query(
    `select later.run_id, later.key from run_events later
     join run_events settled using (run_id, key)
     where settled.kind = 'e' and later.seq > settled.seq`,
  );
  const unfinished = await pool.query('select id as run_id from runs where ended_at is null');
  const leased = await pool.query('select run_id from run_leases');
  return [
    ...describe('settled twice', twice.rows),
    ...describe('went on after it had settled', again.rows),
    ...describe('has not ended', unfinished.rows),
    ...describe('is still leased', leased.rows),
  ];
}

function describe(problem: string, rows: readonly { run_id: string; key?: string }[]): string[] {
  return rows.map((row) => `${row.run_id}: ${row.key ?? 'the run'} ${problem}`);
}
