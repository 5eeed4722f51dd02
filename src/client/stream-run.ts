import { endpoints, isEndedStatus, type RunDetail, type RunUpdate } from '../api/index.ts';
import { parseJson } from '../base/index.ts';
import { ApiError } from './api-error.ts';
import type { Client } from './client.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

export interface StreamRunOptions {
  readonly signal?: AbortSignal;
  /** Waits before it connects again; a test passes its own. */
  readonly wait?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

/**
 * Follows a run until it ends. A connection that is lost (the server restarts, a proxy gives up) is made again;
 * then the first update holds all actions once more.
 *
 * @throws ApiError when the server refuses: no such run, signed out.
 */
export async function* streamRun(
  client: Client,
  runId: string,
  { signal, wait = waitFor }: StreamRunOptions = {},
): AsyncGenerator<RunUpdate> {
  let waitMs = FIRST_WAIT_MS;
  while (!signal?.aborted) {
    try {
      const call = { params: { id: runId }, ...(signal ? { signal } : {}) };
      for await (const { event, data } of client.stream(endpoints.streamRun, call)) {
        if (event !== 'run') continue;
        waitMs = FIRST_WAIT_MS;
        const update = parseJson(data) as RunUpdate;
        yield update;
        if (isEndedStatus(update.run.status)) return;
      }
    } catch (error) {
      if (signal?.aborted) return;
      if (error instanceof ApiError && error.status >= 400 && error.status < 500) throw error;
    }
    await wait(waitMs, signal);
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
  }
}

/** The run after an update: changed actions replaced in place, new ones at the end. */
export function applyRunUpdate(before: RunDetail | undefined, update: RunUpdate): RunDetail {
  const actions = new Map(before?.actions.map((action) => [action.key, action]));
  for (const action of update.actions) actions.set(action.key, action);
  const trigger = update.trigger ?? before?.trigger;
  return { ...update.run, ...(trigger ? { trigger } : {}), actions: [...actions.values()] };
}

function waitFor(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
