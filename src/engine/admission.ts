/**
 * How many runs of a trigger there are at once (`runtimeConfiguration.concurrency`, `SingleInstance`), over all nodes.
 *
 * Invariants
 * 1. A run of a limited trigger has a row in `run_slots` from its start to its end. It holds a slot, or it waits and
 *    has no lease: no node takes it up before it has one.
 * 2. Who decides holds the lock of the trigger's slots; those who wait are taken in the order in which they came.
 * 3. A slot whose run has ended is given back by the node that ended it, or by whoever looks next: nothing is lost
 *    when that node dies in between.
 * 4. A firing is taken whole: where there is room for its first run, the others wait, however many `splitOn` gives.
 */
import type { Kysely } from 'kysely';
import { describeError, stringifyJson } from '../base/index.ts';
import type { CompiledTrigger, TriggerConcurrency } from '../flow/index.ts';
import {
  admitWaiting,
  cancelWaitingRun,
  countSlots,
  type Database,
  insertLimitedRuns,
  insertRuns,
  listSlotKeys,
  lockSlots,
  type RunStartRow,
  type SlotKey,
} from '../store/index.ts';
import type { FlowCache, LoadedFlow } from './flow-cache.ts';
import type { EngineLog } from './types.ts';

export interface AdmissionOptions {
  readonly db: Kysely<Database>;
  readonly flows: FlowCache;
  readonly log: EngineLog;
  /** The node that carries out what is admitted here; null: others do. */
  nodeId(): number | null;
  /** How many may wait where the trigger does not say; null: any number. */
  maximumWaiting(): number | null;
  /** Takes runs that were admitted, and whose leases are committed. */
  begin(runIds: readonly string[]): void;
}

export class Admission {
  readonly #options: AdmissionOptions;

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  /**
   * Stores the runs of a firing in somebody's transaction. Returns those that may begin: they are leased to this
   * node, and are to be taken up after the commit. `undefined`: there is no room, and nothing was stored.
   *
   * @param mayRefuse false for what somebody asked for by name: it waits, however many do
   */
  async store(
    db: Kysely<Database>,
    loaded: LoadedFlow,
    trigger: CompiledTrigger | undefined,
    rows: readonly RunStartRow[],
    mayRefuse = true,
  ): Promise<string[] | undefined> {
    const nodeId = this.#options.nodeId();
    const limit = limitOf(loaded, trigger);
    if (trigger === undefined || limit === undefined || rows.length === 0) {
      await insertRuns(db, nodeId, rows);
      return rows.map(({ id }) => id);
    }
    const free = await this.#findRoom(db, { flowId: loaded.info.id, triggerName: trigger.name }, limit);
    if (free === undefined && mayRefuse) return undefined;
    await insertLimitedRuns(db, nodeId, rows, free ?? 0);
    return rows.slice(0, free ?? 0).map(({ id }) => id);
  }

  /** Whether a firing would be refused now: to be asked before a service is asked for what it has. */
  async isFull(loaded: LoadedFlow, trigger: CompiledTrigger): Promise<boolean> {
    const limit = limitOf(loaded, trigger);
    if (limit === undefined) return false;
    const key = { flowId: loaded.info.id, triggerName: trigger.name };
    const free = await this.#options.db
      .transaction()
      .execute((transaction) => this.#findRoom(transaction, key, limit));
    return free === undefined;
  }

  /** A run of a limited trigger has ended: the next one begins. */
  release(flowId: string, triggerName: string): void {
    this.#balance({ flowId, triggerName }).catch((error: unknown) =>
      this.#options.log.warn(
        { flowId, trigger: triggerName, error: describeError(error) },
        'A slot could not be given back yet; it is tried again.',
      ),
    );
  }

  /** Looks for slots that are held by nobody, and for room that a changed limit made. */
  async sweep(): Promise<void> {
    for (const { flowId, triggerName } of await listSlotKeys(this.#options.db)) {
      this.release(flowId, triggerName);
    }
  }

  /** Ends a run that waits for a slot. False: it waits for none. */
  cancel(runId: string): Promise<boolean> {
    const error = stringifyJson({ code: 'RunCancelled', message: 'The run was cancelled before it began.' });
    return cancelWaitingRun(this.#options.db, runId, { status: 'Cancelled', error });
  }

  async #balance(key: SlotKey): Promise<void> {
    const { db, flows, begin, nodeId } = this.#options;
    // A flow that is gone takes its runs with it; one that cannot be compiled keeps them waiting.
    const loaded = await flows.latest(key.flowId);
    const limit = limitOf(
      loaded,
      loaded.flow.triggers.find(({ name }) => name === key.triggerName),
    );
    const admitted = await db.transaction().execute(async (transaction) => {
      await lockSlots(transaction, key);
      const counts = await countSlots(transaction, key);
      // The limit was taken away: all of them begin.
      const free = limit === undefined ? counts.waiting : limit.runs - counts.admitted;
      return admitWaiting(transaction, nodeId(), key, free);
    });
    if (admitted.length > 0) begin(admitted);
  }

  /** How many may begin at once; 0: a firing waits; undefined: there is no room even for that. */
  async #findRoom(
    db: Kysely<Database>,
    key: SlotKey,
    { runs, maximumWaiting = this.#options.maximumWaiting() ?? Number.POSITIVE_INFINITY }: TriggerConcurrency,
  ): Promise<number | undefined> {
    await lockSlots(db, key);
    const { admitted, waiting } = await countSlots(db, key);
    // Nobody passes those who wait.
    const free = waiting > 0 ? 0 : Math.max(0, runs - admitted);
    return free === 0 && waiting >= maximumWaiting ? undefined : free;
  }
}

/** Stateless runs are nowhere but in memory: they have no limit. */
export function limitOf(
  loaded: LoadedFlow,
  trigger: CompiledTrigger | undefined,
): TriggerConcurrency | undefined {
  return loaded.stateless ? undefined : trigger?.concurrency;
}
