import type { Json } from '../../base/index.ts';
import type { SettledStatus } from '../types.ts';
import { appendSettled } from './events.ts';
import { isSettled } from './run.ts';
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
  run.open.delete(state.key);
  state.block.open--;
  appendSettled(run, state);
}

/** All that the action waits for has settled, whatever the statuses. */
export function isReady(block: BlockState, index: number): boolean {
  const action = block.block.actions[index];
  return action?.runAfter.every((edge) => isSettled(block.actions[edge.action])) ?? false;
}
