import {
  describeOccurrence,
  fireTrigger,
  isSlidingWindow,
  nextOccurrence,
  type Recurrence,
  readTriggerRecurrence,
} from '../../flow/index.ts';
import { lockTriggerState, saveTriggerProgress } from '../../store/index.ts';
import type { JobData } from '../jobs.ts';
import { buildRun } from '../run-starter.ts';
import { type ActiveTrigger, findActiveTrigger, type TriggerContext } from './trigger-context.ts';

/** How long a sliding window whose trigger has no room for a run waits before it asks again. */
const ROOM_CHECK_MS = 2_000;
/** Shown at a trigger whose `endTime` has passed, or whose schedule names a day that never comes. */
const NO_MORE = 'The schedule has ended: no occurrence is left.';

/**
 * Starts runs by the clock. Missed occurrences: when the server was down, one run starts at once for all that
 * were missed, and the schedule goes on from now. A sliding window leaves none out: each missed one has its run.
 * An occurrence for which the trigger has no room (`SingleInstance`, `concurrency`) is skipped; a window waits for it.
 */
export class RecurrenceTriggers {
  readonly #context: TriggerContext;

  constructor(context: TriggerContext) {
    this.#context = context;
  }

  /** Plans the next occurrence of a trigger that was turned on or changed. */
  async arm({ loaded, trigger }: ActiveTrigger): Promise<void> {
    const { db, clock, jobs, log } = this.#context;
    const recurrence = readTriggerRecurrence(loaded.flow, trigger, clock.now());
    if (typeof recurrence === 'string') {
      log.warn({ flowId: loaded.info.id, trigger: trigger.name }, recurrence);
      return saveTriggerProgress(db, loaded.info.id, trigger.name, { error: recurrence });
    }
    await db.transaction().execute(async (transaction) => {
      const state = await lockTriggerState(transaction, loaded.info.id, trigger.name);
      if (!state) return;
      const now = clock.now();
      // A flow that was off counts anew; one that stayed on keeps its rhythm.
      const isNew = state.nextAt === undefined;
      const anchorAt = isNew ? now : state.anchorAt;
      const at =
        state.nextAt !== undefined && state.nextAt <= now
          ? state.nextAt
          : nextOccurrence(recurrence, isNew ? now - 1 : now, anchorAt);
      if (at === state.nextAt) return;
      const job = { flowId: loaded.info.id, triggerName: trigger.name };
      if (at === Number.POSITIVE_INFINITY) {
        return saveTriggerProgress(transaction, job.flowId, job.triggerName, { error: NO_MORE });
      }
      await saveTriggerProgress(transaction, job.flowId, job.triggerName, { nextAt: at, anchorAt });
      await jobs.send('fire-recurrence', { ...job, at }, at, transaction);
    });
  }

  /** An occurrence has come: the run and the plan for the next one are committed together. */
  fire(job: JobData['fire-recurrence']): Promise<void> {
    return this.#fire(job, true);
  }

  /** An occurrence is overdue, and its job may be lost or may not. */
  catchUp(job: JobData['fire-recurrence']): Promise<void> {
    return this.#fire(job, false);
  }

  /** @param asksAgain whether a window for which there is no room gets a job that tries it again */
  async #fire(job: JobData['fire-recurrence'], asksAgain: boolean): Promise<void> {
    const active = await findActiveTrigger(this.#context.flows, job.flowId, job.triggerName);
    const { clock } = this.#context;
    const recurrence = active && readTriggerRecurrence(active.loaded.flow, active.trigger, clock.now());
    if (!active || recurrence === undefined || typeof recurrence === 'string') return;
    this.#context.hostStored(await this.#commit(job, active, recurrence, asksAgain));
  }

  async #commit(
    job: JobData['fire-recurrence'],
    { loaded, trigger }: ActiveTrigger,
    recurrence: Recurrence,
    asksAgain: boolean,
  ) {
    const { db, clock, jobs, sealer, admission } = this.#context;
    return db.transaction().execute(async (transaction) => {
      const state = await lockTriggerState(transaction, job.flowId, job.triggerName);
      if (state?.nextAt !== job.at) return [];
      const outputs = describeOccurrence(trigger, recurrence, job.at, state.anchorAt);
      const firing = fireTrigger(loaded.flow, trigger, { outputs, now: clock.now() });
      const records = firing.kind === 'runs' ? firing.triggers : [];
      const rows = records.map((record) => buildRun(loaded, record, clock, sealer).row);
      const begun = await admission.store(transaction, loaded, trigger, rows);
      if (begun === undefined && isSlidingWindow(trigger)) {
        if (asksAgain) await jobs.send('fire-recurrence', job, clock.now() + ROOM_CHECK_MS, transaction);
        return [];
      }
      const after = isSlidingWindow(trigger) ? job.at : Math.max(job.at, clock.now());
      const at = nextOccurrence(recurrence, after, state.anchorAt);
      const error = firing.kind === 'failed' ? firing.message : undefined;
      const isOver = at === Number.POSITIVE_INFINITY;
      const progress = isOver ? { error: error ?? NO_MORE } : { nextAt: at, error };
      await saveTriggerProgress(transaction, job.flowId, job.triggerName, progress);
      if (!isOver) await jobs.send('fire-recurrence', { ...job, at }, at, transaction);
      return begun ?? [];
    });
  }
}
