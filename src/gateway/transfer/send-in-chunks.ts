import { finishRequest, type HttpRequestPlan, type WireResponse } from '../../connector/index.ts';
import { type Sending, sendRequest } from '../send-request.ts';
import { takeInChunks } from './take-in-chunks.ts';
import { uploadChunks } from './upload-chunks.ts';

/**
 * Sends a request in the way of a flow's action with `contentTransfer`: a body of a POST, PUT or PATCH goes in pieces; the
 * pieces of an answer to a GET are put together.
 *
 * @throws HttpError, CallFailure
 */
export async function sendInChunks(plan: HttpRequestPlan, sending: Sending): Promise<WireResponse> {
  if (plan.method === 'GET') return takeInChunks(plan, sending);
  const { body } = finishRequest(plan);
  if (body === undefined || body.length === 0) return sendRequest(plan, sending);
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  return uploadChunks(plan, sending, { lengthBytes: bytes.length, content: once(bytes) });
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}
