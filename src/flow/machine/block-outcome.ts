import type { SettledStatus } from '../types.ts';
import { isSettled } from './run.ts';
import type { BlockState, FlowFailure } from './types.ts';

/**
 * How a block ended: by its last actions. One that was skipped counts as what it waited for, so a failure that
 * nobody handled fails the block, and one that a later action handled does not (the service's rule for run
 * status, "evaluate the leaf actions").
 */
export function decideBlockOutcome(block: BlockState): 'Succeeded' | 'Failed' | 'Cancelled' {
  const seen = new Map<number, SettledStatus>();
  const statuses = block.block.leaves.map((leaf) => effectiveStatus(block, leaf, seen));
  if (statuses.some((status) => status === 'Failed' || status === 'TimedOut')) return 'Failed';
  return statuses.includes('Cancelled') ? 'Cancelled' : 'Succeeded';
}

function effectiveStatus(block: BlockState, index: number, seen: Map<number, SettledStatus>): SettledStatus {
  const known = seen.get(index);
  if (known !== undefined) return known;
  const state = block.actions[index];
  let status: SettledStatus = isSettled(state) ? state.status : 'Skipped';
  if (status === 'Skipped') {
    for (const edge of block.block.actions[index]?.runAfter ?? []) {
      const before = effectiveStatus(block, edge.action, seen);
      if (before === 'Failed' || before === 'TimedOut' || before === 'Cancelled') status = before;
    }
  }
  seen.set(index, status);
  return status;
}

/** The error of a container or run one of whose branches ended badly: the first action's that did. */
export function describeBlockFailure(block: BlockState): FlowFailure {
  const failed = block.actions.find((state) => state?.status === 'Failed' || state?.status === 'TimedOut');
  const detail = failed?.error === undefined ? '' : ` '${failed.action.name}': ${failed.error.message}`;
  return { code: 'ActionFailed', message: `An action failed and no later one handled it.${detail}` };
}
