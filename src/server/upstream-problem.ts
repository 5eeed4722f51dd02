import { PatchbayError } from '../base/index.ts';
import type { CallError, CallErrorCode, CallOutcome } from '../gateway/index.ts';
import { SERVER_ERRORS } from './errors.ts';

/** Failures that are the caller's to mend keep a status that says so; all others are the upstream's. */
const STATUSES: Partial<Record<CallErrorCode, number>> = {
  InvalidInputs: 400,
  InvalidUrl: 400,
  InputsIncomplete: 400,
  InputKnownAtRunTime: 400,
  NothingDynamic: 404,
  AddressNotAllowed: 403,
  ConnectionNotFound: 404,
  ConnectorVersionNotFound: 404,
  OperationNotFound: 404,
  ConnectionBroken: 409,
  UnsupportedAuthentication: 422,
  ActionCancelled: 499,
  ActionTimedOut: 504,
};

const NO_ANSWER: Pick<CallError, 'code' | 'message'> & { fix?: string } = {
  code: 'InvalidResponse',
  message: 'The call brought no answer.',
};

/** Answers for a call that failed: the gateway's words, with what the upstream said beside them. */
export function throwUpstreamProblem({ error, outputs, retryAfterMs }: CallOutcome): never {
  const upstream = outputs && {
    statusCode: outputs.statusCode,
    headers: outputs.headers,
    body: outputs.body,
  };
  const { code, message, fix } = error ?? NO_ANSWER;
  // The gateway's code is the one programs match by.
  throw new PatchbayError(code, SERVER_ERRORS.UPSTREAM_FAILED, message, {
    status: STATUSES[code] ?? 502,
    fix,
    extra: { ...(upstream ? { upstream } : {}), ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
  });
}
