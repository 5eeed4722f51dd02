import { PatchbayError } from '../base/index.ts';
import { HttpError } from '../http/index.ts';
import { isDatabaseAway } from '../store/index.ts';
import { type CallErrorCode, CallFailure, createCallError } from './call-errors.ts';
import { describeHttpError } from './describe-http-error.ts';
import { type AnswerContext, describeStatus } from './describe-status.ts';
import type { Redactor } from './redact.ts';
import { readRetryAfter } from './retry-after.ts';
import type { CallError, CallOutcome, CallOutputs } from './types.ts';

/** What an answer means: success, or an error beside the outputs. The answer holds no secrets any more. */
export function concludeAnswer(outputs: CallOutputs, context: () => AnswerContext): CallOutcome {
  const retryAfterMs = readRetryAfter(outputs.headers, Date.now());
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (isSuccess(outputs.statusCode)) return { ok: true, outputs, ...wait };
  return { ok: false, outputs, error: describeStatus(outputs, context()), ...wait };
}

/** 304 answers a conditional request as it wished. */
export function isSuccess(status: number): boolean {
  return (status >= 200 && status < 300) || status === 304;
}

const CONNECTOR_CODES: Readonly<Record<string, CallErrorCode>> = {
  CONNECTOR_INVALID_INPUTS: 'InvalidInputs',
  CONNECTOR_INVALID_URL: 'InvalidUrl',
  CONNECTOR_INVALID_RESPONSE: 'InvalidResponse',
  CONNECTOR_INVALID_POLICY: 'ConnectorInvalid',
  OAUTH_VALUE_MISSING: 'ConnectionBroken',
  OAUTH_INVALID_URL: 'InvalidUrl',
  OAUTH_NOT_SET_UP: 'OAuthNotSetUp',
  OAUTH_NOT_POSSIBLE: 'ConnectorInvalid',
};

/**
 * The error of a call that was given up. What is not meant for people, a mistake of ours, is thrown on.
 */
export function describeFailedCall(error: unknown, redactor: Redactor): CallError {
  const described = describeThrown(error);
  if (described === undefined) throw error;
  return { ...described, message: redactor.text(described.message) };
}

function describeThrown(error: unknown): CallError | undefined {
  if (error instanceof CallFailure) return error.error;
  if (error instanceof HttpError) return describeHttpError(error);
  if (isDatabaseAway(error)) return createCallError('StoreUnavailable', 'The database was away.');
  if (!(error instanceof PatchbayError)) return undefined;
  const code = CONNECTOR_CODES[error.code];
  if (code === undefined) return undefined;
  return createCallError(code, error.message, error.fix === undefined ? {} : { fix: error.fix });
}
