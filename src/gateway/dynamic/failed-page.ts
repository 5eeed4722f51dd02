import { createCallError } from '../call-errors.ts';
import type { CallError, CallOutcome } from '../types.ts';

/** A call on somebody's behalf that failed, with what the service said. */
export class FailedPage extends Error {
  readonly callError: CallError;
  readonly outcome: CallOutcome;

  constructor(outcome: CallOutcome) {
    const callError = outcome.error ?? createCallError('InvalidResponse', 'The call brought no answer.');
    super(callError.message);
    this.callError = callError;
    this.outcome = outcome;
  }
}
