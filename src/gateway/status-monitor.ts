import { isJsonObject, type Json, parseJson } from '../base/index.ts';
import type { WireResponse } from '../connector/index.ts';
import { CallFailure } from './call-errors.ts';
import { quoteUpstream } from './quote-upstream.ts';

/** Where a service says how the work is going, best first (Azure's long-running operations, both generations). */
const MONITORS = ['azure-asyncoperation', 'operation-location'];

/** The address that tells how accepted work is going, when the answer names one. */
export function findMonitor({ status, headers }: WireResponse): string | undefined {
  for (const name of MONITORS) {
    const value = headers[name];
    if (typeof value !== 'string') continue;
    // A resource that is still being made is answered with 200 or 201.
    if (status === 202 || (name === 'azure-asyncoperation' && (status === 200 || status === 201)))
      return value;
  }
  return undefined;
}

/** What a monitor tells: not done yet, or done and where the result is, if anywhere else. */
export type Progress = { readonly done: false } | { readonly done: true; readonly resultAt?: string };

const FAILED = new Set(['failed', 'canceled', 'cancelled', 'error', 'rejected']);
const SUCCEEDED = new Set([
  'succeeded',
  'completed',
  'partiallysucceeded',
  'partiallycompleted',
  'done',
  'ready',
]);

/**
 * Reads what a monitor answers. Without a `status` in it, the status of HTTP counts: 202 is not done.
 *
 * @throws CallFailure AcceptedWorkFailed, with what the service says
 */
export function readProgress(answer: WireResponse, service: string): Progress {
  if (answer.status === 202) return { done: false };
  const body = readBody(answer);
  const written = isJsonObject(body) ? (body['status'] ?? body['provisioningState']) : undefined;
  if (answer.status >= 300 || !isJsonObject(body) || typeof written !== 'string') return { done: true };
  const status = written.toLowerCase();
  if (FAILED.has(status)) {
    const quote = quoteUpstream(body['error'] ?? body['errors'] ?? null);
    const says = quote === undefined ? '' : ` It says: “${quote}”`;
    const message = `${service} accepted the work, and it ended as ${written}.${says}`;
    throw new CallFailure('AcceptedWorkFailed', message);
  }
  if (!SUCCEEDED.has(status)) return { done: false };
  const { resourceLocation } = body;
  return typeof resourceLocation === 'string' ? { done: true, resultAt: resourceLocation } : { done: true };
}

function readBody({ body }: WireResponse): Json {
  try {
    return parseJson(new TextDecoder().decode(body));
  } catch {
    return null;
  }
}
