import type { Json, JsonObject } from '../../base/index.ts';
import type {
  ActionStatus,
  CompiledAction,
  CompiledBlock,
  CompiledFlow,
  RunStatus,
  SettledStatus,
} from '../types.ts';

/** Time and chance come from outside, so that a test decides both. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Uniform in [0, 1). */
  random(): number;
}

/** What went wrong with an action or a run. */
export interface FlowFailure {
  readonly code: string;
  readonly message: string;
}

/**
 * What the machine decided or learned, in order; the stored form of a run. Folding a run's events gives its
 * state again without evaluating anything twice.
 */
export interface RunEvent {
  /** Rises within a run; the place in the journal. */
  readonly seq: number;
  readonly kind: 'started' | 'retrying' | 'waiting' | 'settled';
  /** The execution by its place: `For_each[3]/Create_Label`. */
  readonly key: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** 1-based number of the attempt that started, will be made or settled. */
  readonly attempt: number;
  readonly status: SettledStatus | undefined;
  readonly code: string | undefined;
  /** When the action began; on `settled` events that have no `started` event. */
  readonly startedAt: number | undefined;
  inputs: Json | undefined;
  readonly outputs: Json | undefined;
  readonly error: FlowFailure | undefined;
  /** What else a fold needs: a branch taken, the instant a wait ends, a loop's items. */
  data: Json | undefined;
}

/** What has to happen outside. */
export type Command =
  | CallCommand
  | { readonly type: 'wait'; readonly key: string; readonly until: number }
  | { readonly type: 'respond'; readonly key: string; readonly response: RunResponse }
  | { readonly type: 'abort'; readonly key: string }
  /** Nobody waits for the child any more: its run is to be cancelled. */
  | { readonly type: 'abandon'; readonly key: string }
  | ReleaseCommand
  | CodeCommand
  | ChildCommand
  | { readonly type: 'finish'; readonly status: RunStatus; readonly error: FlowFailure | undefined };

export interface CallCommand {
  readonly type: 'call';
  readonly key: string;
  readonly action: CompiledAction;
  readonly inputs: JsonObject;
  readonly attempt: number;
  /** Whether the `started` event must be committed before the call is sent. */
  readonly commitFirst: boolean;
  /** Of a webhook action whose `unsubscribe` reads what the subscription was answered: that request. */
  readonly readUnsubscribe?: (answer: JsonObject) => Json;
}

/** Inline code is to be run over what it sees of the run; its value is the outputs' `body`. */
export interface CodeCommand {
  readonly type: 'runCode';
  readonly key: string;
  readonly action: CompiledAction;
  readonly code: string;
  /** `{actions, trigger, workflow}`. */
  readonly context: JsonObject;
}

/**
 * Another flow is to be run; what it answers settles the key. Given again after a crash: the run is known by its
 * parent's id and the key, and started once.
 */
export interface ChildCommand {
  readonly type: 'startChild';
  readonly key: string;
  readonly action: CompiledAction;
  /** As the definition names the flow. */
  readonly flow: string;
  readonly trigger: string | undefined;
  /** `{body?, headers?, queries?}`. */
  readonly inputs: JsonObject;
}

/** A webhook action has ended: its callback URL answers nobody any more. */
export interface ReleaseCommand {
  readonly type: 'release';
  readonly key: string;
  /** The service is to be told that nobody listens. */
  readonly unsubscribe: boolean;
}

export interface RunResponse {
  readonly statusCode: number;
  readonly headers: JsonObject;
  readonly body: Json | undefined;
}

/** What came back for a key. */
export interface Outcome {
  /** Nothing outside skips an action; a test may say that something did. */
  readonly status: SettledStatus;
  readonly outputs?: Json;
  readonly code?: string;
  readonly error?: FlowFailure;
  /** Whether the same call may succeed later. */
  readonly retryable?: boolean;
  readonly retryAfterMs?: number;
}

/** What the machine must know of a call before it is made. */
export interface CallTraits {
  /** Sending it twice does no harm (GET, PUT, DELETE, declared idempotent). */
  readonly idempotent: boolean;
  /** It carries an idempotency key, so the other side recognises a repetition. */
  readonly keyed: boolean;
}

/** The callback URL of a webhook action by its key; without a key the URL of the trigger, where it has one. */
export type CallbackUrls = (key: string | undefined) => string | undefined;

/** An outcome that stands for an action which the machine would carry out itself; tests give some. */
export type Substitute = (action: CompiledAction, key: string) => Outcome | undefined;

/** One execution of an action. */
export interface ActionState {
  readonly key: string;
  readonly action: CompiledAction;
  readonly block: BlockState;
  status: ActionStatus;
  code: string | undefined;
  startedAt: number;
  endedAt: number;
  attempt: number;
  inputs: Json | undefined;
  outputs: Json | undefined;
  error: FlowFailure | undefined;
  /** Whether the journal has, or will have, the inputs. */
  inputsKept: boolean;
  /** The `started` event while it is not yet handed to the journal: a settled event then takes its place. */
  pendingStart: RunEvent | undefined;
  /** When a wait or the pause before a retry ends. */
  wakeAt: number | undefined;
  /** When the time of an action that contains others, runs code or waits for a child is up. */
  timeoutAt: number | undefined;
  loop: LoopState | undefined;
  /** Of a webhook action under way. */
  callback: CallbackState | undefined;
}

export interface CallbackState {
  /** When the action gives up, epoch milliseconds. */
  readonly deadline: number;
  /** The service has accepted the subscription: from here on only the callback and the deadline count. */
  awaiting: boolean;
}

/** Progress of a Foreach or Until. */
export interface LoopState {
  /** Foreach: the items; Until: empty. */
  readonly items: readonly Json[];
  /** Index of the next iteration to begin. */
  next: number;
  /** Iterations under way. */
  active: number;
  /** How the last iteration that did not succeed ended. */
  failure: SettledStatus | undefined;
  /** When an Until gives up, epoch milliseconds. */
  readonly deadline: number;
  readonly maxCount: number;
  /** Foreach: how many turns may run side by side. On record with the loop's start: a later default changes no run. */
  readonly concurrency: number;
  /** Records of inner actions, kept only where some expression reads `result()` of this loop. */
  readonly results: Json[] | undefined;
  /** Foreach: what the turns that have ended gave, by the names of the actions that are read from outside. */
  readonly gathered: ReadonlyMap<string, GatheredOutputs[]> | undefined;
}

/** The outputs that an action, or a loop around it, gave in one turn. */
export interface GatheredOutputs {
  readonly turn: number;
  readonly outputs: readonly Json[];
}

/** A block under way or done: one per scope, branch and iteration. */
export interface BlockState {
  readonly block: CompiledBlock;
  readonly owner: ActionState | undefined;
  readonly frame: Frame;
  /** Prefix of the keys in this block: `For_each[3]/`. */
  readonly prefix: string;
  readonly actions: (ActionState | undefined)[];
  /** How many actions have not settled. */
  open: number;
  /** Which turn of its loop this block is; `undefined` outside loops. */
  readonly iteration: number | undefined;
}

/** What expressions see by name: a frame for the run, and one more for each iteration of a Foreach. */
export interface Frame {
  readonly parent: Frame | undefined;
  readonly records: Map<string, ActionState>;
  /** The loop this frame is an iteration of. */
  readonly loop: { readonly name: string; readonly item: Json } | undefined;
}

export interface Variable {
  readonly type: string;
  value: Json;
  /** Somebody has read the value and may hold on to it: before it is changed in place, it is copied. */
  shared: boolean;
}

/** How far a run may go, decided by those who run the service. What follows from it is in the run's events. */
export interface RunLimits {
  /** Items of a Foreach. */
  readonly loopItems: number;
  /** Turns of a Foreach side by side. */
  readonly loopConcurrency: number;
  /** Turns of an Until. */
  readonly untilCount: number;
  /** Actions that begin, each turn of a loop counted. */
  readonly actions: number;
}

/** A run in memory. */
export interface Run {
  readonly id: string;
  readonly flow: CompiledFlow;
  readonly flowInfo: FlowInfo;
  /** The trigger's record: name, outputs, startTime, … */
  readonly trigger: JsonObject;
  readonly parameters: ReadonlyMap<string, Json>;
  readonly traits: (action: CompiledAction) => CallTraits;
  readonly callbackUrl: CallbackUrls | undefined;
  readonly substitute: Substitute | undefined;
  readonly limits: RunLimits;
  /** Actions that have begun. */
  begun: number;
  readonly variables: Map<string, Variable>;
  readonly root: BlockState;
  status: RunStatus;
  error: FlowFailure | undefined;
  /** The Response action has been reached. */
  responded: boolean;
  nextSeq: number;
  /** Events not yet handed to the journal. */
  pending: RunEvent[];
  /** Commands not yet handed out. */
  commands: Command[];
  /** Actions whose predecessors have settled, in the order they became ready. */
  readonly ready: { readonly block: BlockState; readonly index: number }[];
  /** Blocks whose actions have all settled and that nobody has looked at yet. */
  readonly completed: BlockState[];
  /** Started and not settled, by key: calls, waits, containers. */
  readonly open: Map<string, ActionState>;
}

/** What `workflow()` tells of the flow. */
export interface FlowInfo {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly environment: string;
}
