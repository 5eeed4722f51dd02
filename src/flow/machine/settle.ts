import type { Json, JsonObject } from '../../base/index.ts';
import type { SettledStatus } from '../types.ts';
import { appendSettled } from './events.ts';
import { describeAction } from './records.ts';
import { isSettled } from './run.ts';
import { RunScope } from './scope.ts';
import type { ActionState, BlockState, Clock, FlowFailure, Run } from './types.ts';

/** How an action ended, decided. */
export interface Settlement {
  readonly status: SettledStatus;
  readonly code?: string | undefined;
  readonly outputs?: Json | undefined;
  readonly error?: FlowFailure | undefined;
}

/** Ends an action, makes ready what waited for it, and notes its block as completed when it was the last. */
export function settleAction(run: Run, state: ActionState, settlement: Settlement, clock: Clock): void {
  recordSettlement(run, state, settlement, clock);
  const { block } = state;
  for (const successor of state.action.successors) {
    if (isReady(block, successor)) run.ready.push({ block, index: successor });
  }
  if (block.open === 0) run.completed.push(block);
}

/** Ends an action without looking at what follows. */
export function recordSettlement(run: Run, state: ActionState, settlement: Settlement, clock: Clock): void {
  state.status = settlement.status;
  state.code = settlement.code;
  state.outputs = settlement.outputs;
  state.error = settlement.error;
  state.endedAt = clock.now();
  state.wakeAt = undefined;
  if (state.timeoutAt !== undefined) run.commands.push({ type: 'abort', key: state.key });
  run.open.delete(state.key);
  state.block.open--;
  appendSettled(run, state, state.action.tracked && track(run, state, clock));
}

/** The tracked properties of an action that has ended. Secret ones, and such that cannot be evaluated, are left out. */
function track(run: Run, state: ActionState, clock: Clock): JsonObject | undefined {
  const { tracked, secureInputs, secureOutputs } = state.action;
  if (tracked === undefined || secureInputs || secureOutputs || state.status === 'Skipped') return undefined;
  const scope = new RunScope(run, state.block, clock);
  scope.setAction(describeAction(state));
  try {
    return { tracked: tracked.evaluate(scope) };
  } catch {
    return undefined;
  }
}

/** All that the action waits for has settled, whatever the statuses. */
export function isReady(block: BlockState, index: number): boolean {
  const action = block.block.actions[index];
  return action?.runAfter.every((edge) => isSettled(block.actions[edge.action])) ?? false;
}
