import { Secret } from '../base/index.ts';
import { finishRequest, type HttpRequestPlan, type WireResponse } from '../connector/index.ts';
import { type HttpClient, HttpError, type HttpResponse } from '../http/index.ts';
import { followAccepted, isAccepted } from './async-pattern.ts';
import { CallFailure } from './call-errors.ts';
import { describeHttpError } from './describe-http-error.ts';
import { planLocation, readHost } from './plan-location.ts';

export interface Sending {
  readonly http: HttpClient;
  /** When the whole call has to be over, on the clock of `performance.now()`. */
  readonly deadlineAt: number;
  readonly signal: AbortSignal | undefined;
  /** Wait for work that is only accepted. */
  readonly followAsync: boolean;
  /** Told of each request and what came of it, when somebody wants to look; nothing is measured otherwise. */
  readonly record?: ((plan: HttpRequestPlan, end: ExchangeEnd) => void) | undefined;
}

/** How one request ended. */
export interface ExchangeEnd {
  readonly answer?: HttpResponse;
  readonly error?: unknown;
}

/** An action may wait days for accepted work; no service takes longer than this for one answer. */
const LONGEST_EXCHANGE_MS = 15 * 60_000;

/** Sends a request, and waits for work that was only accepted. @throws HttpError, CallFailure */
export async function sendRequest(plan: HttpRequestPlan, sending: Sending): Promise<WireResponse> {
  return awaitAccepted(await sendOnce(plan, finishRequest(plan), sending), plan, sending);
}

/** The answer itself, or what the work that it only accepted comes to. @throws HttpError, CallFailure */
export async function awaitAccepted(
  answer: WireResponse,
  plan: HttpRequestPlan,
  sending: Sending,
): Promise<WireResponse> {
  if (!sending.followAsync || !isAccepted(answer)) return answer;
  const { url } = finishRequest(plan);
  return followAccepted(answer, {
    service: readHost(plan),
    deadlineAt: sending.deadlineAt,
    signal: sending.signal,
    url,
    method: plan.method,
    get: (location) => askForResult(plan, URL.parse(location, url), sending),
  });
}

/** Asks whether accepted work is done. A question that gets lost is asked again: the work goes on meanwhile. */
async function askForResult(plan: HttpRequestPlan, url: URL | null, sending: Sending): Promise<WireResponse> {
  if (url === null) {
    const message = `${readHost(plan)} accepted the work and names a Location that is not a URL.`;
    throw new CallFailure('InvalidResponse', message);
  }
  const next = planLocation(plan, url);
  try {
    const answer = await sendOnce(next, finishRequest(next), sending);
    return TRANSIENT.has(answer.status) ? { ...answer, status: 202 } : answer;
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    const { code, message, fix, retryable } = describeHttpError(error);
    if (retryable) return STILL_WORKING;
    // Not the question, the work was sent: a repeated try might do it twice.
    throw new CallFailure(code, message, { fix, retryable, sent: true, cause: error });
  }
}

const TRANSIENT = new Set([429, 502, 503, 504]);
const STILL_WORKING: WireResponse = { status: 202, headers: {}, body: new Uint8Array(0) };

async function sendOnce(
  plan: HttpRequestPlan,
  wire: ReturnType<typeof finishRequest>,
  { http, deadlineAt, signal, record }: Sending,
): Promise<WireResponse> {
  const request = {
    ...wire,
    timeoutMs: Math.min(Math.max(1, Math.round(deadlineAt - performance.now())), LONGEST_EXCHANGE_MS),
    credentialHeaders: listCredentialHeaders(plan),
    ...(signal === undefined ? {} : { signal }),
  };
  if (record === undefined) return http.send(request);
  try {
    const answer = await http.send({ ...request, measure: true });
    record(plan, { answer });
    return answer;
  } catch (error) {
    record(plan, { error });
    throw error;
  }
}

/** Every header whose value is secret stays behind when a redirect leaves the host. */
export function listCredentialHeaders(plan: HttpRequestPlan): string[] {
  return plan.headers.filter(({ value }) => value instanceof Secret).map(({ name }) => name);
}
