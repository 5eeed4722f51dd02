import type { RunStatus } from '../types.ts';
import { recordSettlement } from './settle.ts';
import type { ActionState, Clock, FlowFailure, Run } from './types.ts';

/** Ends the run: what is still under way is cancelled. */
export function finishRun(run: Run, status: RunStatus, error: FlowFailure | undefined, clock: Clock): void {
  if (run.status !== 'Running') return;
  run.status = status;
  run.error = error;
  run.ready.length = 0;
  run.completed.length = 0;
  for (const state of [...run.open.values()]) cancelAction(run, state, clock);
  run.commands.push({ type: 'finish', status, error });
}

function cancelAction(run: Run, state: ActionState, clock: Clock): void {
  const { kind } = state.action.work;
  if (kind === 'call' || kind === 'wait') run.commands.push({ type: 'abort', key: state.key });
  recordSettlement(run, state, { status: 'Cancelled', code: 'ActionCancelled' }, clock);
}
