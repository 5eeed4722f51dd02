import type { CompiledOperation, HttpRequestPlan, WireResponse } from '../../connector/index.ts';
import { type Sending, sendRequest } from '../send-request.ts';
import type { OperationCall } from '../types.ts';
import { sendInChunks } from './send-in-chunks.ts';

/** Sends the request of a call and brings back what was answered in the end. */
export type SendExchange = (plan: HttpRequestPlan, sending: Sending) => Promise<WireResponse>;

/** A call may bring its own way, when its bytes are not to be held. */
export interface ExchangingCall extends OperationCall {
  readonly exchange?: SendExchange;
}

/** From here on a body is sent in pieces to an operation that takes them: a piece's usual size. */
export const WORTH_CHUNKS_BYTES = 50 * 1024 * 1024;

/** How the request of a call is sent: at once, or in pieces where that is asked for or the operation can and it is large. */
export function chooseExchange(
  call: ExchangingCall,
  operation: Pick<CompiledOperation, 'extensions'>,
  { body }: HttpRequestPlan,
): SendExchange {
  if (call.exchange !== undefined) return call.exchange;
  if (call.transferMode === 'chunked') return sendInChunks;
  const isLarge = body?.kind === 'binary' && body.bytes.length > WORTH_CHUNKS_BYTES;
  return isLarge && operation.extensions.chunkTransfer ? sendInChunks : sendRequest;
}
