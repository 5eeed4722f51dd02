import type { JsonObject } from '../base/index.ts';
import {
  type CallExchange,
  type ConnectionValues,
  type CredentialFact,
  type HttpRequestPlan,
  showSent,
} from '../connector/index.ts';
import { HttpError } from '../http/index.ts';
import type { Redactor } from './redact.ts';
import type { ExchangeEnd } from './send-request.ts';
import type { TraceStep } from './types.ts';

/** Collects what the pipeline did, step by step, for people to look at. */
export class Tracer {
  readonly steps: TraceStep[] = [];
  /** Every request that was sent, in order. */
  readonly exchanges: CallExchange[] = [];
  readonly credentials: readonly CredentialFact[];
  readonly #redactor: Redactor;
  #lastAt = performance.now();

  constructor(redactor: Redactor, credentials: readonly CredentialFact[]) {
    this.credentials = credentials;
    this.#redactor = redactor;
  }

  add(step: string, value: JsonObject): void {
    const now = performance.now();
    this.steps.push({ step, durationMs: now - this.#lastAt, value: this.#redactor.json(value) });
    this.#lastAt = now;
  }

  /** Keeps a request as it was sent, and what came of it. */
  record(plan: HttpRequestPlan, values: ConnectionValues, { answer, error }: ExchangeEnd): void {
    const { hops } = answer ?? {};
    const exchange = {
      request: showSent(plan, values),
      ...(answer && { status: answer.status, bytes: answer.body.length, timings: { ...answer.timings } }),
      ...(hops && { hops: hops.map((hop) => ({ ...hop })) }),
      ...(error instanceof HttpError && { failure: describe(error) }),
    };
    this.exchanges.push(this.#redactor.json(exchange as unknown as JsonObject) as unknown as CallExchange);
  }
}

function describe({ code, phase, reason, message, certificate }: HttpError) {
  return {
    code,
    phase,
    message,
    ...(reason === undefined ? {} : { reason }),
    ...(certificate === undefined ? {} : { certificate: { ...certificate } }),
  };
}
