import { SENDS_AT_ONCE } from '../limits.ts';
import { LimitExceeded } from './bodies.ts';

export interface StartedRequest {
  readonly operation: number;
  readonly name: 'send' | 'cacheGet' | 'cacheSet';
  readonly value: string;
  readonly body: Uint8Array | undefined;
}

/** Nobody waits for so many times; each is memory outside the sandbox. */
const MAX_TIMERS = 1000;

/** What a run has started and waits for. Requests beyond a few at a time wait for their turn. */
export class Operations {
  readonly #request: (request: StartedRequest) => void;
  readonly #wake: (operation: number) => void;
  readonly #maxSends: number;
  readonly #queue: StartedRequest[] = [];
  readonly #sending = new Set<number>();
  readonly #waiting = new Set<number>();
  readonly #timers = new Map<number, NodeJS.Timeout>();
  #sends = 0;
  #last = 0;

  constructor(
    maxSends: number,
    request: (request: StartedRequest) => void,
    wake: (operation: number) => void,
  ) {
    this.#maxSends = maxSends;
    this.#request = request;
    this.#wake = wake;
  }

  /** Whether the run has something to wait for. */
  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** @throws LimitExceeded */
  send(value: string, body: Uint8Array | undefined): number {
    if (this.#sends >= this.#maxSends) {
      throw new LimitExceeded(`A script may send ${this.#maxSends} requests in one run.`);
    }
    this.#sends += 1;
    const request: StartedRequest = { operation: this.#begin(), name: 'send', value, body };
    if (this.#sending.size >= SENDS_AT_ONCE) this.#queue.push(request);
    else this.#start(request);
    return request.operation;
  }

  ask(name: 'cacheGet' | 'cacheSet', value: string): number {
    const operation = this.#begin();
    this.#request({ operation, name, value, body: undefined });
    return operation;
  }

  /** @throws LimitExceeded */
  sleep(milliseconds: number): number {
    if (this.#timers.size >= MAX_TIMERS) {
      throw new LimitExceeded(`A script may wait for ${MAX_TIMERS} times at once.`);
    }
    const operation = this.#begin();
    const time = Number.isFinite(milliseconds) ? Math.min(Math.max(0, milliseconds), 600_000) : 0;
    this.#timers.set(
      operation,
      setTimeout(() => this.#wake(operation), time),
    );
    return operation;
  }

  /** Whether it was waited for; what comes after the end of a run is nobody's. */
  settle(operation: number): boolean {
    this.#timers.delete(operation);
    if (this.#sending.delete(operation)) {
      const next = this.#queue.shift();
      if (next !== undefined) this.#start(next);
    }
    return this.#waiting.delete(operation);
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#queue.length = 0;
    this.#waiting.clear();
  }

  #begin(): number {
    this.#last += 1;
    this.#waiting.add(this.#last);
    return this.#last;
  }

  #start(request: StartedRequest): void {
    this.#sending.add(request.operation);
    this.#request(request);
  }
}
