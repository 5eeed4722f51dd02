import type { Json, JsonObject } from '../base/index.ts';
import type { RunStatus, TriggerMode } from '../flow/index.ts';
import type { RunFilter, RunRow } from '../store/index.ts';
import type { RunView } from './run-reader.ts';

/** Runs flows durably. */
export interface Engine {
  /** Takes over unfinished runs, registers triggers, starts to work. */
  start(): Promise<void>;
  /** Lets calls under way finish for a while (10 s unless given), writes what is known, and stops. */
  stop(options?: { readonly graceMs?: number }): Promise<void>;
  /**
   * Fires a Request trigger. Resolves when the run is committed, or with the answer of the flow's Response action.
   *
   * @throws EngineError when the flow is off or the trigger cannot fire.
   */
  triggerRequest(hook: HookCall): Promise<HookAnswer>;
  /** Whether the end of a callback URL is one that was made here; to be asked before a body is read. */
  isCallbackKnown(token: string): boolean;
  /**
   * Takes the call that a webhook action waits for. Resolves when it is committed.
   *
   * @throws EngineError when the URL is unknown, was called already, or belongs to an action that has ended
   */
  receiveCallback(call: CallbackCall): Promise<HookAnswer>;
  /** How the triggers of a flow are doing. */
  listTriggers(flowId: string): Promise<TriggerReport[]>;
  /**
   * Starts a run by hand, whether the flow is on or off. Resolves when the run is committed.
   *
   * @param triggerName which trigger the run is said to come from; the first one unless given
   */
  runNow(flowId: string, inputs: Json, triggerName?: string): Promise<{ runId: string }>;
  /**
   * Runs again with the trigger of an earlier run: the flow as it is now from its beginning, or the version of the
   * earlier run from one of its actions, what came before it kept.
   */
  resubmitRun(runId: string, action?: string): Promise<{ runId: string }>;
  /** To be called after the settings of runs were saved. */
  reloadSettings(): Promise<void>;
  /** Ends a run that has not ended. */
  cancelRun(runId: string): Promise<void>;
  /** To be called after a flow was saved, turned on or off, or deleted. */
  flowChanged(flowId: string): Promise<void>;
  /** Calls back after each commit that concerns the run, until the returned function is called. */
  watchRun(runId: string, listener: (progress: RunProgress) => void): () => void;
  /** Runs, latest first. */
  listRuns(filter: RunFilter): Promise<RunRow[]>;
  /** A run with its actions, those under way included. Secure content is not shown. */
  readRun(runId: string): Promise<RunView | undefined>;
  /** The path of a Request trigger's URL, signature included. */
  triggerUrlPath(flowId: string, triggerName: string): Promise<string>;
  /** Gives a Request trigger a new signature; the old URL stops working. */
  revokeTriggerUrl(flowId: string, triggerName: string): Promise<void>;
  verifySignature(flowId: string, triggerName: string, signature: string): Promise<boolean>;
}

export interface HookCall {
  readonly flowId: string;
  readonly triggerName: string;
  readonly method: string;
  /** In lower case, without the caller's credentials: they are not part of a run's history. */
  readonly headers: JsonObject;
  readonly queries: JsonObject;
  readonly body: Json;
  readonly relativePath: string;
  /** The unguessable part of the URL: it says which subscription of a webhook trigger is calling. */
  readonly signature?: string;
}

/** A call of a webhook action's callback URL. */
export interface CallbackCall extends Pick<HookCall, 'method' | 'headers' | 'queries' | 'body'> {
  /** What stands at the end of the URL. */
  readonly token: string;
}

export interface HookAnswer {
  readonly statusCode: number;
  readonly headers: JsonObject;
  readonly body: Json | undefined;
  /** Empty when a trigger condition kept the run from starting. */
  readonly runId: string;
}

/** How a trigger is doing. Instants are epoch milliseconds. */
export interface TriggerReport {
  readonly name: string;
  readonly type: string;
  readonly mode: Exclude<TriggerMode, 'none'>;
  /** `starting`: a service is being asked to call; `failing`: the last poll or the last such attempt failed. */
  readonly status: 'off' | 'starting' | 'on' | 'failing';
  readonly error: string | undefined;
  /** The next occurrence, poll, attempt or renewal. */
  readonly nextAt: number | undefined;
  /** Subscriptions that the service has not ended yet although it was asked to, and what it said last. */
  readonly endings: readonly { readonly error: string; readonly attempts: number; readonly nextAt: number }[];
  /** When the subscription at the service ends by itself. */
  readonly expiresAt: number | undefined;
  /** The path of the URL by which it is started, signature included. */
  readonly urlPath: string | undefined;
}

export interface RunProgress {
  readonly runId: string;
  readonly status: RunStatus;
  /** Keys that the commit said something about. */
  readonly keys: readonly string[];
}

/** Keeps secret inputs and outputs from being read where they are stored. */
export interface Sealer {
  seal(text: string): string;
  open(sealed: string): string;
}

export interface EngineLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
