/**
 * The run's state machine.
 *
 * Invariants
 * 1. Nothing here touches the world: time and chance come from the `Clock`, everything else goes out as a command.
 * 2. Every result of an evaluation is in an event before anything that depends on it is; folding the events
 *    of a run therefore gives its state without evaluating again (`restoreRun`).
 * 3. A key settles once. What comes back for a settled key is dropped.
 * 4. An event is appended before the command that follows from it, so a host that commits the pending events
 *    before it carries out a `commitFirst` command keeps the promise about intents.
 */
import type { JsonObject } from '../../base/index.ts';
import type { SettledStatus, StaticResult } from '../types.ts';
import { sendCall, settleCall, startCall, startWait } from './calls.ts';
import {
  completeBlock,
  describeExpressionError,
  startForeach,
  startIf,
  startScope,
  startSwitch,
  startUntil,
} from './containers.ts';
import { computeData } from './data-actions.ts';
import { finishRun } from './finish.ts';
import { startResponse, startTerminate } from './outcomes.ts';
import { startChild, startCode, startUnsupported } from './outside.ts';
import { beginBlock, createActionState, isSettled } from './run.ts';
import { RunScope } from './scope.ts';
import { type Settlement, settleAction } from './settle.ts';
import { endOutOfTime, readTimeLimit, watchTimeLimit } from './time-limits.ts';
import type { ActionState, BlockState, Clock, Command, Outcome, Run } from './types.ts';
import { changeVariables } from './variables.ts';
import { endSubscription, giveUpCallback } from './webhooks.ts';

/** Begins a new run: what waits for nobody becomes ready. */
export function beginRun(run: Run): void {
  if (run.root.open === 0) run.completed.push(run.root);
  beginBlock(run, run.root);
}

/**
 * Carries out what is ready, until nothing is or `budget` actions have begun (a loop over 100,000 items must
 * not hold up other runs). Returns the commands; whether more is left to do, `hasWork` tells.
 */
export function advance(run: Run, clock: Clock, budget = 1000): Command[] {
  for (let left = budget; left > 0 && run.status === 'Running'; left--) {
    const done = run.completed.pop();
    if (done !== undefined) {
      completeBlock(run, done, clock);
      continue;
    }
    const next = run.ready.shift();
    if (next === undefined) break;
    beginAction(run, next.block, next.index, clock);
  }
  const { commands } = run;
  run.commands = [];
  return commands;
}

/** Whether `advance` would do more. */
export function hasWork(run: Run): boolean {
  return run.status === 'Running' && (run.ready.length > 0 || run.completed.length > 0);
}

/** Takes what came back for a key; late answers are dropped. */
export function settle(run: Run, key: string, outcome: Outcome, clock: Clock): void {
  const state = run.open.get(key);
  if (state === undefined || run.status !== 'Running') return;
  const { work } = state.action;
  if (work.kind === 'call') settleCall(run, state, work, outcome, clock);
  else settleAction(run, state, outcome, clock);
}

/**
 * Takes a call of a webhook action's callback URL: the action ends, whether or not the service has answered the
 * subscription. Later calls are dropped. Tells whether it was taken.
 */
export function receiveCallback(run: Run, key: string, outcome: Outcome, clock: Clock): boolean {
  const state = run.open.get(key);
  if (state?.callback === undefined || run.status !== 'Running') return false;
  endSubscription(run, state, outcome, clock, outcome.status === 'TimedOut');
  return true;
}

/** A wait is over: a Wait action ends, a call makes its next attempt. */
export function wake(run: Run, key: string, clock: Clock): void {
  const state = run.open.get(key);
  if (state === undefined || run.status !== 'Running') return;
  if (state.timeoutAt !== undefined && clock.now() >= state.timeoutAt) return endOutOfTime(run, state, clock);
  if (state.wakeAt === undefined) return;
  if (state.callback?.awaiting === true) return giveUpCallback(run, state, clock);
  state.wakeAt = undefined;
  if (state.action.work.kind === 'wait') return settleAction(run, state, { status: 'Succeeded' }, clock);
  state.status = 'Running';
  state.attempt++;
  sendCall(run, state, clock);
}

/** Ends a run at somebody's wish. */
export function cancelRun(run: Run, clock: Clock): void {
  finishRun(run, 'Cancelled', { code: 'RunCancelled', message: 'The run was cancelled.' }, clock);
}

function beginAction(run: Run, block: BlockState, index: number, clock: Clock): void {
  const action = block.block.actions[index];
  if (action === undefined || block.actions[index] !== undefined) return;
  if (run.begun >= run.limits.actions) return finishAtLimit(run, clock);
  const state = createActionState(run, block, action, clock);
  const skip = decideSkip(block, state);
  if (skip !== undefined) return settleAction(run, state, skip, clock);
  const fixed = action.staticResult ?? replace(run, state);
  if (fixed !== undefined) return settleAction(run, state, toSettlement(fixed), clock);
  const scope = new RunScope(run, block, clock);
  try {
    state.timeoutAt = action.timeout && readTimeLimit(state, scope, clock);
    carryOut(run, state, scope, clock);
    if (state.timeoutAt !== undefined) watchTimeLimit(run, state);
  } catch (error) {
    const failure = describeExpressionError(error);
    settleAction(run, state, { status: 'Failed', code: failure.code, error: failure }, clock);
  }
}

function finishAtLimit(run: Run, clock: Clock): void {
  const message = `The run has begun ${run.limits.actions} actions, which is the limit in the settings of runs.`;
  finishRun(run, 'Failed', { code: 'ActionLimitExceeded', message }, clock);
}

/** Actions that only compute, and those that cannot be carried out here, can be replaced by a test. */
const REPLACEABLE: ReadonlySet<string> = new Set([
  'compose',
  'parseJson',
  'select',
  'query',
  'join',
  'table',
  'function',
  'liquid',
  'chunkText',
  'parseDocument',
  'unsupported',
]);

function replace(run: Run, state: ActionState): Outcome | undefined {
  if (run.substitute === undefined || !REPLACEABLE.has(state.action.work.kind)) return undefined;
  return run.substitute(state.action, state.key);
}

function toSettlement(fixed: StaticResult | Outcome): Settlement {
  return { status: fixed.status, code: fixed.error?.code, outputs: fixed.outputs, error: fixed.error };
}

/** An action one of whose predecessors ended in a status it does not wait for is skipped. */
function decideSkip(block: BlockState, state: ActionState): Settlement | undefined {
  for (const edge of state.action.runAfter) {
    const before = block.actions[edge.action];
    if (!isSettled(before) || edge.statuses.includes(before.status)) continue;
    const message =
      `'${state.action.name}' was skipped: it runs after '${before.action.name}' ` +
      `${listStatuses(edge.statuses)}, and that action ${describeStatus(before.status)}.`;
    const code = 'ActionConditionFailed';
    return { status: 'Skipped', code: 'ActionSkipped', error: { code, message } };
  }
  return undefined;
}

function listStatuses(statuses: readonly string[]): string {
  return `has ${statuses.map((status) => describeStatus(status as SettledStatus)).join(' or ')}`;
}

function describeStatus(status: SettledStatus): string {
  return {
    Succeeded: 'succeeded',
    Failed: 'failed',
    Skipped: 'was skipped',
    TimedOut: 'timed out',
    Cancelled: 'was cancelled',
  }[status];
}

function carryOut(run: Run, state: ActionState, scope: RunScope, clock: Clock): void {
  const { work } = state.action;
  switch (work.kind) {
    case 'compose':
    case 'parseJson':
    case 'select':
    case 'query':
    case 'join':
    case 'table':
    case 'function':
    case 'liquid':
    case 'chunkText':
    case 'parseDocument': {
      const { inputs, outputs, error } = computeData(work, scope);
      state.inputs = inputs;
      return settleAction(
        run,
        state,
        error ? { status: 'Failed', code: error.code, outputs, error } : { status: 'Succeeded', outputs },
        clock,
      );
    }
    case 'variable':
      return carryOutVariable(run, state, scope, clock);
    case 'if':
      return startIf(run, state, work, scope, clock);
    case 'switch':
      return startSwitch(run, state, work, scope, clock);
    case 'foreach':
      return startForeach(run, state, work, scope, clock);
    case 'until':
      return startUntil(run, state, work, scope, clock);
    case 'scope':
      return startScope(run, state, work.block, clock);
    case 'response':
      return startResponse(run, state, work.inputs, scope, clock);
    case 'terminate':
      return startTerminate(run, state, work.inputs, scope, clock);
    case 'wait':
      return startWait(run, state, scope, clock);
    case 'call':
      return startCall(run, state, work, scope, clock);
    case 'code':
      return startCode(run, state, work, scope);
    case 'child':
      return startChild(run, state, work, scope, clock);
    case 'unsupported':
      return startUnsupported(run, state, work, scope, clock);
  }
}

function carryOutVariable(run: Run, state: ActionState, scope: RunScope, clock: Clock): void {
  if (state.action.work.kind !== 'variable') return;
  const change = changeVariables(run, state.action.work, scope);
  state.inputs = change.inputs;
  if (change.error)
    return settleAction(
      run,
      state,
      { status: 'Failed', code: change.error.code, error: change.error },
      clock,
    );
  settleAction(run, state, { status: 'Succeeded', outputs: { body: change.inputs } as JsonObject }, clock);
}
