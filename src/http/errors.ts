import { createErrorClass, type ErrorDetails } from '../base/index.ts';
import type { CertificateFacts } from './certificate.ts';

export const HTTP_ERRORS = {
  INVALID_URL: {
    status: 400,
    title: 'The URL cannot be called',
    fix: 'Give an absolute URL that starts with http:// or https:// and holds no user name or password.',
  },
  INVALID_REQUEST: {
    status: 400,
    title: 'The request cannot be written as HTTP',
    fix: 'Check the method, and the headers for line breaks and characters that HTTP does not allow.',
  },
  ADDRESS_NOT_ALLOWED: {
    status: 403,
    title: 'The address belongs to a private or reserved network',
    fix: 'If this host is meant to be called, ask an administrator to add it to the allowed hosts in the settings.',
  },
  DNS_FAILURE: {
    status: 502,
    title: 'The host name has no address',
    fix: 'Check the spelling of the host name, and whether this machine can resolve it.',
  },
  CONNECTION_REFUSED: {
    status: 502,
    title: 'Nothing listens at the address',
    fix: 'Check the host and the port, and that the service is running.',
  },
  UNREACHABLE: {
    status: 502,
    title: 'No way to the address',
    fix: 'Check that this machine has a network route to the host.',
  },
  CONNECTION_RESET: {
    status: 502,
    title: 'The connection was lost',
    fix: 'Try again; if it happens every time, the service, or a proxy before it, closes the connection.',
  },
  TLS_FAILURE: {
    status: 502,
    title: 'No secure connection could be made',
    fix: 'Check that the service has a valid certificate for this host name from an authority that is trusted here.',
  },
  TIMEOUT: {
    status: 504,
    title: 'The time ran out',
    fix: 'Try again, ask the service for less at a time, or allow the call more time.',
  },
  RESPONSE_TOO_LARGE: {
    status: 502,
    title: 'The answer is larger than allowed',
    fix: 'Ask for fewer items at a time, or raise the limit on the size of an answer.',
  },
  TOO_MANY_REDIRECTS: {
    status: 502,
    title: 'The service redirects without end',
    fix: 'Use the address that the service finally answers at.',
  },
  INVALID_RESPONSE: {
    status: 502,
    title: 'The answer is not HTTP',
    fix: 'Check the port, and whether the service expects https:// where the URL says http://, or the reverse.',
  },
  ABORTED: { status: 499, title: 'The call was cancelled' },
  CLIENT_CLOSED: { status: 503, title: 'The HTTP client is closed' },
} as const;

export type HttpErrorCode = keyof typeof HTTP_ERRORS;

/**
 * How far a request had come: `connect` means that not a byte of it has left, so a repeated try cannot do
 * anything twice; from `headers` on the service may have acted on it.
 */
export type HttpPhase = 'connect' | 'headers' | 'body';

const HttpErrorBase = createErrorClass('HttpError', HTTP_ERRORS);

interface HttpErrorDetails extends ErrorDetails {
  readonly reason?: string | undefined;
  readonly certificate?: CertificateFacts | undefined;
}

/** What went wrong with an outgoing call. Messages name the host, never the path, the query or a header. */
export class HttpError extends HttpErrorBase {
  override readonly code: HttpErrorCode;
  readonly phase: HttpPhase;
  /** What the socket, OpenSSL or the parser called it: `CERT_HAS_EXPIRED`. */
  readonly reason: string | undefined;
  /** What the service showed, where that is why there is no secure connection. */
  readonly certificate: CertificateFacts | undefined;

  constructor(code: HttpErrorCode, message: string, phase: HttpPhase, details: HttpErrorDetails = {}) {
    const { reason, certificate, ...others } = details;
    super(code, message, others);
    this.reason = reason;
    this.certificate = certificate;
    this.code = code;
    this.phase = phase;
  }
}
