import { setTimeout as wait } from 'node:timers/promises';
import { CallFailure } from './call-errors.ts';
import type { CallOutcome, OperationCall } from './types.ts';

/** How often one page is asked for again when the service says to slow down. */
const MAX_TRIES = 5;
const FIRST_WAIT_MS = 1_000;

export interface PageClock {
  /** When all of it has to be over, on the clock of `performance.now()`; undefined: never. */
  readonly deadlineAt: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Asks for a page, again after the wait the service asks for when it answers 429, or 503 to what may be repeated. */
export async function askPatiently(
  ask: () => Promise<CallOutcome>,
  idempotent: boolean,
  clock: PageClock,
): Promise<CallOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await ask();
    const status = outcome.outputs?.statusCode;
    const isBusy = status === 429 || (status === 503 && idempotent);
    if (outcome.ok || !isBusy || attempt === MAX_TRIES) return outcome;
    const waitMs = outcome.retryAfterMs ?? FIRST_WAIT_MS * 2 ** (attempt - 1);
    if (isTooLate(waitMs, clock)) return outcome;
    await pause(waitMs, clock);
  }
}

/** Waits before the next page as long as the service asks to. @throws CallFailure ActionTimedOut, ActionCancelled */
export async function pause(waitMs: number | undefined, clock: PageClock): Promise<void> {
  if (waitMs === undefined || waitMs <= 0) return;
  if (isTooLate(waitMs, clock)) {
    throw new CallFailure('ActionTimedOut', 'The service asks to wait longer than the time that is left.');
  }
  try {
    await wait(waitMs, undefined, clock.signal === undefined ? {} : { signal: clock.signal });
  } catch {
    throw new CallFailure('ActionCancelled', 'The wait for the next page was cancelled.');
  }
}

function isTooLate(waitMs: number, { deadlineAt }: PageClock): boolean {
  return deadlineAt !== undefined && performance.now() + waitMs >= deadlineAt;
}

/** The time that one page may take. @throws CallFailure ActionTimedOut */
export function takeTime({ timeoutMs }: OperationCall, { deadlineAt }: PageClock): { timeoutMs?: number } {
  if (deadlineAt === undefined) return timeoutMs === undefined ? {} : { timeoutMs };
  const left = Math.round(deadlineAt - performance.now());
  if (left > 0) return { timeoutMs: left };
  throw new CallFailure('ActionTimedOut', 'The time ran out between two pages.');
}
