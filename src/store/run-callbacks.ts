import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';

/** A webhook action under way: what its run waits for. */
export interface RunCallback {
  readonly runId: string;
  readonly key: string;
  readonly flowId: string;
  /** Sealed: how the service was asked. */
  readonly plan: string;
  /** Sealed: what the service answered. */
  readonly answer: string | undefined;
  /** Sealed: what the callback brought; undefined while there was none. */
  readonly content: string | undefined;
}

export interface NewRunCallback extends Pick<RunCallback, 'runId' | 'key' | 'flowId' | 'plan'> {
  /** When the action gives up, epoch milliseconds. */
  readonly dueAt: number;
}

/** Makes the row of a webhook action before the service is asked; a repeated attempt finds it there. */
export async function openRunCallback(db: Kysely<Database>, callback: NewRunCallback): Promise<void> {
  await db
    .insertInto('run_callbacks')
    .values({
      run_id: callback.runId,
      key: callback.key,
      flow_id: callback.flowId,
      due_at: new Date(callback.dueAt),
      plan: callback.plan,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['run_id', 'key'])
        .doUpdateSet({ plan: callback.plan, due_at: new Date(callback.dueAt) }),
    )
    .execute();
}

/** What a service answered, sealed, and the plan where it says more now on how the subscription is ended. */
interface CallbackAnswer extends Pick<RunCallback, 'runId' | 'key'> {
  readonly answer: string;
  readonly plan: string | undefined;
}

export async function saveCallbackAnswer(
  db: Kysely<Database>,
  { runId, key, answer, plan }: CallbackAnswer,
): Promise<void> {
  await db
    .updateTable('run_callbacks')
    .set({ answer, ...(plan === undefined ? {} : { plan }) })
    .where('run_id', '=', runId)
    .where('key', '=', key)
    .execute();
}

/** What became of a call of a callback URL. `nodeId`: the node that has the run; undefined: nobody has it. */
export type CallbackVerdict =
  | { readonly kind: 'taken'; readonly nodeId: number | undefined }
  | { readonly kind: 'answered' }
  | { readonly kind: 'over' };

/**
 * Takes the one call that counts, inside a transaction: the run's lease is locked, so that a run that is being put to
 * sleep either sees the content or is woken. A sleeping run becomes the node's, where one is given.
 */
export async function takeCallback(
  db: Kysely<Database>,
  nodeId: number | undefined,
  call: { readonly runId: string; readonly key: string; readonly content: string },
): Promise<CallbackVerdict> {
  const { runId, key, content } = call;
  const lease = await db
    .selectFrom('run_leases')
    .select('node_id')
    .where('run_id', '=', runId)
    .forUpdate()
    .executeTakeFirst();
  if (lease === undefined) return { kind: 'over' };
  const { rows } = await sql<{ received: boolean; shut: boolean }>`
    select received_at is not null as received, due_at = '-infinity' or (due_at <= to_timestamp(0) and not exists (
      select from run_events e where e.run_id = ${runId} and e.key = ${key} and e.kind = 'w')) as shut
    from run_callbacks
    where run_id = ${runId} and key = ${key} for update`.execute(db);
  const [row] = rows;
  if (row === undefined || (row.shut && !row.received)) return { kind: 'over' };
  if (row.received) return { kind: 'answered' };
  await db
    .updateTable('run_callbacks')
    .set({ received_at: new Date(), content })
    .where('run_id', '=', runId)
    .where('key', '=', key)
    .execute();
  if (lease.node_id !== null) return { kind: 'taken', nodeId: lease.node_id };
  if (nodeId === undefined) return { kind: 'taken', nodeId };
  await db
    .updateTable('run_leases')
    .set({ node_id: nodeId, wake_at: null })
    .where('run_id', '=', runId)
    .execute();
  return { kind: 'taken', nodeId };
}

/**
 * Takes no more calls for actions that are about to end without one: what was taken before is seen by who asks from
 * here on, what comes later is told that it is over; unless another node, which had the run before, turns out to have
 * noted that the service accepted.
 */
export async function shutCallbacks(
  db: Kysely<Database>,
  runId: string,
  keys: readonly string[],
): Promise<void> {
  await db
    .updateTable('run_callbacks')
    .set({ due_at: new Date(0) })
    .where('run_id', '=', runId)
    .where('key', 'in', keys)
    .where('received_at', 'is', null)
    .execute();
}

/**
 * The time of an action is up: takes no more calls for it. What was taken before the end, be it a moment ago, counts;
 * `undefined`: nothing was.
 */
export async function giveUpCallback(
  db: Kysely<Database>,
  runId: string,
  key: string,
): Promise<RunCallback | undefined> {
  const { rows } = await sql<CallbackRow & { received: boolean }>`
    update run_callbacks set due_at = case when received_at is null then '-infinity' else due_at end
    where run_id = ${runId} and key = ${key} returning *, received_at is not null as received`.execute(db);
  const [row] = rows;
  return row?.received === true ? toCallback(row) : undefined;
}

/** Callbacks that came for runs and may not have reached them. */
export async function listReceivedCallbacks(
  db: Kysely<Database>,
  runIds: readonly string[],
): Promise<RunCallback[]> {
  if (runIds.length === 0) return [];
  const rows = await db
    .selectFrom('run_callbacks')
    .selectAll()
    .where('run_id', 'in', runIds)
    .where('received_at', 'is not', null)
    .execute();
  return rows.map(toCallback);
}

/** Runs of a node for which callbacks came. */
export async function listCalledRuns(db: Kysely<Database>, nodeId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('run_callbacks')
    .innerJoin('run_leases', 'run_leases.run_id', 'run_callbacks.run_id')
    .select('run_callbacks.run_id')
    .distinct()
    .where('run_leases.node_id', '=', nodeId)
    .where('run_callbacks.received_at', 'is not', null)
    .execute();
  return rows.map((row) => row.run_id);
}

/** Takes the row of an action that has ended. */
export async function closeRunCallback(
  db: Kysely<Database>,
  runId: string,
  key: string,
): Promise<RunCallback | undefined> {
  const row = await db
    .deleteFrom('run_callbacks')
    .where('run_id', '=', runId)
    .where('key', '=', key)
    .returningAll()
    .executeTakeFirst();
  return row && toCallback(row);
}

/**
 * Takes rows that nobody will close any more: their run has ended, or the time of their action was over a while ago
 * and nobody called.
 */
export async function closeLeftCallbacks(
  db: Kysely<Database>,
  overdueSince: number,
  limit: number,
): Promise<RunCallback[]> {
  const { rows } = await sql<CallbackRow>`
    delete from run_callbacks where (run_id, key) in (
      select c.run_id, c.key from run_callbacks c left join run_leases l on l.run_id = c.run_id
      where l.run_id is null or (c.due_at < ${new Date(overdueSince)} and c.due_at > to_timestamp(0) and c.received_at is null)
      limit ${limit} for update of c skip locked)
    returning *`.execute(db);
  return rows.map(toCallback);
}

interface CallbackRow {
  run_id: string;
  key: string;
  flow_id: string;
  plan: string;
  answer: string | null;
  content: string | null;
}

function toCallback(row: CallbackRow): RunCallback {
  return {
    runId: row.run_id,
    key: row.key,
    flowId: row.flow_id,
    plan: row.plan,
    answer: row.answer ?? undefined,
    content: row.content ?? undefined,
  };
}
