/**
 * Which runs this node carries out: those of nodes that are gone, those that sleep and wake, and its own that are not
 * in memory.
 *
 * Invariant: a run that has not ended is in the memory of one node, or sleeps until an instant, or is found here
 * within a minute. Jobs and notifications only make it sooner.
 */
import type { Kysely } from 'kysely';
import {
  claimOverdueRuns,
  claimParkedRun,
  claimUnassignedRuns,
  type Database,
  listAnsweredParents,
  listLeasedRuns,
  listReceivedCallbacks,
  parkRun,
  wakeSleepingRun,
} from '../store/index.ts';
import type { Admission } from './admission.ts';
import type { Callbacks } from './callbacks/callbacks.ts';
import type { Children } from './children.ts';
import type { Host } from './host.ts';
import type { Jobs } from './jobs.ts';
import type { ClusterNode } from './node.ts';
import type { Recovery, ResumePurpose } from './recovery.ts';
import type { Triggers } from './triggers/triggers.ts';
import type { EngineLog } from './types.ts';

export interface LeasesOptions {
  readonly db: Kysely<Database>;
  readonly log: EngineLog;
  readonly jobs: Jobs;
  readonly node: Pick<ClusterNode, 'id' | 'claimOrphans'>;
  readonly host: Pick<Host, 'has' | 'isParking'>;
  readonly recovery: Pick<Recovery, 'resume'>;
  readonly admission: Pick<Admission, 'sweep'>;
  readonly children: Pick<Children, 'sweep' | 'hasAnswered'>;
  readonly callbacks: Pick<Callbacks, 'deliver'>;
  readonly triggers: Pick<Triggers, 'sweep'>;
  /** Reads the settings that other nodes may have changed. */
  reloadSettings(): Promise<void>;
  /** Does what is also done later, should it fail now. */
  tryLater(work: Promise<unknown>): void;
}

/** How often a node looks for runs of nodes that are gone. */
const ORPHAN_CHECK_MS = 2_000;
/** How often it looks for its own runs that are not in memory, if nothing gave it cause to look sooner. */
const STRAY_CHECK_MS = 60_000;
/** How often it looks for what nobody has been told of: parents and children, triggers whose time is past. */
const FORGOTTEN_CHECK_MS = 10_000;
/** A run that should have woken so long ago has lost its job. */
const OVERDUE_MS = 30_000;

export class Leases {
  readonly #options: LeasesOptions;
  #timer: NodeJS.Timeout | undefined;
  #strayCheckAt = Date.now() + STRAY_CHECK_MS;
  #forgottenCheckAt = Date.now() + FORGOTTEN_CHECK_MS;
  #stopped = false;

  constructor(options: LeasesOptions) {
    this.#options = options;
  }

  /** Looks now and then for runs that nobody carries out. */
  start(): void {
    this.#timer = setInterval(() => void this.look(), ORPHAN_CHECK_MS);
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
  }

  /** The database was away: what was claimed or stored meanwhile may be here without anybody knowing. */
  suspectStrays(): void {
    this.#strayCheckAt = 0;
  }

  /** Takes up the runs that nobody carries out. Never rejects: it is tried again. */
  async look(): Promise<void> {
    if (this.#stopped) return;
    const { db, log, node, recovery, admission } = this.#options;
    try {
      const ids = await node.claimOrphans();
      ids.push(...(await claimUnassignedRuns(db, node.id)));
      if (ids.length > 0) log.info({ runs: ids.length }, 'Runs of a process that is gone are taken up.');
      await recovery.resume(ids);
      await admission.sweep();
      if (Date.now() >= this.#forgottenCheckAt) await this.#takeForgotten();
      if (Date.now() >= this.#strayCheckAt) await this.#takeStrays();
    } catch (error) {
      this.suspectStrays();
      log.warn({ error: String(error) }, 'Runs of other nodes could not be looked for; it is tried again.');
    }
  }

  /** Takes up a run that sleeps and whose time has come. False: somebody else has it. */
  async wake(runId: string, purpose?: ResumePurpose): Promise<boolean> {
    const { db, node, recovery } = this.#options;
    if (!(await claimParkedRun(db, runId, node.id))) return false;
    await recovery.resume([runId], purpose);
    return true;
  }

  /** Takes up a run before its time, if it sleeps. */
  async wakeEarly(runId: string): Promise<void> {
    const { db, node, recovery } = this.#options;
    if (await wakeSleepingRun(db, runId, node.id)) await recovery.resume([runId]);
  }

  /** Lets a run sleep. The lease and the job that will wake the run are committed together. */
  async park(runId: string, wakeAt: number, hasChildren: boolean): Promise<boolean> {
    const { db, node, jobs, callbacks, tryLater } = this.#options;
    let called = false;
    const parked = await db.transaction().execute(async (transaction) => {
      if (!(await parkRun(transaction, runId, node.id, wakeAt))) return false;
      // The lease is locked: what comes from here on finds a run that sleeps, and what came before is seen.
      called = (await listReceivedCallbacks(transaction, [runId])).length > 0;
      if (called) await claimParkedRun(transaction, runId, node.id);
      else await jobs.send('wake-run', { runId }, wakeAt, transaction);
      return !called;
    });
    if (called) tryLater(callbacks.deliver(runId));
    // A child that answered before the lease said so found nobody to wake.
    if (parked && hasChildren) tryLater(this.#wakeIfAnswered(runId));
    return parked;
  }

  async #wakeIfAnswered(runId: string): Promise<void> {
    if (await this.#options.children.hasAnswered(runId)) await this.wakeEarly(runId);
  }

  /**
   * A parent that sleeps hears of its child's answer; a child whose parent is gone is cancelled; a trigger whose
   * time has passed fires.
   */
  async #takeForgotten(): Promise<void> {
    for (const parentId of await listAnsweredParents(this.#options.db)) await this.wakeEarly(parentId);
    await this.#options.children.sweep();
    await this.#options.triggers.sweep();
    this.#forgottenCheckAt = Date.now() + FORGOTTEN_CHECK_MS;
  }

  /**
   * Runs that are this node's and not in memory (the database went away while they were claimed or stored, and
   * nobody knew that it had been done), and runs that overslept.
   */
  async #takeStrays(): Promise<void> {
    const { db, node, host, recovery, reloadSettings } = this.#options;
    await reloadSettings();
    await claimOverdueRuns(db, node.id, Date.now() - OVERDUE_MS);
    const ids = await listLeasedRuns(db, node.id);
    await recovery.resume(ids.filter((id) => !host.has(id) && !host.isParking(id)));
    this.#strayCheckAt = Date.now() + STRAY_CHECK_MS;
  }
}
