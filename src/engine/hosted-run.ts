import type { ChildCommand, Run, RunResponse, RunStatus } from '../flow/index.ts';
import type { RunStartRow } from '../store/index.ts';
import type { LoadedFlow } from './flow-cache.ts';

/** Who waits for a run: a caller of a Request trigger, or nobody. */
export interface RunWaiter {
  /** Aborted when the caller waits no longer. */
  readonly signal?: AbortSignal;
  /** The run's first commit is done. */
  onAccepted?(): void;
  onResponse?(response: RunResponse): void;
  onFinished?(status: RunStatus): void;
}

/** A run that is in memory, with what is under way for it outside. */
export interface HostedRun {
  readonly run: Run;
  readonly loaded: LoadedFlow;
  /** The row of a new run, until it is handed to the journal. */
  start: RunStartRow | undefined;
  waiter: RunWaiter | undefined;
  /** The caller who waited here has the answer: nobody elsewhere waits for it. */
  hasAnsweredHere: boolean;
  isStored: boolean;
  readonly calls: Map<string, AbortController>;
  /** Code that runs. */
  readonly outside: Map<string, AbortController>;
  readonly children: Map<string, ChildWait>;
  readonly waits: Map<string, { readonly until: number; readonly timer: NodeJS.Timeout | undefined }>;
  /** Entries handed to the journal and not committed. */
  uncommitted: number;
  driving: boolean;
}

/** A child that is being started, or whose answer is waited for. */
export interface ChildWait {
  readonly command: ChildCommand;
  readonly controller: AbortController;
  /** Since when only its answer is missing, epoch milliseconds. */
  since: number | undefined;
  timer: NodeJS.Timeout | undefined;
}

export function createHostedRun(
  run: Run,
  loaded: LoadedFlow,
  start: RunStartRow | undefined,
  waiter: RunWaiter | undefined,
): HostedRun {
  return {
    run,
    loaded,
    start,
    waiter,
    hasAnsweredHere: false,
    isStored: start === undefined,
    calls: new Map(),
    outside: new Map(),
    children: new Map(),
    waits: new Map(),
    uncommitted: 0,
    driving: false,
  };
}

export function abort(hosted: HostedRun, key: string): void {
  hosted.calls.get(key)?.abort();
  hosted.calls.delete(key);
  hosted.outside.get(key)?.abort();
  hosted.outside.delete(key);
  const child = hosted.children.get(key);
  child?.controller.abort();
  clearTimeout(child?.timer);
  hosted.children.delete(key);
  clearTimeout(hosted.waits.get(key)?.timer);
  hosted.waits.delete(key);
}

export function abortAll(hosted: HostedRun): void {
  for (const call of hosted.calls.values()) call.abort();
  for (const work of hosted.outside.values()) work.abort();
  for (const child of hosted.children.values()) child.controller.abort();
}

export function clearTimers(hosted: HostedRun): void {
  for (const wait of hosted.waits.values()) clearTimeout(wait.timer);
  for (const child of hosted.children.values()) clearTimeout(child.timer);
}
