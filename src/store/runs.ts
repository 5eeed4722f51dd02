import { type Kysely, type Selectable, sql } from 'kysely';
import type { Json } from '../base/index.ts';
import { parseJson } from '../base/index.ts';
import type { Database } from './database.ts';
import { type RunEventRow, type RunStartRow, readEventKind } from './journal.ts';
import { fillPayloads, insertPayloadRows, liftPayload, type Payload } from './payloads.ts';
import { firstRunIdAt } from './run-history.ts';
import type { RunTables } from './run-tables.ts';

/** A run as it is listed. Instants are epoch milliseconds. */
export interface RunRow {
  readonly id: string;
  readonly flowId: string;
  readonly flowName: string;
  readonly flowVersion: number;
  readonly triggerName: string;
  readonly status: string;
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  readonly error: { code: string; message: string } | undefined;
  /** The run that this one repeats, and the action it began at; undefined: its trigger. */
  readonly origin: { readonly runId: string; readonly action: string | undefined } | undefined;
  /** When a run that sleeps wakes. */
  readonly wakeAt: number | undefined;
}

/** A run with the text of its trigger's record. */
export interface RunWithTrigger extends RunRow {
  /** JSON text as stored: sealed when the trigger's outputs are secure. */
  readonly trigger: string;
}

/** An event as stored; JSON columns are still text. */
export type StoredEvent = RunEventRow;

export interface RunFilter {
  readonly environmentId: string;
  readonly flowId?: string | undefined;
  readonly status?: string | undefined;
  /** Began at or after this instant, epoch milliseconds. */
  readonly startedFrom?: number | undefined;
  /** Began before this instant, epoch milliseconds. */
  readonly startedBefore?: number | undefined;
  /** Has an action that tracked this value under this name. */
  readonly property?: { readonly name: string; readonly value: string } | undefined;
  /** Only runs older than this id: ids rise with time. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** The newest runs first. */
export async function listRuns(db: Kysely<Database>, filter: RunFilter): Promise<RunRow[]> {
  let query = selectRuns(db).where('flows.environment_id', '=', filter.environmentId);
  if (filter.flowId !== undefined) query = query.where('runs.flow_id', '=', filter.flowId);
  if (filter.status === 'Waiting')
    query = query.where((where) =>
      where.or([where('run_leases.wake_at', 'is not', null), where('runs.status', '=', 'Waiting')]),
    );
  else if (filter.status !== undefined) query = query.where('runs.status', '=', filter.status);
  if (filter.startedFrom !== undefined)
    query = query.where('runs.id', '>=', firstRunIdAt(filter.startedFrom));
  if (filter.startedBefore !== undefined)
    query = query.where('runs.id', '<', firstRunIdAt(filter.startedBefore));
  const { property } = filter;
  if (property !== undefined) query = query.where('runs.id', 'in', selectTracked(db, property));
  if (filter.before !== undefined) query = query.where('runs.id', '<', filter.before);
  const rows = await query.orderBy('runs.id', 'desc').limit(filter.limit).execute();
  return rows.map(toRun);
}

function selectTracked(db: Kysely<Database>, { name, value }: { name: string; value: string }) {
  return db.selectFrom('run_properties').select('run_id').where('name', '=', name).where('value', '=', value);
}

export async function findRun(db: Kysely<Database>, id: string): Promise<RunWithTrigger | undefined> {
  const row = await selectRuns(db).select('runs.trigger').where('runs.id', '=', id).executeTakeFirst();
  if (row === undefined) return undefined;
  const [filled] = await fillTriggers(db, [row]);
  return filled;
}

/** Many runs by id, for recovery. */
export async function findRuns(db: Kysely<Database>, ids: readonly string[]): Promise<RunWithTrigger[]> {
  const rows = await selectRuns(db).select('runs.trigger').where('runs.id', 'in', ids).execute();
  return fillTriggers(db, rows);
}

function fillTriggers(
  db: Kysely<Database>,
  rows: readonly (SelectedRun & { trigger: string })[],
): Promise<(RunWithTrigger & { runId: string })[]> {
  const runs = rows.map((row) => ({ ...toRun(row), runId: row.id, trigger: row.trigger }));
  return fillPayloads(db, runs, ['trigger']);
}

/** The journals of runs, in order. */
export async function loadEvents(db: Kysely<Database>, runIds: readonly string[]): Promise<StoredEvent[]> {
  if (runIds.length === 0) return [];
  const rows = await db
    .selectFrom('run_events')
    .selectAll()
    .where('run_id', 'in', runIds)
    .orderBy('run_id')
    .orderBy('seq')
    .execute();
  return readEvents(db, rows);
}

/** How actions of these names (the last part of their keys) succeeded in a run, in order. */
export async function loadSuccesses(
  db: Kysely<Database>,
  runId: string,
  keyEnds: readonly string[],
): Promise<StoredEvent[]> {
  const { rows } = await sql<EventRow>`
    select * from run_events
    where run_id = ${runId} and kind = 'e' and status = 'Succeeded'
      and regexp_replace(key, '^.*/', '') = any(${[...keyEnds]}::text[])
    order by seq`.execute(db);
  return readEvents(db, rows);
}

type EventRow = Selectable<RunTables['run_events']>;

function readEvents(db: Kysely<Database>, rows: readonly EventRow[]): Promise<StoredEvent[]> {
  const events = rows.map((row) => ({
    runId: row.run_id,
    seq: row.seq,
    kind: readEventKind(row.kind),
    key: row.key,
    at: row.at.getTime(),
    attempt: row.attempt,
    status: row.status ?? undefined,
    code: row.code ?? undefined,
    startedAt: row.started_at?.getTime(),
    inputs: row.inputs ?? undefined,
    outputs: row.outputs ?? undefined,
    error: row.error ?? undefined,
    data: row.data ?? undefined,
  }));
  return fillPayloads(db, events, ['inputs', 'outputs', 'error', 'data']);
}

function selectRuns(db: Kysely<Database>) {
  return db
    .selectFrom('runs')
    .innerJoin('flows', 'flows.id', 'runs.flow_id')
    .leftJoin('run_leases', 'run_leases.run_id', 'runs.id')
    .select([
      'runs.id',
      'runs.flow_id',
      'flows.name as flow_name',
      'runs.flow_version',
      'runs.trigger_name',
      'runs.status',
      'runs.started_at',
      'runs.ended_at',
      'runs.error',
      'runs.origin_run_id',
      'runs.origin_action',
      'run_leases.wake_at',
    ]);
}

interface SelectedRun {
  id: string;
  flow_id: string;
  flow_name: string;
  flow_version: number;
  trigger_name: string;
  status: string;
  started_at: Date;
  ended_at: Date | null;
  error: string | null;
  origin_run_id: string | null;
  origin_action: string | null;
  wake_at: Date | null;
}

function toRun(row: SelectedRun): RunRow {
  return {
    id: row.id,
    flowId: row.flow_id,
    flowName: row.flow_name,
    flowVersion: row.flow_version,
    triggerName: row.trigger_name,
    status: row.wake_at === null ? row.status : 'Waiting',
    startedAt: row.started_at.getTime(),
    endedAt: row.ended_at?.getTime(),
    error: row.error === null ? undefined : readError(parseJson(row.error)),
    origin:
      row.origin_run_id === null
        ? undefined
        : { runId: row.origin_run_id, action: row.origin_action ?? undefined },
    wakeAt: row.wake_at?.getTime(),
  };
}

function readError(value: Json): { code: string; message: string } {
  const { code, message } = value as { code?: string; message?: string };
  return { code: code ?? 'ActionFailed', message: message ?? '' };
}

/** Begins runs inside somebody's transaction: a trigger's progress and the runs it made are committed together. */
export async function insertRuns(
  db: Kysely<Database>,
  nodeId: number | null,
  rows: readonly RunStartRow[],
): Promise<void> {
  await insertRunRows(db, rows, 'Running');
  await insertLeases(
    db,
    nodeId,
    rows.map((row) => row.id),
  );
}

/** The rows alone: runs that wait for a slot are nobody's. */
export async function insertRunRows(
  db: Kysely<Database>,
  rows: readonly RunStartRow[],
  status: 'Running' | 'Waiting',
): Promise<void> {
  if (rows.length === 0) return;
  const payloads: Payload[] = [];
  const triggers = rows.map((row) => liftPayload(row.id, row.trigger, payloads));
  await insertPayloadRows(db, payloads);
  await db
    .insertInto('runs')
    .values(
      rows.map((row, index) => ({
        id: row.id,
        flow_id: row.flowId,
        flow_version: row.flowVersion,
        trigger_name: row.triggerName,
        trigger: triggers[index] ?? row.trigger,
        status,
        started_at: new Date(row.startedAt),
        ended_at: null,
        error: null,
      })),
    )
    .execute();
}

/** Leases runs to a node; without one, whoever claims them first has them. */
export async function insertLeases(
  db: Kysely<Database>,
  nodeId: number | null,
  runIds: readonly string[],
): Promise<void> {
  if (runIds.length === 0) return;
  await db
    .insertInto('run_leases')
    .values(runIds.map((runId) => ({ run_id: runId, node_id: nodeId, wake_at: null })))
    .execute();
}

/** Takes the unfinished runs of a node that is gone. Returns their ids, parked ones not among them. */
export async function claimRunsOf(
  db: Kysely<Database>,
  deadNodeId: number,
  nodeId: number,
): Promise<string[]> {
  const rows = await db
    .updateTable('run_leases')
    .set({ node_id: nodeId })
    .where('node_id', '=', deadNodeId)
    .returning('run_id')
    .execute();
  return rows.map((row) => row.run_id);
}

/**
 * Takes a sleeping run whose time has come, or any sleeping run when it is to be cancelled. False: somebody else
 * has it. May be repeated: who lost the answer asks again.
 */
export async function claimParkedRun(db: Kysely<Database>, runId: string, nodeId: number): Promise<boolean> {
  const result = await db
    .updateTable('run_leases')
    .set({ node_id: nodeId, wake_at: null })
    .where('run_id', '=', runId)
    .where((where) => where.or([where('node_id', 'is', null), where('node_id', '=', nodeId)]))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Takes a run that sleeps, before its time. False: it does not sleep. */
export async function wakeSleepingRun(db: Kysely<Database>, runId: string, nodeId: number): Promise<boolean> {
  const result = await db
    .updateTable('run_leases')
    .set({ node_id: nodeId, wake_at: null })
    .where('run_id', '=', runId)
    .where('node_id', 'is', null)
    .where('wake_at', 'is not', null)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Takes runs that were stored by a node which carries out none. Returns their ids. */
export async function claimUnassignedRuns(db: Kysely<Database>, nodeId: number): Promise<string[]> {
  const rows = await db
    .updateTable('run_leases')
    .set({ node_id: nodeId })
    .where('node_id', 'is', null)
    .where('wake_at', 'is', null)
    .returning('run_id')
    .execute();
  return rows.map((row) => row.run_id);
}

/** Other nodes find some as well. */
const OVERDUE_BATCH = 1_000;

/** Takes runs that should have woken before an instant (epoch milliseconds), a batch of them. */
export async function claimOverdueRuns(db: Kysely<Database>, nodeId: number, before: number): Promise<void> {
  await db
    .updateTable('run_leases')
    .set({ node_id: nodeId, wake_at: null })
    .where('run_id', 'in', (overdue) =>
      overdue
        .selectFrom('run_leases')
        .select('run_id')
        .where('node_id', 'is', null)
        .where('wake_at', '<', new Date(before))
        .orderBy('wake_at')
        .limit(OVERDUE_BATCH)
        .forUpdate()
        .skipLocked(),
    )
    .execute();
}

/** Lets go of a run that sleeps until an instant (epoch milliseconds). */
export async function parkRun(
  db: Kysely<Database>,
  runId: string,
  nodeId: number,
  wakeAt: number,
): Promise<boolean> {
  const result = await db
    .updateTable('run_leases')
    .set({ node_id: null, wake_at: new Date(wakeAt) })
    .where('run_id', '=', runId)
    .where('node_id', '=', nodeId)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Deletes a flow's runs with their journals. The tables have no foreign keys: checking them would cost every run. */
export async function deleteRunsOf(db: Kysely<Database>, flowId: string): Promise<void> {
  const runIds = db.selectFrom('runs').select('id').where('flow_id', '=', flowId);
  for (const table of ['run_leases', 'run_events', 'run_payloads', 'run_properties'] as const) {
    await db.deleteFrom(table).where('run_id', 'in', runIds).execute();
  }
  await db.deleteFrom('run_children').where('child_id', 'in', runIds).execute();
  await db.deleteFrom('run_slots').where('flow_id', '=', flowId).execute();
  await db.deleteFrom('runs').where('flow_id', '=', flowId).execute();
}

/** Registers this process as a node. */
export async function createNode(db: Kysely<Database>, name: string): Promise<number> {
  const row = await db.insertInto('nodes').values({ name }).returning('id').executeTakeFirstOrThrow();
  return row.id;
}

/** The unfinished runs of a node, parked ones not among them. */
export async function listLeasedRuns(db: Kysely<Database>, nodeId: number): Promise<string[]> {
  const rows = await db.selectFrom('run_leases').select('run_id').where('node_id', '=', nodeId).execute();
  return rows.map((row) => row.run_id);
}

/** Nodes that hold unfinished runs. */
export async function listLeaseHolders(db: Kysely<Database>): Promise<number[]> {
  const { rows } = await sql<{ node_id: number }>`
    select distinct node_id from run_leases where node_id is not null`.execute(db);
  return rows.map((row) => row.node_id);
}
