import type { Kysely } from 'kysely';
import { describeError, isJsonObject } from '../base/index.ts';
import {
  type CompiledFlow,
  formatKey,
  type Run,
  type RunEvent,
  type RunResponse,
  type RunStatus,
  toRunResponse,
} from '../flow/index.ts';
import { type Database, findRun, loadSuccesses, type RunStartRow } from '../store/index.ts';
import { decodeEvent } from './event-codec.ts';
import type { LoadedFlow } from './flow-cache.ts';
import type { RunIntake } from './host.ts';
import type { RunWaiter } from './hosted-run.ts';
import type { Journal } from './journal.ts';
import type { EngineLog, Sealer } from './types.ts';

export interface RemoteRunsOptions {
  readonly db: Kysely<Database>;
  readonly journal: () => Journal;
  readonly sealer: Sealer;
  readonly log: EngineLog;
  /** Where stateless runs go: nobody else could know of them. */
  readonly local: RunIntake;
  /** Tells the workers that a run is there. */
  announce(runId: string): Promise<void>;
}

interface Waiting {
  readonly waiter: RunWaiter;
  readonly flow: CompiledFlow;
}

/** Notifications may be lost with a connection: so often we look by ourselves. */
const LOOK_EVERY_MS = 2_000;

/**
 * Takes runs on a node that carries out none: stores them for the workers, and brings their answers to the callers
 * that wait here. What a caller hears is what the journal says.
 */
export class RemoteRuns implements RunIntake {
  readonly #options: RemoteRunsOptions;
  readonly #waiting = new Map<string, Waiting>();
  readonly #timer: NodeJS.Timeout;

  constructor(options: RemoteRunsOptions) {
    this.#options = options;
    this.#timer = setInterval(() => {
      for (const runId of this.#waiting.keys()) this.look(runId);
    }, LOOK_EVERY_MS).unref();
  }

  host(run: Run, loaded: LoadedFlow, start?: RunStartRow, waiter?: RunWaiter): void {
    if (loaded.stateless) return this.#options.local.host(run, loaded, start, waiter);
    this.#options.journal().append({ runId: run.id, start, events: [], end: undefined }, () => {
      if (waiter?.onResponse) this.#waiting.set(run.id, { waiter, flow: loaded.flow });
      waiter?.onAccepted?.();
      // A worker that does not hear of it finds the run by itself a little later.
      this.#options.announce(run.id).catch(() => undefined);
    });
  }

  /** Brings the answer of a run that is stored, whoever carries it out. */
  wait(runId: string, flow: CompiledFlow, waiter: RunWaiter): void {
    this.#waiting.set(runId, { waiter, flow });
    this.look(runId);
  }

  /** Whether a run has reached a Response action. */
  async hasAnswered(runId: string, flow: CompiledFlow): Promise<boolean> {
    return (await this.#findResponse(runId, flow)) !== undefined;
  }

  /** Looks whether a run that somebody waits for has answered. */
  look(runId: string): void {
    const waiting = this.#waiting.get(runId);
    if (waiting?.waiter.signal?.aborted) this.#waiting.delete(runId);
    if (!this.#waiting.has(runId)) return;
    this.#read(runId).catch((error: unknown) =>
      this.#options.log.warn(
        { runId, error: describeError(error) },
        'An answer could not be read; it is tried again.',
      ),
    );
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #read(runId: string): Promise<void> {
    const run = await findRun(this.#options.db, runId);
    const waiting = this.#waiting.get(runId);
    if (waiting === undefined) return;
    const response = await this.#findResponse(runId, waiting.flow);
    if (response === undefined && run !== undefined && run.endedAt === undefined) return;
    if (this.#waiting.get(runId) !== waiting) return;
    this.#waiting.delete(runId);
    if (waiting.waiter.signal?.aborted) return;
    if (response !== undefined) waiting.waiter.onResponse?.(response);
    else waiting.waiter.onFinished?.((run?.status ?? 'Cancelled') as RunStatus);
  }

  async #findResponse(runId: string, flow: CompiledFlow): Promise<RunResponse | undefined> {
    const { db, sealer } = this.#options;
    const names = [...flow.actions.values()].filter(({ work }) => work.kind === 'response');
    const ends = names.map(({ name }) => formatKey('', name));
    const [event] = await loadSuccesses(db, runId, ends);
    return event && readResponse(decodeEvent(event, sealer));
  }
}

/** The journal keeps a Response action's outputs, which are its inputs, once. */
function readResponse({ inputs, outputs }: RunEvent): RunResponse | undefined {
  const value = inputs ?? outputs;
  return isJsonObject(value) ? toRunResponse(value) : undefined;
}
