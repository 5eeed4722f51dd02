import { Worker } from 'node:worker_threads';
import { CodeError } from './errors.ts';
import type { FromThread, ToThread } from './protocol.ts';

/** Who waits for a run, told what its thread says. */
export interface RunListener {
  /** Milliseconds after which the thread is taken for stuck. */
  readonly patienceMs: number;
  onMessage(message: FromThread): void;
  onCrash(error: CodeError): void;
}

interface Entry {
  readonly listener: RunListener;
  watchdog: NodeJS.Timeout | undefined;
}

/** To start, on a machine that has much to do. */
const START_MS = 30_000;

const ENTRY = new URL('./worker/main.ts', import.meta.url);
/** A thread has room for the interpreter's own heap outside of the sandboxes' memory, and for bodies. */
const RESOURCES = { stackSizeMb: 8, maxOldGenerationSizeMb: 512 };

/** A thread with sandboxes. Runs of one owner at a time share it; it is ended when one of them does not let go. */
export class Thread {
  owner = '';
  readonly #worker: Worker;
  readonly #runs = new Map<number, Entry>();
  readonly #onIdle: (thread: Thread) => void;
  readonly #startTimer: NodeJS.Timeout;
  #isReady = false;
  #isOver = false;

  constructor(onIdle: (thread: Thread) => void, onEnd: (thread: Thread) => void) {
    this.#onIdle = onIdle;
    this.#worker = new Worker(ENTRY, {
      resourceLimits: RESOURCES,
      // Nothing of this process's surroundings reaches a thread that runs other people's code.
      env: {},
      argv: [],
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdin: false,
    });
    this.#worker.unref();
    this.#startTimer = setTimeout(() => this.#abandon('The sandbox did not start.'), START_MS).unref();
    this.#worker.on('message', (message: FromThread) => this.#receive(message));
    this.#worker.on('error', (error) => this.#crash(`The sandbox ended: ${error.message}.`));
    this.#worker.on('exit', () => {
      this.#crash('The sandbox ended.');
      onEnd(this);
    });
  }

  get size(): number {
    return this.#runs.size;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  start(message: ToThread, listener: RunListener): void {
    const entry: Entry = { listener, watchdog: undefined };
    this.#runs.set(message.id, entry);
    if (this.#isReady) this.#watch(message.id, entry);
    // A process waits for its runs, never for an idle thread.
    this.#worker.ref();
    this.#worker.postMessage(message);
  }

  tell(message: ToThread): void {
    if (!this.#isOver) this.#worker.postMessage(message);
  }

  async end(): Promise<void> {
    this.#crash('The sandboxes were closed.', 'CODE_CANCELLED');
    await this.#worker.terminate();
  }

  #receive(message: FromThread): void {
    if (message.type === 'ready') {
      this.#becomeReady();
      return;
    }
    const entry = this.#runs.get(message.id);
    if (entry === undefined) return;
    if (message.type === 'done' || message.type === 'failed') {
      clearTimeout(entry.watchdog);
      this.#runs.delete(message.id);
      if (this.#runs.size === 0) this.#worker.unref();
    }
    entry.listener.onMessage(message);
    if (this.#runs.size === 0 && !this.#isOver) this.#onIdle(this);
  }

  /** Until then nothing runs, and no time is counted. */
  #becomeReady(): void {
    this.#isReady = true;
    clearTimeout(this.#startTimer);
    for (const [id, entry] of this.#runs) this.#watch(id, entry);
  }

  #watch(id: number, entry: Entry): void {
    entry.watchdog = setTimeout(() => this.#giveUp(id), entry.listener.patienceMs);
  }

  /** Some work of the interpreter cannot be interrupted from inside. */
  #giveUp(id: number): void {
    const entry = this.#runs.get(id);
    this.#runs.delete(id);
    entry?.listener.onCrash(
      new CodeError('CODE_TIMED_OUT', 'The custom code did not end in time, and its sandbox was ended.'),
    );
    this.#abandon('Another run of the same code did not let go of the sandbox, which was ended.');
  }

  #abandon(message: string): void {
    this.#crash(message);
    this.#worker.terminate().catch(() => undefined);
  }

  #crash(message: string, code: 'CODE_CRASHED' | 'CODE_CANCELLED' = 'CODE_CRASHED'): void {
    this.#isOver = true;
    clearTimeout(this.#startTimer);
    const entries = [...this.#runs.values()];
    this.#runs.clear();
    for (const { listener, watchdog } of entries) {
      clearTimeout(watchdog);
      listener.onCrash(new CodeError(code, message));
    }
  }
}
