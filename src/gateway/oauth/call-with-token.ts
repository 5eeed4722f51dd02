import type { AuthenticationMethod, CredentialRule } from '../../connector/index.ts';
import { CallFailure } from '../call-errors.ts';
import type { OpenConnection } from '../connection-cache.ts';
import type { CallOutcome, OperationCall } from '../types.ts';
import type { TokenAccess } from './token-access.ts';

export interface TokenCall {
  readonly base: OpenConnection;
  readonly method: AuthenticationMethod;
  readonly rule: Extract<CredentialRule, { type: 'oauth2' }>;
  readonly call: OperationCall;
}

const DEFAULT_TIMEOUT_MS = 120_000;

/**
 * Sends a call with the connection's access token. An API that refuses the token is called once more with the next
 * one: it has not acted on the first.
 */
export async function callWithToken(
  tokens: Pick<TokenAccess, keyof TokenAccess>,
  { base, method, rule, call }: TokenCall,
  send: (connection: OpenConnection) => Promise<CallOutcome>,
): Promise<CallOutcome> {
  const opened = tokens.peek(base, method, rule) ?? (await waitFor(tokens.open(base, method, rule), call));
  const first = await send(opened);
  if (first.outputs?.statusCode !== 401) return first;
  const { connection, outcome } = await waitFor(
    tokens.renewRefused(base, method, rule, { opened, outcome: first }),
    call,
  );
  // A body that was streamed is gone; the next call goes out with the new token.
  if (connection === undefined || 'exchange' in call) return outcome;
  const second = await send(connection);
  if (second.outputs?.statusCode === 401) tokens.noteRefusedAgain(base.id);
  return second;
}

/** Others may wait longer for the same token. @throws CallFailure ActionTimedOut, ActionCancelled */
async function waitFor<Result>(
  work: Promise<Result>,
  { timeoutMs = DEFAULT_TIMEOUT_MS, signal }: OperationCall,
): Promise<Result> {
  const given = Promise.withResolvers<never>();
  const cancel = () =>
    given.reject(
      new CallFailure('ActionCancelled', 'The call was cancelled while it waited for an access token.'),
    );
  const late = () =>
    given.reject(
      new CallFailure('ActionTimedOut', 'No access token came within the time of the call.', { sent: false }),
    );
  const timer = setTimeout(late, timeoutMs);
  signal?.addEventListener('abort', cancel, { once: true });
  if (signal?.aborted === true) cancel();
  try {
    return await Promise.race([work, given.promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}
