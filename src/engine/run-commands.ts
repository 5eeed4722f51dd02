import type { Kysely } from 'kysely';
import type { Json } from '../base/index.ts';
import { beginRun, type Clock } from '../flow/index.ts';
import { type Database, deleteRunsOf, findRun } from '../store/index.ts';
import { type Admission, limitOf } from './admission.ts';
import { EngineError } from './errors.ts';
import type { FlowCache } from './flow-cache.ts';
import type { Host, RunIntake } from './host.ts';
import type { Journal } from './journal.ts';
import type { Leases } from './leases.ts';
import { buildManualRecord } from './manual-record.ts';
import { CHANNELS } from './node.ts';
import { resubmitRun } from './resubmission.ts';
import { type BeginRuns, buildRun } from './run-starter.ts';
import type { Sealer } from './types.ts';

export interface RunCommandServices {
  readonly db: Kysely<Database>;
  readonly flows: FlowCache;
  readonly journal: () => Journal;
  readonly host: Pick<Host, 'cancel' | 'cancelFlow'>;
  /** Where runs that begin here go. */
  readonly intake: RunIntake;
  readonly admission: Pick<Admission, 'cancel'>;
  readonly leases: Pick<Leases, 'wake'>;
  readonly clock: Clock;
  readonly sealer: Sealer;
  readonly begin: BeginRuns;
  /** Has a run carried out that is committed. */
  takeUp(runId: string): void;
  /** Tells the other nodes something about a run. */
  notify(channel: string, runId: string): Promise<void>;
  /** Whether this node carries runs out. */
  readonly works: boolean;
}

/** What people do with single runs: start one by hand, run one again, cancel one, delete those of a flow. */
export class RunCommands {
  readonly #services: RunCommandServices;

  constructor(services: RunCommandServices) {
    this.#services = services;
  }

  /** Starts a run by hand. Resolves when it is committed. @see Engine.runNow */
  async runNow(flowId: string, inputs: Json, triggerName?: string): Promise<{ runId: string }> {
    const { flows, clock, sealer, begin, intake } = this.#services;
    const loaded = await flows.latest(flowId);
    const record = buildManualRecord(loaded, inputs, triggerName, clock.now());
    const { run, row } = buildRun(loaded, record, clock, sealer);
    const trigger = loaded.flow.triggers.find(({ name }) => name === record.name);
    if (limitOf(loaded, trigger) !== undefined) {
      await begin(loaded, trigger, [row], false);
      return { runId: run.id };
    }
    beginRun(run);
    await new Promise<void>((resolve) => intake.host(run, loaded, row, { onAccepted: resolve }));
    return { runId: run.id };
  }

  /** Runs again with the trigger of an earlier run. @see Engine.resubmitRun */
  resubmit(runId: string, action?: string): Promise<{ runId: string }> {
    return resubmitRun({ ...this.#services, journal: this.#services.journal() }, runId, action);
  }

  /**
   * Ends a run that has not ended, wherever it is.
   *
   * @throws EngineError ENGINE_RUN_NOT_FOUND, ENGINE_RUN_ENDED
   */
  async cancel(runId: string): Promise<void> {
    const { db, admission, notify } = this.#services;
    const run = await findRun(db, runId);
    if (!run) throw new EngineError('ENGINE_RUN_NOT_FOUND', `There is no run with the id ${runId}.`);
    if (run.endedAt !== undefined)
      throw new EngineError('ENGINE_RUN_ENDED', `The run has already ended: ${run.status}.`);
    if (await admission.cancel(runId)) await notify(CHANNELS.runAnswered, runId);
    else if (!(await this.cancelHere(runId))) await notify(CHANNELS.cancelRun, runId);
  }

  /** False: another node has the run, or this one carries out none. */
  async cancelHere(runId: string): Promise<boolean> {
    const { host, works, leases } = this.#services;
    return host.cancel(runId) || (works && (await leases.wake(runId, 'cancel')));
  }

  /** A flow was deleted: its runs end, and their history goes with it. */
  async deleteAllOf(flowId: string): Promise<void> {
    const { db, host, journal } = this.#services;
    host.cancelFlow(flowId);
    await journal().drain();
    await deleteRunsOf(db, flowId);
  }
}
