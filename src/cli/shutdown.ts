import type { EngineLog } from '../engine/index.ts';

/** Longer than everything that is waited for on purpose takes together; supervisors wait 30 s and more. */
const LIMIT_MS = 28_000;

export interface ShutdownOptions {
  readonly log: Pick<EngineLog, 'error'>;
  /** Ends the process. */
  exit(code: number): void;
  /** How long all parts may take, in milliseconds; 28 s unless given. */
  readonly limitMs?: number;
}

/**
 * The parts that have started, to be stopped in the opposite order.
 *
 * What one of them throws does not keep the others from stopping. One that does not end does not keep the process:
 * after the limit the process ends as if it had been killed, which loses nothing, and the log says what it waited for.
 */
export class Shutdown {
  readonly #options: ShutdownOptions;
  readonly #parts = new AsyncDisposableStack();
  #stopping: Promise<void> | undefined;
  #current = 'nothing';

  constructor(options: ShutdownOptions) {
    this.#options = options;
  }

  add(part: string, stop: () => unknown): void {
    this.#parts.defer(async () => {
      this.#current = part;
      await stop();
    });
  }

  /** Stops the parts, once. */
  run(): Promise<void> {
    this.#stopping ??= this.#stopInTime();
    return this.#stopping;
  }

  async #stopInTime(): Promise<void> {
    const { log, exit, limitMs = LIMIT_MS } = this.#options;
    // It also ends a process that something keeps after the last part has stopped.
    setTimeout(() => {
      log.error(
        { waitingFor: this.#current, resources: [...new Set(process.getActiveResourcesInfo())] },
        'Stopping takes too long and is cut short; what was under way is taken up at the next start.',
      );
      exit(1);
    }, limitMs).unref();
    await this.#parts.disposeAsync();
    this.#current = 'the end of the process';
  }
}
