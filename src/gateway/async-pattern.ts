import { setTimeout as wait } from 'node:timers/promises';
import type { WireResponse } from '../connector/index.ts';
import { CallFailure } from './call-errors.ts';
import { readWait } from './retry-after.ts';
import { findMonitor, readProgress } from './status-monitor.ts';

export interface AsyncOptions {
  readonly service: string;
  /** When the whole call has to be over, on the clock of `performance.now()`. */
  readonly deadlineAt: number;
  readonly signal: AbortSignal | undefined;
  /** The address and method of the request that was accepted. */
  readonly url: string;
  readonly method: string;
  /** GETs a location with what is left of the time. */
  readonly get: (location: string) => Promise<WireResponse>;
}

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
const SHORTEST_WAIT_MS = 50;

/** Whether an answer says that the work goes on elsewhere: 202 with an address to ask at, or Azure's monitor. */
export function isAccepted(answer: WireResponse): boolean {
  if (answer.status >= 300) return false;
  const hasLocation = answer.status === 202 && typeof answer.headers['location'] === 'string';
  return hasLocation || findMonitor(answer) !== undefined;
}

/**
 * Waits for work that was accepted with 202: asks at the `Location` as often as `Retry-After` says (else after
 * one second, then ever less often) until something else than 202 comes; where there is a monitor
 * (`Operation-Location`, `Azure-AsyncOperation`), until that says the work is done.
 *
 * @throws CallFailure ActionTimedOut when the work is not done in time, AcceptedWorkFailed when it ends badly
 */
export async function followAccepted(accepted: WireResponse, options: AsyncOptions): Promise<WireResponse> {
  const monitor = findMonitor(accepted);
  return monitor === undefined
    ? followLocation(accepted, options)
    : followMonitor(accepted, monitor, options);
}

/**
 * Asks the monitor until the work is done, then gets the result: where the monitor says, or the `Location` of the
 * first answer; of a PUT or PATCH the thing itself; else the monitor's last word is the result.
 */
async function followMonitor(
  accepted: WireResponse,
  monitor: string,
  options: AsyncOptions,
): Promise<WireResponse> {
  let answer = accepted;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    await waitFor(Math.max(readWait(answer, Date.now()) ?? waitMs, SHORTEST_WAIT_MS), options);
    answer = await options.get(monitor);
    const progress = readProgress(answer, options.service);
    if (!progress.done) continue;
    if (answer.status >= 300) return answer;
    const changes = options.method === 'PUT' || options.method === 'PATCH';
    const resultAt = progress.resultAt ?? (changes ? options.url : readHeader(accepted, 'location'));
    return resultAt === undefined || resultAt === monitor ? answer : options.get(resultAt);
  }
}

async function followLocation(accepted: WireResponse, options: AsyncOptions): Promise<WireResponse> {
  let answer = accepted;
  let location = '';
  let waitMs = FIRST_WAIT_MS;
  while (answer.status === 202) {
    // A later 202 may move the location; one without keeps it.
    location = readHeader(answer, 'location') ?? location;
    const asked = readWait(answer, Date.now());
    await waitFor(Math.max(asked ?? waitMs, SHORTEST_WAIT_MS), options);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    answer = await options.get(location);
  }
  return answer;
}

async function waitFor(waitMs: number, { deadlineAt, service, signal }: AsyncOptions): Promise<void> {
  if (performance.now() + waitMs >= deadlineAt) {
    throw new CallFailure('ActionTimedOut', `${service} accepted the work and did not finish it in time.`, {
      fix: 'Allow the action more time; the service goes on with the work.',
      retryable: false,
    });
  }
  try {
    await wait(waitMs, undefined, signal === undefined ? {} : { signal });
  } catch {
    throw new CallFailure('ActionCancelled', `The wait for ${service} was cancelled.`);
  }
}

function readHeader({ headers }: WireResponse, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}
