import { setTimeout as wait } from 'node:timers/promises';
import type { HttpRequestPlan, WireResponse } from '../../connector/index.ts';
import { HttpError } from '../../http/index.ts';
import { CallFailure } from '../call-errors.ts';
import { describeHttpError } from '../describe-http-error.ts';
import { readHost } from '../plan-location.ts';
import { readWait } from '../retry-after.ts';
import { type Sending, sendRequest } from '../send-request.ts';

const TRIES = 4;
const FIRST_WAIT_MS = 500;
const TRANSIENT = new Set([408, 429, 500, 502, 503, 504]);

/**
 * Sends one piece of a transfer. A piece names its place, so that it may be sent again when it gets lost or the
 * service is busy: up to four times.
 */
export async function sendPatiently(
  plan: HttpRequestPlan,
  sending: Sending,
  followAsync: boolean,
): Promise<WireResponse> {
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt === TRIES;
    let waitMs = FIRST_WAIT_MS * 2 ** (attempt - 1);
    try {
      const answer = await sendRequest(plan, { ...sending, followAsync: followAsync && sending.followAsync });
      if (isLast || !TRANSIENT.has(answer.status)) return answer;
      waitMs = readWait(answer, Date.now()) ?? waitMs;
    } catch (error) {
      if (isLast || !(error instanceof HttpError) || !describeHttpError(error).retryable) throw error;
    }
    if (performance.now() + waitMs >= sending.deadlineAt) {
      throw new CallFailure(
        'ActionTimedOut',
        `${readHost(plan)} was busy until the time for the transfer ran out.`,
      );
    }
    await wait(waitMs, undefined, sending.signal === undefined ? {} : { signal: sending.signal }).catch(
      () => {
        throw new CallFailure('ActionCancelled', `The transfer to ${readHost(plan)} was cancelled.`);
      },
    );
  }
}
