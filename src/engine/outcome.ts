import type { Json } from '../base/index.ts';
import type { Outcome } from '../flow/index.ts';
import type { CallOutcome } from '../gateway/index.ts';

/** What the gateway brought back, as the machine takes it. */
export function toOutcome(outcome: CallOutcome, repeatable: boolean): Outcome {
  const outputs = outcome.outputs === undefined ? {} : { outputs: { ...outcome.outputs } as Json };
  const { error } = outcome;
  if (error === undefined) return { status: 'Succeeded', ...outputs };
  return {
    status: error.code === 'ActionTimedOut' ? 'TimedOut' : 'Failed',
    ...outputs,
    code: error.code,
    error: {
      code: error.code,
      message: error.fix === undefined ? error.message : `${error.message} ${error.fix}`,
    },
    retryable: error.retryable && (repeatable || answered(outcome) || !error.sent),
    ...(outcome.retryAfterMs === undefined ? {} : { retryAfterMs: outcome.retryAfterMs }),
  };
}

/**
 * An answer settles the question whether the request arrived. Without one, a request that is not safe to repeat
 * may have been carried out, and sending it again may do it twice.
 */
function answered(outcome: CallOutcome): boolean {
  return outcome.outputs !== undefined;
}

/** What a failure inside the gateway, which should not happen, looks like to a flow. */
export function toCrashOutcome(error: unknown): Outcome {
  const message = error instanceof Error ? error.message : String(error);
  return { status: 'Failed', code: 'InternalServerError', error: { code: 'InternalServerError', message } };
}
