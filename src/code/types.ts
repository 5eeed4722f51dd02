import type { Json, Problem } from '../base/index.ts';
import type { CodeLimits } from './limits.ts';

/** Runs custom code in sandboxes: QuickJS in WebAssembly, in threads of its own. */
export interface CodeRunner {
  readonly limits: CodeLimits;
  /**
   * Runs a connector's script for one call.
   *
   * @throws CodeError, or what `send` threw when the script does not catch it
   */
  runScript(run: ScriptRun): Promise<ScriptResult>;
  /**
   * Runs what stands in a JavaScriptCode action: `code` is the body of a function that has `workflowContext` and
   * returns a value. JSON in, JSON out; it reaches nothing else.
   *
   * @throws CodeError
   */
  runInlineCode(run: InlineRun): Promise<Json>;
  /** Whether a script can be read: undefined, or what is wrong with line and column in the message. */
  checkScript(source: ScriptSource): Promise<Problem | undefined>;
  /** Ends all threads; runs under way are cancelled. */
  close(): Promise<void>;
}

export interface ScriptSource {
  /** `script.ts`: stands in stack traces; `.ts` has its types taken out. */
  readonly fileName: string;
  readonly source: string;
}

export interface ScriptRun extends ScriptSource {
  /** Runs with the same owner may share a thread; nobody else's code is ever in it at the same time. */
  readonly owner: string;
  readonly context: ScriptContextValues;
  /** The request as it would go out, credentials applied. */
  readonly request: ScriptMessage;
  /** Less than the limit, when the caller has less time left. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Sends what the script asks for. `signal` ends with the run. What it throws reaches the script as an error. */
  send(request: ScriptSend, signal: AbortSignal): Promise<ScriptAnswer>;
  onLog?(entry: ScriptLog): void;
  /** What the script keeps between runs; omitted, nothing is kept. */
  readonly cache?: ScriptCache;
}

export interface ScriptContextValues {
  readonly operationId: string;
  readonly correlationId: string;
  readonly originalUrl: string;
  readonly params: Readonly<Record<string, Json>>;
  /** Never secret ones. */
  readonly connection: Readonly<Record<string, string>>;
  /** Where notifications reach this call's trigger. */
  readonly notificationBaseUrl?: string;
}

export interface ScriptMessage {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: Uint8Array;
}

export interface ScriptSend extends ScriptMessage {
  /**
   * `given`: the script sends a request it was given, or a copy; `inherit`: a request of its own that wants the
   * connection's credentials; `none`: one that does not.
   */
  readonly auth: 'given' | 'inherit' | 'none';
}

export interface ScriptAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

export interface ScriptResult extends ScriptAnswer {
  /** Computing time, milliseconds. */
  readonly cpuMs: number;
}

export interface ScriptLog {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly data?: Json;
}

export interface InlineRun {
  readonly code: string;
  readonly workflowContext: Json;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** Values by key, each until its time is over. */
export interface ScriptCache {
  get(key: string): Json | undefined;
  /** @throws RangeError when the value is too large */
  set(key: string, value: Json | undefined, ttlMs: number): void;
}
