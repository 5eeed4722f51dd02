import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';
import type { RunStartRow } from './journal.ts';
import { insertLeases, insertRunRows } from './runs.ts';

/** A trigger with a limit. */
export interface SlotKey {
  readonly flowId: string;
  readonly triggerName: string;
}

/** How many runs of a trigger hold a slot, and how many wait for one. */
export interface SlotCounts {
  readonly admitted: number;
  readonly waiting: number;
}

/** The first half of the advisory lock's key, so that it meets no other application's. */
const LOCK_CLASS = 0x50_42_53_4c;

/** One after the other decides about a trigger's slots, until the transaction ends. */
export async function lockSlots(db: Kysely<Database>, { flowId, triggerName }: SlotKey): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK_CLASS}, hashtext(${`${flowId}/${triggerName}`}))`.execute(db);
}

/** Counts after the slots of runs that have ended, or are gone, were given back. The slots must be locked. */
export async function countSlots(db: Kysely<Database>, key: SlotKey): Promise<SlotCounts> {
  const { flowId, triggerName } = key;
  await sql`
    delete from run_slots s where s.flow_id = ${flowId} and s.trigger_name = ${triggerName}
    and not exists (select from runs r where r.id = s.run_id and r.ended_at is null)`.execute(db);
  const { rows } = await sql<SlotCounts>`
    select count(*) filter (where admitted) as admitted, count(*) filter (where not admitted) as waiting
    from run_slots where flow_id = ${flowId} and trigger_name = ${triggerName}`.execute(db);
  return { admitted: Number(rows[0]?.admitted ?? 0), waiting: Number(rows[0]?.waiting ?? 0) };
}

/** Stores runs of a limited trigger: the first `free` of them are leased to the node, the others wait. */
export async function insertLimitedRuns(
  db: Kysely<Database>,
  nodeId: number | null,
  rows: readonly RunStartRow[],
  free: number,
): Promise<void> {
  if (rows.length === 0) return;
  const admitted = rows.slice(0, free);
  await insertRunRows(db, admitted, 'Running');
  await insertRunRows(db, rows.slice(free), 'Waiting');
  await insertLeases(
    db,
    nodeId,
    admitted.map(({ id }) => id),
  );
  await db
    .insertInto('run_slots')
    .values(
      rows.map((row, index) => ({
        run_id: row.id,
        flow_id: row.flowId,
        trigger_name: row.triggerName,
        admitted: index < free,
      })),
    )
    .execute();
}

/** Gives slots to those who have waited longest, and leases them to the node. Returns their ids. */
export async function admitWaiting(
  db: Kysely<Database>,
  nodeId: number | null,
  { flowId, triggerName }: SlotKey,
  free: number,
): Promise<string[]> {
  if (free <= 0) return [];
  const { rows } = await sql<{ run_id: string }>`
    update run_slots set admitted = true where run_id in (
      select run_id from run_slots
      where flow_id = ${flowId} and trigger_name = ${triggerName} and not admitted order by run_id limit ${free})
    returning run_id`.execute(db);
  const ids = rows.map((row) => row.run_id);
  if (ids.length === 0) return [];
  await db.updateTable('runs').set({ status: 'Running' }).where('id', 'in', ids).execute();
  await insertLeases(db, nodeId, ids);
  return ids;
}

/** Triggers of which a run has ended and holds its slot still, or of which runs wait. */
export async function listSlotKeys(db: Kysely<Database>): Promise<SlotKey[]> {
  const { rows } = await sql<{ flow_id: string; trigger_name: string }>`
    select distinct s.flow_id, s.trigger_name from run_slots s left join runs r on r.id = s.run_id
    where not s.admitted or r.id is null or r.ended_at is not null`.execute(db);
  return rows.map((row) => ({ flowId: row.flow_id, triggerName: row.trigger_name }));
}

/** Ends a run that waits for a slot. False: it waits for none. */
export async function cancelWaitingRun(
  db: Kysely<Database>,
  runId: string,
  end: { readonly status: string; readonly error: string },
): Promise<boolean> {
  const result = await sql`
    with left_queue as (delete from run_slots where run_id = ${runId} and not admitted returning run_id)
    update runs set status = ${end.status}, ended_at = now(), error = ${end.error}
    from left_queue where runs.id = left_queue.run_id`.execute(db);
  return (result.numAffectedRows ?? 0n) > 0n;
}
