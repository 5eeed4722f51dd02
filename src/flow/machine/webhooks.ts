/**
 * Webhook actions: a call that subscribes, and a wait for the call that comes back.
 *
 * Invariants
 * 1. The subscription's intent is on record before it is sent, whatever its method: a callback may come before the
 *    answer, and must find the action.
 * 2. The first callback ends the action, whether or not the subscription has been answered.
 * 3. Whatever ends the action releases its callback URL after that end is on record.
 */

import { parseDurationMs } from '../duration.ts';
import { FlowError } from '../errors.ts';
import type { CallbackWork } from '../types.ts';
import { appendWaiting } from './events.ts';
import type { RunScope } from './scope.ts';
import { type Settlement, settleAction } from './settle.ts';
import type { ActionState, CallbackState, Clock, Run } from './types.ts';

/** Decides until when a callback is waited for. Throws what an expression throws. */
export function openCallback(work: CallbackWork, scope: RunScope, clock: Clock): CallbackState {
  const timeout = work.timeout.evaluate(scope);
  const timeoutMs = typeof timeout === 'string' ? parseDurationMs(timeout) : undefined;
  if (timeoutMs === undefined) {
    const message = `"limit.timeout" is ${JSON.stringify(timeout)}; an ISO 8601 duration such as PT1H is needed.`;
    throw new FlowError('FLOW_INVALID', message);
  }
  return { deadline: clock.now() + timeoutMs, awaiting: false };
}

/** The service has accepted the subscription: from here on only the callback and the deadline count. */
export function awaitCallback(run: Run, state: ActionState, callback: CallbackState, clock: Clock): void {
  callback.awaiting = true;
  state.status = 'Waiting';
  state.wakeAt = callback.deadline;
  appendWaiting(run, state, clock, callback.deadline);
  run.commands.push({ type: 'wait', key: state.key, until: callback.deadline });
}

/** Nobody called back in time. */
export function giveUpCallback(run: Run, state: ActionState, clock: Clock): void {
  const message = `'${state.action.name}' waited for a callback, and none came in time.`;
  const code = 'ActionTimedOut';
  endSubscription(run, state, { status: 'TimedOut', code, error: { code, message } }, clock, true);
}

/** Ends a webhook action; nothing is waited for any more. */
export function endSubscription(
  run: Run,
  state: ActionState,
  settlement: Settlement,
  clock: Clock,
  unsubscribe: boolean,
): void {
  if (state.wakeAt !== undefined) run.commands.push({ type: 'abort', key: state.key });
  run.commands.push({ type: 'release', key: state.key, unsubscribe });
  settleAction(run, state, settlement, clock);
}
