import type { Kysely } from 'kysely';
import type { Database } from './database.ts';

/** What is kept of a flow's trigger between firings. Instants are epoch milliseconds. */
export interface TriggerState {
  readonly flowId: string;
  readonly triggerName: string;
  /** `request`, `recurrence`, `polling` or `webhook`. */
  readonly kind: string;
  /** The unguessable part of a Request trigger's URL. */
  readonly signature: string;
  /** When the trigger was turned on: recurrences count from here. */
  readonly anchorAt: number;
  readonly nextAt: number | undefined;
  /** A polling trigger's `Location`. */
  readonly cursor: string | undefined;
  /** Why the last poll failed. */
  readonly error: string | undefined;
}

export interface NewTriggerState {
  readonly flowId: string;
  readonly triggerName: string;
  readonly kind: string;
  readonly signature: string;
}

/** Makes the state of a trigger, or gives the one that is there: a Request trigger keeps its URL. */
export async function ensureTriggerState(
  db: Kysely<Database>,
  state: NewTriggerState,
): Promise<TriggerState> {
  await db
    .insertInto('trigger_states')
    .values({
      flow_id: state.flowId,
      trigger_name: state.triggerName,
      kind: state.kind,
      signature: state.signature,
    })
    .onConflict((conflict) => conflict.columns(['flow_id', 'trigger_name']).doUpdateSet({ kind: state.kind }))
    .execute();
  const row = await findTriggerState(db, state.flowId, state.triggerName);
  if (!row) throw new Error(`The state of trigger '${state.triggerName}' is gone.`);
  return row;
}

export async function findTriggerState(
  db: Kysely<Database>,
  flowId: string,
  triggerName: string,
): Promise<TriggerState | undefined> {
  const row = await db
    .selectFrom('trigger_states')
    .selectAll()
    .where('flow_id', '=', flowId)
    .where('trigger_name', '=', triggerName)
    .executeTakeFirst();
  return row && toState(row);
}

/** Triggers of flows that are on, whose time to poll or to fire was before an instant (epoch milliseconds). */
export async function listOverdueTriggers(db: Kysely<Database>, before: number): Promise<TriggerState[]> {
  const rows = await db
    .selectFrom('trigger_states')
    .innerJoin('flows', 'flows.id', 'trigger_states.flow_id')
    .selectAll('trigger_states')
    .where('flows.state', '=', 'on')
    .where('trigger_states.kind', 'in', ['polling', 'recurrence'])
    .where('trigger_states.next_at', '<', new Date(before))
    .execute();
  return rows.map(toState);
}

/** The state, locked until the transaction ends, so that one node at a time fires the trigger. */
export async function lockTriggerState(
  db: Kysely<Database>,
  flowId: string,
  triggerName: string,
): Promise<TriggerState | undefined> {
  const row = await db
    .selectFrom('trigger_states')
    .selectAll()
    .where('flow_id', '=', flowId)
    .where('trigger_name', '=', triggerName)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row && toState(row);
}

export interface TriggerProgress {
  readonly nextAt?: number | undefined;
  readonly cursor?: string | undefined;
  readonly error?: string | undefined;
  readonly anchorAt?: number;
}

/** Writes how far a trigger has come; what is not given becomes empty, the anchor stays. */
export async function saveTriggerProgress(
  db: Kysely<Database>,
  flowId: string,
  triggerName: string,
  progress: TriggerProgress,
): Promise<void> {
  await db
    .updateTable('trigger_states')
    .set({
      next_at: progress.nextAt === undefined ? null : new Date(progress.nextAt),
      cursor: progress.cursor ?? null,
      error: progress.error ?? null,
      ...(progress.anchorAt === undefined ? {} : { anchor_at: new Date(progress.anchorAt) }),
    })
    .where('flow_id', '=', flowId)
    .where('trigger_name', '=', triggerName)
    .execute();
}

/** Replaces the unguessable part of a trigger's URL. */
export async function setTriggerSignature(
  db: Kysely<Database>,
  flowId: string,
  triggerName: string,
  signature: string,
): Promise<void> {
  await db
    .updateTable('trigger_states')
    .set({ signature })
    .where('flow_id', '=', flowId)
    .where('trigger_name', '=', triggerName)
    .execute();
}

interface StateRow {
  flow_id: string;
  trigger_name: string;
  kind: string;
  signature: string;
  anchor_at: Date;
  next_at: Date | null;
  cursor: string | null;
  error: string | null;
}

function toState(row: StateRow): TriggerState {
  return {
    flowId: row.flow_id,
    triggerName: row.trigger_name,
    kind: row.kind,
    signature: row.signature,
    anchorAt: row.anchor_at.getTime(),
    nextAt: row.next_at?.getTime(),
    cursor: row.cursor ?? undefined,
    error: row.error ?? undefined,
  };
}
