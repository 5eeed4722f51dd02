import { Secret } from '../base/index.ts';
import { finishRequest, type HttpRequestPlan, type WireResponse } from '../connector/index.ts';
import type { HttpClient } from '../http/index.ts';
import { followAccepted, isAccepted } from './async-pattern.ts';
import { CallFailure } from './call-errors.ts';
import { planLocation, readHost } from './plan-location.ts';

export interface Sending {
  readonly http: HttpClient;
  /** When the whole call has to be over, on the clock of `performance.now()`. */
  readonly deadlineAt: number;
  readonly signal: AbortSignal | undefined;
  /** Wait for work that is only accepted. */
  readonly followAsync: boolean;
}

/** Sends a request, and waits for work that was only accepted. @throws HttpError, CallFailure */
export async function sendRequest(plan: HttpRequestPlan, sending: Sending): Promise<WireResponse> {
  const wire = finishRequest(plan);
  const answer = await sendOnce(plan, wire, sending);
  if (!sending.followAsync || !isAccepted(answer)) return answer;
  return followAccepted(answer, {
    service: readHost(plan),
    deadlineAt: sending.deadlineAt,
    signal: sending.signal,
    get: async (location) => {
      const url = URL.parse(location, wire.url);
      if (url === null) {
        const message = `${readHost(plan)} accepted the work and names a Location that is not a URL.`;
        throw new CallFailure('InvalidResponse', message);
      }
      const next = planLocation(plan, url);
      return sendOnce(next, finishRequest(next), sending);
    },
  });
}

function sendOnce(
  plan: HttpRequestPlan,
  wire: ReturnType<typeof finishRequest>,
  { http, deadlineAt, signal }: Sending,
): Promise<WireResponse> {
  return http.send({
    ...wire,
    timeoutMs: Math.max(1, Math.round(deadlineAt - performance.now())),
    credentialHeaders: listCredentialHeaders(plan),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** Every header whose value is secret stays behind when a redirect leaves the host. */
function listCredentialHeaders(plan: HttpRequestPlan): string[] {
  return plan.headers.filter(({ value }) => value instanceof Secret).map(({ name }) => name);
}
