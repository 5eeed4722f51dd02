/**
 * Taking up runs that are leased to this node and not in memory: after a crash, after a sleep, when a trigger
 * stored them.
 *
 * Invariants
 * 1. A run that was given to `resume` is hosted in the end, or has failed: when the database goes away in
 *    between, it is tried again until it is back. Nobody else would look for it while this node lives.
 * 2. A run fails here only for what is the matter with itself, or with its flow: never because the database was away.
 */
import type { Kysely } from 'kysely';
import { describeError, stringifyJson } from '../base/index.ts';
import { type Clock, cancelRun, type Outcome, parseKey, type Run } from '../flow/index.ts';
import {
  type Database,
  findRuns,
  loadEvents,
  type RunWithTrigger,
  type StoredEvent,
} from '../store/index.ts';
import type { FlowCache, LoadedFlow } from './flow-cache.ts';
import type { Host } from './host.ts';
import type { Journal } from './journal.ts';
import { resumeStoredRun } from './run-starter.ts';
import type { EngineLog, Sealer } from './types.ts';

export interface RecoveryOptions {
  readonly db: Kysely<Database>;
  readonly flows: FlowCache;
  readonly host: Host;
  readonly journal: () => Journal;
  /** What webhook actions were called back with. */
  readonly callbacks: {
    load(runIds: readonly string[]): Promise<Map<string, Map<string, Outcome>>>;
    shut(runId: string, keys: readonly string[]): Promise<Map<string, Outcome> | undefined>;
    deliver(runId: string): Promise<void>;
  };
  readonly clock: Clock;
  readonly sealer: Sealer;
  readonly log: EngineLog;
}

/** How many runs are read at once. */
const BATCH = 200;
const RETRY_MS = 1_000;
/** The run was read a moment before: after so many failures in a row the database is not to blame. */
const MAX_ATTEMPTS = 3;

/** What is to become of a run that is taken up. */
export type ResumePurpose = 'go on' | 'cancel';

export class Recovery {
  readonly #options: RecoveryOptions;
  /** Failures of runs that are to be tried again. */
  readonly #failures = new Map<string, number>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #stopped = false;

  constructor(options: RecoveryOptions) {
    this.#options = options;
  }

  /** Takes up runs. Never rejects: what fails is tried again later. */
  async resume(runIds: readonly string[], purpose: ResumePurpose = 'go on'): Promise<void> {
    for (let start = 0; start < runIds.length && !this.#stopped; start += BATCH) {
      const ids = runIds.slice(start, start + BATCH);
      const left = await this.#resumeBatch(ids, purpose).catch((error: unknown) => {
        this.#options.log.warn(
          { runs: ids.length, error: describeError(error) },
          'Runs could not be read; it is tried again.',
        );
        return ids;
      });
      if (left.length > 0 && !this.#stopped) this.#resumeLater(left, purpose);
    }
  }

  /** Takes up nothing more: what was claimed is claimed again at the next start. */
  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #resumeLater(runIds: readonly string[], purpose: ResumePurpose): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.resume(runIds, purpose);
    }, RETRY_MS);
    this.#timers.add(timer);
  }

  /** Returns those that are to be tried again. */
  async #resumeBatch(ids: readonly string[], purpose: ResumePurpose): Promise<string[]> {
    const { db } = this.#options;
    const runs = await findRuns(db, ids);
    const events = groupByRun(await loadEvents(db, ids));
    const called = await this.#options.callbacks.load(ids);
    const left: string[] = [];
    for (const run of runs) {
      if (this.#stopped) return [];
      if (!(await this.#resumeRun(run, events.get(run.id) ?? [], purpose, called.get(run.id))))
        left.push(run.id);
    }
    return left;
  }

  /** False: it is to be tried again. */
  async #resumeRun(
    stored: RunWithTrigger,
    events: readonly StoredEvent[],
    purpose: ResumePurpose,
    called: ReadonlyMap<string, Outcome> | undefined,
  ): Promise<boolean> {
    const { flows, host, clock, sealer, log } = this.#options;
    if (host.has(stored.id) || stored.endedAt !== undefined) return true;
    try {
      const loaded = await flows.version(stored.flowId, stored.flowVersion);
      if (host.has(stored.id)) return true;
      const doomed = findInterrupted(events, loaded);
      const came = doomed.length > 0 ? await this.#options.callbacks.shut(stored.id, doomed) : called;
      // Two who take up the same run meet here: while one of them waited, the other may have been faster.
      if (host.has(stored.id)) return true;
      const run = resumeStoredRun(stored, events, loaded, clock, sealer, came);
      if (purpose === 'cancel') cancelRun(run, clock);
      host.host(run, loaded);
      // A callback may have come after the rows were read.
      if (waitsForCallback(run)) await this.#options.callbacks.deliver(stored.id);
      this.#failures.delete(stored.id);
      return true;
    } catch (error) {
      const failures = (this.#failures.get(stored.id) ?? 0) + 1;
      this.#failures.set(stored.id, failures);
      if (failures < MAX_ATTEMPTS) return false;
      this.#failures.delete(stored.id);
      log.error({ runId: stored.id, error: String(error) }, 'A run could not be taken up and has failed.');
      this.#failRun(stored, error);
      return true;
    }
  }

  /** A run whose flow can no longer be compiled would be tried again for ever. */
  #failRun(stored: RunWithTrigger, error: unknown): void {
    const message = `The run could not be taken up: ${describeError(error)}`;
    const end = {
      id: stored.id,
      status: 'Failed',
      endedAt: this.#options.clock.now(),
      error: stringifyJson({ code: 'RunNotResumable', message }),
    };
    this.#options.journal().append({ runId: stored.id, start: undefined, events: [], end }, () => undefined);
  }
}

function groupByRun(events: readonly StoredEvent[]): Map<string, StoredEvent[]> {
  const groups = new Map<string, StoredEvent[]>();
  for (const event of events) {
    const group = groups.get(event.runId);
    if (group) group.push(event);
    else groups.set(event.runId, [event]);
  }
  return groups;
}

/** Webhook actions that are about to fail: nobody knows whether their subscription arrived, and it may not be repeated. */
function findInterrupted(events: readonly StoredEvent[], { flow, traits }: LoadedFlow): string[] {
  const latest = new Map(events.map((event) => [event.key, event]));
  return [...latest.values()]
    .filter(({ kind, key }) => {
      const action = kind === 'started' ? flow.actions.get(parseKey(key).name) : undefined;
      if (action?.work.kind !== 'call' || action.work.callback === undefined) return false;
      const { idempotent, keyed } = traits(action);
      return !idempotent && !keyed;
    })
    .map(({ key }) => key);
}

function waitsForCallback(run: Run): boolean {
  for (const state of run.open.values()) if (state.callback !== undefined) return true;
  return false;
}
