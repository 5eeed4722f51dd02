import type { JsonObject } from '../../base/index.ts';
import { mirrorOf } from './mirror.ts';
import type { ActionState, Clock, FlowFailure, Run, RunEvent } from './types.ts';

/**
 * Notes that an action has begun. While the event is still pending, the action's end replaces it, so that what
 * begins and ends between two commits costs one row.
 */
export function appendStarted(run: Run, state: ActionState, clock: Clock, data?: JsonObject): void {
  const event: RunEvent = {
    seq: run.nextSeq++,
    kind: 'started',
    key: state.key,
    at: clock.now(),
    attempt: state.attempt,
    status: undefined,
    code: undefined,
    startedAt: state.startedAt,
    inputs: state.inputsKept ? undefined : state.inputs,
    outputs: undefined,
    error: undefined,
    data: state.timeoutAt === undefined ? data : { ...(data as JsonObject), timeoutAt: state.timeoutAt },
  };
  state.inputsKept = true;
  state.pendingStart = event;
  run.pending.push(event);
}

/** Notes that an attempt failed and when the next one will be made. */
export function appendRetrying(
  run: Run,
  state: ActionState,
  clock: Clock,
  failure: FlowFailure | undefined,
): void {
  run.pending.push({
    seq: run.nextSeq++,
    kind: 'retrying',
    key: state.key,
    at: clock.now(),
    attempt: state.attempt,
    status: undefined,
    code: failure?.code,
    startedAt: state.startedAt,
    inputs: state.inputsKept ? undefined : state.inputs,
    outputs: undefined,
    error: failure,
    data: { wakeAt: state.wakeAt ?? 0 },
  });
  state.inputsKept = true;
  state.pendingStart = undefined;
}

/** Notes that a service accepted the subscription of a webhook action, whose callback is waited for now. */
export function appendWaiting(run: Run, state: ActionState, clock: Clock, deadline: number): void {
  run.pending.push({
    seq: run.nextSeq++,
    kind: 'waiting',
    key: state.key,
    at: clock.now(),
    attempt: state.attempt,
    status: undefined,
    code: undefined,
    startedAt: state.startedAt,
    inputs: state.inputsKept ? undefined : state.inputs,
    outputs: undefined,
    error: undefined,
    data: { wakeAt: deadline, deadline },
  });
  state.inputsKept = true;
  state.pendingStart = undefined;
}

/** Notes how an action ended; what repeats itself is written once (`mirrorOf`). Takes the place of a start that was not committed yet. */
export function appendSettled(run: Run, state: ActionState, data?: JsonObject): void {
  const start = takePendingStart(run, state);
  const inputs = start === undefined ? (state.inputsKept ? undefined : state.inputs) : start.inputs;
  const mirror = state.status === 'Succeeded' ? mirrorOf(state.action) : undefined;
  run.pending.push({
    seq: run.nextSeq++,
    kind: 'settled',
    key: state.key,
    at: state.endedAt,
    attempt: state.attempt,
    status: state.status === 'Running' || state.status === 'Waiting' ? undefined : state.status,
    code: state.code,
    startedAt: state.startedAt,
    inputs: mirror === 'outputs' ? undefined : inputs,
    outputs: mirror === 'inputs' ? undefined : state.outputs,
    error: state.error,
    data,
  });
}

function takePendingStart(run: Run, state: ActionState): RunEvent | undefined {
  const start = state.pendingStart;
  if (start === undefined) return undefined;
  state.pendingStart = undefined;
  const index = run.pending.lastIndexOf(start);
  if (index >= 0) run.pending.splice(index, 1);
  return start;
}

/** Hands over the events since the last call; from then on they are the journal's. */
export function takeEvents(run: Run): RunEvent[] {
  const events = run.pending;
  if (events.length === 0) return events;
  run.pending = [];
  for (const event of events) {
    if (event.kind !== 'started') continue;
    const state = run.open.get(event.key);
    if (state?.pendingStart === event) state.pendingStart = undefined;
  }
  return events;
}
