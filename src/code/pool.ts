import { CodeError } from './errors.ts';
import type { ToThread } from './protocol.ts';
import { type RunListener, Thread } from './thread.ts';

/** Runs of one connector that may share a thread. */
const RUNS_PER_THREAD = 32;
/** One is kept ready; the others go when they have had nothing to do for so long. */
const IDLE_MS = 30_000;

interface Waiting {
  readonly owner: string;
  readonly start: (thread: Thread) => void;
}

/**
 * Threads for custom code. A thread serves the runs of one owner at a time, so that a script which spins holds up
 * its own connector only; when all threads are taken, runs wait in turn.
 */
export class ThreadPool {
  readonly #maxThreads: number;
  readonly #threads = new Set<Thread>();
  readonly #waiting: Waiting[] = [];
  readonly #idleTimers = new Map<Thread, NodeJS.Timeout>();
  #isClosed = false;

  constructor(maxThreads: number) {
    this.#maxThreads = maxThreads;
  }

  /** Starts a run now or when there is room; `onStart` learns which thread has it. Answers how to give up waiting. */
  start(
    owner: string,
    message: ToThread,
    listener: RunListener,
    onStart: (thread: Thread) => void,
  ): () => void {
    if (this.#isClosed) {
      listener.onCrash(new CodeError('CODE_CANCELLED', 'The sandboxes were closed.'));
      return () => undefined;
    }
    const waiting: Waiting = {
      owner,
      start: (thread) => {
        this.#stopIdling(thread);
        thread.owner = owner;
        thread.start(message, listener);
        onStart(thread);
      },
    };
    const thread = this.#find(owner);
    if (thread !== undefined) waiting.start(thread);
    else this.#waiting.push(waiting);
    return () => {
      const place = this.#waiting.indexOf(waiting);
      if (place >= 0) this.#waiting.splice(place, 1);
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#idleTimers.values()) clearTimeout(timer);
    await Promise.all([...this.#threads].map((thread) => thread.end()));
  }

  #find(owner: string): Thread | undefined {
    const threads = [...this.#threads].filter((thread) => !thread.isOver);
    const own = threads.filter((thread) => thread.owner === owner && thread.size < RUNS_PER_THREAD);
    const shared = own.sort((a, b) => a.size - b.size)[0];
    if (shared !== undefined) return shared;
    const idle = threads.find((thread) => thread.size === 0);
    if (idle !== undefined) return idle;
    return threads.length < this.#maxThreads ? this.#add() : undefined;
  }

  #add(): Thread {
    const thread = new Thread(
      (idle) => this.#serveNext(idle),
      (ended) => {
        this.#threads.delete(ended);
        this.#stopIdling(ended);
        if (!this.#isClosed) this.#serveWaiting();
      },
    );
    this.#threads.add(thread);
    return thread;
  }

  #serveNext(idle: Thread): void {
    this.#serveWaiting();
    if (idle.size > 0 || idle.isOver) return;
    const timer = setTimeout(() => {
      this.#idleTimers.delete(idle);
      if (idle.size === 0 && this.#threads.size > 1) idle.end().catch(() => undefined);
    }, IDLE_MS);
    timer.unref();
    this.#stopIdling(idle);
    this.#idleTimers.set(idle, timer);
  }

  #serveWaiting(): void {
    for (const waiting of [...this.#waiting]) {
      const thread = this.#find(waiting.owner);
      if (thread === undefined) continue;
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      waiting.start(thread);
    }
  }

  #stopIdling(thread: Thread): void {
    clearTimeout(this.#idleTimers.get(thread));
    this.#idleTimers.delete(thread);
  }
}
