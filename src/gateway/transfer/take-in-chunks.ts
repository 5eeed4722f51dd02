import { type HttpRequestPlan, setHeader, type WireResponse } from '../../connector/index.ts';
import { CallFailure } from '../call-errors.ts';
import { readHost } from '../plan-location.ts';
import { type Sending, sendRequest } from '../send-request.ts';
import { sendPatiently } from './send-patiently.ts';

/** A download of Logic Apps takes no more requests than this. */
const MOST_REQUESTS = 1_000;
const MOST_BYTES = 1024 * 1024 * 1024;

/**
 * Gets what a service gives in pieces: as long as it answers with 206, the next range is asked for, and all are put
 * together into one answer of status 200. An answer of another status is passed on as it is.
 *
 * @throws CallFailure InvalidResponse when the pieces do not fit each other, ResponseTooLarge beyond 1 GiB
 */
export async function takeInChunks(plan: HttpRequestPlan, sending: Sending): Promise<WireResponse> {
  const first = await sendRequest(plan, sending);
  const range = readRange(first);
  // Who asked for a range wants that one.
  if (range === undefined || plan.headers.some(({ name }) => name.toLowerCase() === 'range')) return first;
  const { total, from } = range;
  if (from !== 0) throw misfit(plan, 'does not begin with the first byte');
  if (total > MOST_BYTES) {
    throw new CallFailure(
      'ResponseTooLarge',
      `${readHost(plan)} offers ${total} bytes in pieces; at most 1 GiB is taken.`,
    );
  }
  const pieces: Uint8Array[] = [first.body];
  let received = first.body.length;
  for (let requests = 1; received < total; requests++) {
    if (requests >= MOST_REQUESTS) throw misfit(plan, `has not ended after ${requests} pieces`);
    const answer = await sendPatiently(planRange(plan, received, first), sending, false);
    const next = readRange(answer);
    if (next === undefined)
      throw misfit(plan, `is not gone on with (${answer.status}): it changed meanwhile`);
    if (next.from !== received || next.total !== total || answer.body.length === 0) {
      throw misfit(plan, 'comes with a range that was not asked for');
    }
    pieces.push(answer.body);
    received += answer.body.length;
  }
  const { 'content-range': _range, ...headers } = first.headers;
  return {
    status: 200,
    headers: { ...headers, 'content-length': String(received) },
    body: Buffer.concat(pieces),
  };
}

/** The rest of the same thing: an entity tag keeps pieces of two versions apart (RFC 9110, section 13.1.5). */
function planRange(plan: HttpRequestPlan, from: number, { headers }: WireResponse): HttpRequestPlan {
  const next = setHeader(plan, 'Range', `bytes=${from}-`);
  const tag = headers['etag'];
  return typeof tag === 'string' && tag.startsWith('"') ? setHeader(next, 'If-Range', tag) : next;
}

/** `Content-Range: bytes 0-1023/10100` */
function readRange({ status, headers }: WireResponse): { from: number; total: number } | undefined {
  if (status !== 206) return undefined;
  const match = /^bytes (\d+)-\d+\/(\d+)$/.exec(String(headers['content-range'] ?? ''));
  return match === null ? undefined : { from: Number(match[1]), total: Number(match[2]) };
}

function misfit(plan: HttpRequestPlan, what: string): CallFailure {
  return new CallFailure('InvalidResponse', `What ${readHost(plan)} gives in pieces ${what}.`);
}
