import type { HttpError, HttpErrorCode } from '../http/index.ts';
import { type CallErrorCode, createCallError } from './call-errors.ts';
import type { CallError } from './types.ts';

const CODES: Readonly<Record<HttpErrorCode, CallErrorCode>> = {
  INVALID_URL: 'InvalidUrl',
  INVALID_REQUEST: 'InvalidInputs',
  ADDRESS_NOT_ALLOWED: 'AddressNotAllowed',
  DNS_FAILURE: 'DnsFailure',
  CONNECTION_REFUSED: 'ConnectionRefused',
  UNREACHABLE: 'ConnectionRefused',
  CONNECTION_RESET: 'ConnectionLost',
  TLS_FAILURE: 'TlsFailure',
  TIMEOUT: 'ActionTimedOut',
  RESPONSE_TOO_LARGE: 'ResponseTooLarge',
  TOO_MANY_REDIRECTS: 'TooManyRedirects',
  INVALID_RESPONSE: 'InvalidResponse',
  ABORTED: 'ActionCancelled',
  CLIENT_CLOSED: 'ServiceUnavailable',
};

/** The error of a call that got no answer. */
export function describeHttpError(error: HttpError): CallError {
  return createCallError(CODES[error.code], error.message, {
    sent: error.phase !== 'connect',
    ...(error.fix === undefined ? {} : { fix: error.fix }),
  });
}
