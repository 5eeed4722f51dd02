/**
 * `limit.timeout` of actions that contain others or wait: when the time is up they end as TimedOut, and what is under
 * way inside them is cancelled. Calls and webhook actions keep their own time; an Until looks at it between turns.
 */
import { parseDurationMs } from '../duration.ts';
import { FlowError } from '../errors.ts';
import type { RunScope } from './scope.ts';
import { recordSettlement, settleAction } from './settle.ts';
import type { ActionState, BlockState, Clock, Run } from './types.ts';

const KEEPS_OWN_TIME = new Set(['call', 'until', 'wait']);

/**
 * When an action's time is up, in epoch milliseconds; `undefined` without a limit or where the action keeps it itself.
 *
 * @throws FlowError when the limit is no duration; what an expression throws
 */
export function readTimeLimit(state: ActionState, scope: RunScope, clock: Clock): number | undefined {
  const { timeout, work } = state.action;
  if (timeout === undefined || KEEPS_OWN_TIME.has(work.kind)) return undefined;
  const text = timeout.evaluate(scope);
  const timeoutMs = typeof text === 'string' ? parseDurationMs(text) : undefined;
  if (timeoutMs === undefined) {
    const message = `"limit.timeout" is ${JSON.stringify(text)}; an ISO 8601 duration such as PT1H is needed.`;
    throw new FlowError('FLOW_INVALID', message);
  }
  return clock.now() + timeoutMs;
}

/** Asks to be woken when the time is up, if the action is still under way. */
export function watchTimeLimit(run: Run, state: ActionState): void {
  if (state.timeoutAt === undefined || !run.open.has(state.key)) return;
  run.commands.push({ type: 'wait', key: state.key, until: state.timeoutAt });
}

/** The time is up: ends the action, and everything inside it. */
export function endOutOfTime(run: Run, state: ActionState, clock: Clock): void {
  for (const inner of [...run.open.values()]) {
    if (inner !== state && isInside(inner.block, state)) cancelInner(run, inner, clock);
  }
  dropInside(run.ready, (entry) => isInside(entry.block, state));
  dropInside(run.completed, (block) => isInside(block, state));
  const message = `'${state.action.name}' did not end within its time limit.`;
  const code = 'ActionTimedOut';
  if (state.action.work.kind === 'code' || state.action.work.kind === 'child') {
    run.commands.push({ type: 'abort', key: state.key });
  }
  if (state.action.work.kind === 'child') run.commands.push({ type: 'abandon', key: state.key });
  state.timeoutAt = undefined;
  settleAction(run, state, { status: 'TimedOut', code, error: { code, message } }, clock);
}

/** Ends one action that is under way, without looking at what follows. */
export function cancelInner(run: Run, state: ActionState, clock: Clock): void {
  const { kind } = state.action.work;
  if (kind === 'call' || kind === 'wait' || kind === 'code' || kind === 'child') {
    run.commands.push({ type: 'abort', key: state.key });
  }
  if (kind === 'child') run.commands.push({ type: 'abandon', key: state.key });
  if (state.callback !== undefined) run.commands.push({ type: 'release', key: state.key, unsubscribe: true });
  recordSettlement(run, state, { status: 'Cancelled', code: 'ActionCancelled' }, clock);
}

function isInside(block: BlockState, container: ActionState): boolean {
  for (let owner = block.owner; owner !== undefined; owner = owner.block.owner) {
    if (owner === container) return true;
  }
  return false;
}

function dropInside<Item>(items: Item[], inside: (item: Item) => boolean): void {
  const kept = items.filter((item) => !inside(item));
  items.length = 0;
  for (const item of kept) items.push(item);
}
