import { isEndedStatus, type RunAction, type RunUpdate } from '../api/index.ts';
import type { RunProgress, RunView } from '../engine/index.ts';
import { viewAction, viewRun, viewTrigger } from './views/run-view.ts';

/** Between two looks at a run that changes all the time. */
const LEAST_PAUSE_MS = 100;
/** Another node may carry out the run: then nobody calls, and we look by ourselves. */
const LONGEST_PAUSE_MS = 1_000;

export interface RunSource {
  readRun(runId: string): Promise<RunView | undefined>;
  watchRun(runId: string, listener: (progress: RunProgress) => void): () => void;
}

/**
 * Follows a run until it ends, it is gone, or the signal says stop. The first update holds all actions, each later
 * one those that changed.
 */
export async function followRun(
  source: RunSource,
  runId: string,
  signal: AbortSignal,
  send: (update: RunUpdate) => void,
): Promise<void> {
  const changes = createBell();
  const unwatch = source.watchRun(runId, changes.ring);
  signal.addEventListener('abort', changes.ring, { once: true });
  const told = new Map<string, string>();
  let lastRun = '';
  try {
    while (!signal.aborted) {
      const view = await source.readRun(runId);
      if (view === undefined) return;
      const run = viewRun(view.run);
      const actions = view.actions.map(viewAction).filter((action) => isNews(action, told));
      const isFirst = lastRun === '';
      if (isFirst || actions.length > 0 || JSON.stringify(run) !== lastRun) {
        send(isFirst ? { run, trigger: viewTrigger(view), actions } : { run, actions });
        lastRun = JSON.stringify(run);
      }
      if (isEndedStatus(run.status)) return;
      await changes.wait();
    }
  } finally {
    unwatch();
  }
}

/** What tells two states of an action apart; its inputs and outputs change only together with one of these. */
function isNews(action: RunAction, told: Map<string, string>): boolean {
  const { key, status, attempts, startedAt, endedAt, inputs, outputs } = action;
  const state = `${status} ${attempts} ${startedAt} ${endedAt} ${inputs !== undefined} ${outputs !== undefined}`;
  if (told.get(key) === state) return false;
  told.set(key, state);
  return true;
}

/** Lets one side wait until the other rings, not more often and not longer than the pauses say. */
function createBell(): { ring: () => void; wait: () => Promise<void> } {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring: () => {
      rung = true;
      wake?.();
    },
    wait: async () => {
      await pause(LEAST_PAUSE_MS);
      if (!rung) await new Promise<void>((resolve) => waitUntil(resolve, (callback) => (wake = callback)));
      rung = false;
      wake = undefined;
    },
  };
}

function waitUntil(resolve: () => void, listen: (callback: () => void) => void): void {
  const timer = setTimeout(resolve, LONGEST_PAUSE_MS);
  listen(() => {
    clearTimeout(timer);
    resolve();
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
