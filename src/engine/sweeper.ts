import type { Kysely } from 'kysely';
import { describeError } from '../base/index.ts';
import type { Clock } from '../flow/index.ts';
import { type Database, deleteRunsBefore, listUnfinishedRunsBefore } from '../store/index.ts';
import type { RunSettings } from './run-settings.ts';
import type { EngineLog } from './types.ts';

export interface SweeperOptions {
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: EngineLog;
  settings(): Promise<RunSettings>;
  cancel(runId: string): Promise<void>;
}

const DAY_MS = 86_400_000;
const SWEEP_EVERY_MS = 600_000;
/** Rows of so many runs go in one transaction: other writers hardly notice. */
const BATCH = 200;

/**
 * Deletes the history of runs that is older than it is to be kept, and cancels runs that take longer than they
 * may. Every node does so now and then; rows that another one is at are passed over.
 */
export class Sweeper {
  readonly #options: SweeperOptions;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: SweeperOptions) {
    this.#options = options;
  }

  start(): void {
    // Nodes that start together do not sweep together.
    this.#timer = setTimeout(() => this.#onTimer(), SWEEP_EVERY_MS * (0.5 + this.#options.clock.random()));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#sweeping;
  }

  /** One sweep. */
  async sweep(): Promise<void> {
    const { db, clock, cancel } = this.#options;
    const { retentionDays, maximumDurationDays } = await this.#options.settings();
    if (maximumDurationDays !== null) {
      const overdue = await listUnfinishedRunsBefore(db, clock.now() - maximumDurationDays * DAY_MS, BATCH);
      for (const runId of overdue) await cancel(runId);
    }
    if (retentionDays === null) return;
    const before = clock.now() - retentionDays * DAY_MS;
    let deleted = BATCH;
    while (deleted === BATCH && !this.#stopped) deleted = await deleteRunsBefore(db, before, BATCH);
  }

  #onTimer(): void {
    this.#sweeping = this.sweep()
      .catch((error: unknown) =>
        this.#options.log.warn(
          { error: describeError(error) },
          'Old runs could not be deleted; it is tried again.',
        ),
      )
      .finally(() => {
        if (!this.#stopped) this.start();
      });
  }
}
