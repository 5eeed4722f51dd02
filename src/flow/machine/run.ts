import type { Json, JsonObject } from '../../base/index.ts';
import { completeRecord } from '../trigger-inputs.ts';
import type { CompiledAction, CompiledBlock, CompiledFlow, SettledStatus } from '../types.ts';
import { formatKey } from './keys.ts';
import type {
  ActionState,
  BlockState,
  CallbackUrls,
  CallTraits,
  Clock,
  FlowInfo,
  Frame,
  Run,
  RunLimits,
  Substitute,
} from './types.ts';

/** What a run is made from. */
export interface RunOptions {
  readonly id: string;
  readonly flow: CompiledFlow;
  readonly flowInfo: FlowInfo;
  /** The trigger's record: `{name, outputs: {headers?, body?, …}, startTime, …}`. */
  readonly trigger: JsonObject;
  /** Values of the flow's parameters; what is missing takes its default. */
  readonly parameters?: JsonObject;
  readonly traits: (action: CompiledAction) => CallTraits;
  /** What `listCallbackUrl()` gives. */
  readonly callbackUrl?: CallbackUrls;
  readonly substitute?: Substitute;
  /** The published limits unless given. */
  readonly limits?: RunLimits;
}

/** The published limits: 100,000 items, 50 turns side by side, 5,000 rounds, any number of actions. */
export const DEFAULT_RUN_LIMITS: RunLimits = {
  loopItems: 100_000,
  loopConcurrency: 50,
  untilCount: 5_000,
  actions: Number.POSITIVE_INFINITY,
};

/** A run that has not begun: nothing is ready until `beginRun` or `restoreRun`. */
export function createRun(options: RunOptions): Run {
  const frame: Frame = { parent: undefined, records: new Map(), loop: undefined };
  return {
    id: options.id,
    flow: options.flow,
    flowInfo: options.flowInfo,
    trigger: completeRecord(options.flow, options.trigger),
    parameters: bindParameters(options.flow, options.parameters ?? {}),
    traits: options.traits,
    callbackUrl: options.callbackUrl,
    substitute: options.substitute,
    limits: options.limits ?? DEFAULT_RUN_LIMITS,
    begun: 0,
    variables: new Map(),
    root: createBlockState(options.flow.root, undefined, frame, '', undefined),
    status: 'Running',
    error: undefined,
    responded: false,
    nextSeq: 1,
    pending: [],
    commands: [],
    ready: [],
    completed: [],
    open: new Map(),
  };
}

function bindParameters(flow: CompiledFlow, values: JsonObject): Map<string, Json> {
  const parameters = new Map<string, Json>();
  for (const parameter of flow.parameters.values()) {
    parameters.set(parameter.name, values[parameter.name] ?? parameter.defaultValue ?? null);
  }
  // Standard logic apps declare their parameters in a file of their own.
  for (const name of Object.keys(values)) {
    if (!parameters.has(name)) parameters.set(name, values[name] ?? null);
  }
  return parameters;
}

export function createBlockState(
  block: CompiledBlock,
  owner: ActionState | undefined,
  frame: Frame,
  prefix: string,
  iteration: number | undefined,
): BlockState {
  return {
    block,
    owner,
    frame,
    prefix,
    actions: new Array(block.actions.length),
    open: block.actions.length,
    iteration,
  };
}

/** The state of an action that begins now; it is known by name from here on. */
export function createActionState(
  run: Run,
  block: BlockState,
  action: CompiledAction,
  clock: Clock,
): ActionState {
  run.begun++;
  const now = clock.now();
  const state: ActionState = {
    key: formatKey(block.prefix, action.name),
    action,
    block,
    status: 'Running',
    code: undefined,
    startedAt: now,
    endedAt: 0,
    attempt: 1,
    inputs: undefined,
    outputs: undefined,
    error: undefined,
    inputsKept: false,
    pendingStart: undefined,
    wakeAt: undefined,
    timeoutAt: undefined,
    loop: undefined,
    callback: undefined,
  };
  block.actions[action.index] = state;
  block.frame.records.set(action.name, state);
  return state;
}

/** Makes the actions ready that wait for nobody. */
export function beginBlock(run: Run, block: BlockState): void {
  for (const index of block.block.starts) run.ready.push({ block, index });
}

/** An action that has ended. */
export type SettledAction = ActionState & { status: SettledStatus };

export function isSettled(state: ActionState | undefined): state is SettledAction {
  return state !== undefined && state.status !== 'Running' && state.status !== 'Waiting';
}
