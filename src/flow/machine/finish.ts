import type { RunStatus } from '../types.ts';
import { cancelInner } from './time-limits.ts';
import type { Clock, FlowFailure, Run } from './types.ts';

/** Ends the run: what is still under way is cancelled. */
export function finishRun(run: Run, status: RunStatus, error: FlowFailure | undefined, clock: Clock): void {
  if (run.status !== 'Running') return;
  run.status = status;
  run.error = error;
  run.ready.length = 0;
  run.completed.length = 0;
  for (const state of [...run.open.values()]) cancelInner(run, state, clock);
  run.commands.push({ type: 'finish', status, error });
}
