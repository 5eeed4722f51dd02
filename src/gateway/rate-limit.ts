import { setTimeout as wait } from 'node:timers/promises';
import type { RateLimit } from '../connector/index.ts';
import { CallFailure } from './call-errors.ts';

export interface EnterOptions {
  /** When the whole call has to be over, on the clock of `performance.now()`. */
  readonly deadlineAt: number;
  readonly signal: AbortSignal | undefined;
  /** For messages. */
  readonly connection: string;
}

/** Thrown instead of a long wait: whoever called does better to come back. */
export class RateLimitFailure extends CallFailure {
  readonly retryAfterMs: number;

  constructor(message: string, retryAfterMs: number) {
    super('TooManyRequests', message, { sent: false, retryable: true });
    this.retryAfterMs = retryAfterMs;
  }
}

interface Limiter {
  /** When each of the last calls was let through, a ring; none without a rate. */
  readonly slots: Float64Array;
  next: number;
  readonly periodMs: number;
  /** The service asked everybody to wait until then. */
  blockedUntil: number;
  waiting: number;
}

/** A flow that waits longer than this does so without a call under way. */
const LONGEST_WAIT_MS = 30_000;
const LONGEST_BLOCK_MS = 10 * 60_000;
const MOST_WAITING = 1_000;
const MOST_SLOTS = 100_000;
/** Between calls that a service's pause has held back: all at once, they would earn the next pause. */
const SPACING_MS = 20;

/**
 * Keeps the calls of each connection within the rate its connector declares, and holds all of them back while the
 * service asks one to wait (429 or 503 with Retry-After). Whoever comes first goes first. In this process only; a
 * connection without a rate that was never asked to wait costs a look into an empty map.
 */
export class RateLimits {
  readonly #limiters = new Map<string, Limiter>();

  /**
   * Lets a call through: at once (`undefined`), or later, with the milliseconds it waited.
   *
   * @throws RateLimitFailure when it would wait too long, or too many wait already
   */
  enter(id: string, rate: RateLimit | undefined, options: EnterOptions): Promise<number> | undefined {
    const limiter = this.#find(id, rate);
    if (limiter === undefined) return undefined;
    const now = performance.now();
    const at = findSlot(limiter, now);
    if (at <= now) {
      takeSlot(limiter, now);
      return undefined;
    }
    assertWorthWaiting(limiter, at - now, now, options);
    takeSlot(limiter, at);
    return waitForSlot(limiter, at, now, options);
  }

  /** To be told when a service asks for a pause. */
  hold(id: string, pauseMs: number): void {
    const limiter = this.#limiters.get(id) ?? this.#add(id, undefined);
    const until = performance.now() + Math.min(pauseMs, LONGEST_BLOCK_MS);
    limiter.blockedUntil = Math.max(limiter.blockedUntil, until);
  }

  #find(id: string, rate: RateLimit | undefined): Limiter | undefined {
    const limiter = this.#limiters.get(id);
    if (limiter === undefined) return rate === undefined ? undefined : this.#add(id, rate);
    const calls = rate === undefined ? 0 : Math.min(rate.calls, MOST_SLOTS);
    if (limiter.slots.length !== calls || (rate !== undefined && limiter.periodMs !== rate.periodMs)) {
      // The rate was changed, or was not known when the service asked for a pause.
      const changed = this.#add(id, rate);
      changed.blockedUntil = limiter.blockedUntil;
      return changed;
    }
    if (calls > 0 || limiter.waiting > 0 || limiter.blockedUntil > performance.now()) return limiter;
    this.#limiters.delete(id);
    return undefined;
  }

  #add(id: string, rate: RateLimit | undefined): Limiter {
    const calls = rate === undefined ? 0 : Math.min(rate.calls, MOST_SLOTS);
    const slots = new Float64Array(calls).fill(Number.NEGATIVE_INFINITY);
    const limiter = { slots, next: 0, periodMs: rate?.periodMs ?? 0, blockedUntil: 0, waiting: 0 };
    this.#limiters.set(id, limiter);
    return limiter;
  }
}

/** The earliest time the next call may go: a period after the call that many calls before it. */
function findSlot({ slots, next, periodMs, blockedUntil, waiting }: Limiter, now: number): number {
  const byRate = slots.length === 0 ? now : (slots[next] ?? now) + periodMs;
  const byPause = blockedUntil > now ? blockedUntil + waiting * SPACING_MS : now;
  return Math.max(now, byRate, byPause);
}

function takeSlot(limiter: Limiter, at: number): void {
  if (limiter.slots.length === 0) return;
  limiter.slots[limiter.next] = at;
  limiter.next = (limiter.next + 1) % limiter.slots.length;
}

function assertWorthWaiting(
  { waiting }: Limiter,
  waitMs: number,
  now: number,
  { deadlineAt, connection }: EnterOptions,
): void {
  const seconds = Math.ceil(waitMs / 1000);
  if (waiting >= MOST_WAITING) {
    const message = `${waiting} calls of the connection ${connection} wait for their turn already.`;
    throw new RateLimitFailure(message, Math.ceil(waitMs));
  }
  if (waitMs <= LONGEST_WAIT_MS && now + waitMs < deadlineAt) return;
  const message = `The connection ${connection} has used up the calls it may make for now; the next may go in ${seconds} s.`;
  throw new RateLimitFailure(message, Math.ceil(waitMs));
}

async function waitForSlot(
  limiter: Limiter,
  slotAt: number,
  startedAt: number,
  options: EnterOptions,
): Promise<number> {
  const place = limiter.waiting++;
  try {
    for (let at = slotAt; ; ) {
      const now = performance.now();
      if (at <= now) return now - startedAt;
      await pause(at - now, options);
      // Meanwhile the service may have asked for another pause.
      if (limiter.blockedUntil > performance.now()) {
        at = limiter.blockedUntil + place * SPACING_MS;
        assertWorthWaiting({ ...limiter, waiting: 0 }, at - performance.now(), performance.now(), options);
      }
    }
  } finally {
    limiter.waiting--;
  }
}

async function pause(ms: number, { signal, connection }: EnterOptions): Promise<void> {
  try {
    await wait(ms, undefined, signal === undefined ? {} : { signal });
  } catch {
    const message = `The call was cancelled while it waited for the turn of the connection ${connection}.`;
    throw new CallFailure('ActionCancelled', message, { sent: false });
  }
}
