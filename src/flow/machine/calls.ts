import { isJsonObject } from '../../base/index.ts';
import { unitToMs } from '../duration.ts';
import { decideRetryDelay } from '../retry-policy.ts';
import type { CallWork, CompiledAction } from '../types.ts';
import { appendRetrying, appendStarted } from './events.ts';
import { describeAction } from './records.ts';
import { RunScope } from './scope.ts';
import { settleAction } from './settle.ts';
import type { ActionState, CallCommand, CallTraits, Clock, Outcome, Run } from './types.ts';
import { awaitCallback, endSubscription, openCallback } from './webhooks.ts';

/** Begins a call: its inputs are evaluated once, whatever happens to the attempts. */
export function startCall(run: Run, state: ActionState, work: CallWork, scope: RunScope, clock: Clock): void {
  if (work.callback !== undefined) {
    scope.setCallback(state.key);
    state.callback = openCallback(work.callback, scope, clock);
  }
  state.inputs = work.inputs.evaluate(scope);
  run.open.set(state.key, state);
  sendCall(run, state, clock);
}

/**
 * Asks for the next attempt. An operation that is not safe to repeat has its intent in the journal first; a
 * safe one leaves no trace until it settles, since after a crash it is simply made again.
 */
export function sendCall(run: Run, state: ActionState, clock: Clock): void {
  const { callback } = state;
  const commitFirst = callback !== undefined || !traitsOf(run, state.action).idempotent;
  if (commitFirst) appendStarted(run, state, clock, callback && { deadline: callback.deadline });
  run.commands.push({
    type: 'call',
    key: state.key,
    action: state.action,
    inputs: isJsonObject(state.inputs) ? state.inputs : {},
    attempt: state.attempt,
    commitFirst,
    ...deferUnsubscribe(run, state, clock),
  });
}

function deferUnsubscribe(
  run: Run,
  state: ActionState,
  clock: Clock,
): Pick<CallCommand, 'readUnsubscribe'> | undefined {
  const { work } = state.action;
  const template = work.kind === 'call' ? work.callback?.unsubscribe : undefined;
  if (template === undefined) return undefined;
  return {
    readUnsubscribe: (answer) => {
      const scope = new RunScope(run, state.block, clock);
      scope.setCallback(state.key);
      scope.setAction({ ...describeAction(state), outputs: answer });
      return template.evaluate(scope);
    },
  };
}

/** Takes what came back of an attempt: the action ends, or waits for its next attempt. */
export function settleCall(
  run: Run,
  state: ActionState,
  work: CallWork,
  outcome: Outcome,
  clock: Clock,
): void {
  const delay = outcome.retryable ? decideDelay(run, state, work, outcome, clock) : undefined;
  if (state.callback !== undefined) {
    if (state.callback.awaiting) return;
    if (outcome.status === 'Succeeded') return awaitCallback(run, state, state.callback, clock);
    if (delay === undefined) return endSubscription(run, state, outcome, clock, false);
  }
  if (delay === undefined || outcome.status === 'Succeeded') return settleAction(run, state, outcome, clock);
  state.status = 'Waiting';
  state.wakeAt = clock.now() + delay;
  appendRetrying(run, state, clock, outcome.error);
  run.commands.push({ type: 'wait', key: state.key, until: state.wakeAt });
}

/** Milliseconds before the next attempt; none when the policy has no more, or the action's time is up before it. */
function decideDelay(
  run: Run,
  state: ActionState,
  work: CallWork,
  outcome: Outcome,
  clock: Clock,
): number | undefined {
  const policy = work.retry(new RunScope(run, state.block, clock));
  const delay = decideRetryDelay(policy, state.attempt, () => clock.random(), outcome.retryAfterMs);
  if (delay === undefined || work.timeoutMs === undefined) return delay;
  return clock.now() + delay < state.startedAt + work.timeoutMs ? delay : undefined;
}

/** After a crash: an attempt was under way and nobody knows how it ended. */
export function resumeCall(run: Run, state: ActionState, clock: Clock): void {
  const traits = traitsOf(run, state.action);
  if (state.wakeAt !== undefined) {
    run.commands.push({ type: 'wait', key: state.key, until: state.wakeAt });
    return;
  }
  if (traits.idempotent || traits.keyed) return sendCall(run, state, clock);
  const message =
    `'${state.action.name}' was being sent when the server stopped, and nobody knows whether it was carried out. ` +
    'It was not sent again, because repeating it may do harm.';
  const settlement = {
    status: 'Failed',
    code: 'ActionInterrupted',
    error: { code: 'ActionInterrupted', message },
  } as const;
  if (state.callback === undefined) settleAction(run, state, settlement, clock);
  else endSubscription(run, state, settlement, clock, true);
}

function traitsOf(run: Run, action: CompiledAction): CallTraits {
  return run.traits(action);
}

/** Begins a Wait action: for an interval, or until an instant. */
export function startWait(run: Run, state: ActionState, scope: RunScope, clock: Clock): void {
  if (state.action.work.kind !== 'wait') return;
  state.inputs = state.action.work.inputs.evaluate(scope);
  const until = readWait(state, clock);
  if (until === undefined) {
    const message = `'${state.action.name}' needs "interval" with count and unit, or "until" with a timestamp.`;
    return settleAction(
      run,
      state,
      { status: 'Failed', code: 'BadRequest', error: { code: 'BadRequest', message } },
      clock,
    );
  }
  state.status = 'Waiting';
  state.wakeAt = until;
  run.open.set(state.key, state);
  appendStarted(run, state, clock, { wakeAt: until });
  run.commands.push({ type: 'wait', key: state.key, until });
}

function readWait(state: ActionState, clock: Clock): number | undefined {
  if (!isJsonObject(state.inputs)) return undefined;
  const { interval, until } = state.inputs;
  if (isJsonObject(interval)) return addInterval(clock.now(), Number(interval.count), String(interval.unit));
  const timestamp = isJsonObject(until) ? Date.parse(String(until.timestamp)) : Number.NaN;
  return Number.isNaN(timestamp) ? undefined : timestamp;
}

/** Months have no fixed length: they move the calendar. */
function addInterval(now: number, count: number, unit: string): number | undefined {
  if (!Number.isFinite(count) || count < 0) return undefined;
  if (unit.toLowerCase() !== 'month') {
    const milliseconds = unitToMs(count, unit);
    return milliseconds === undefined ? undefined : now + milliseconds;
  }
  const date = new Date(now);
  date.setUTCMonth(date.getUTCMonth() + count);
  return date.getTime();
}
