import { findCertificate } from './certificate.ts';
import { HttpError, type HttpErrorCode, type HttpPhase } from './errors.ts';

/** What a failure was about; the host is all of the URL that may be named. */
export interface FailureContext {
  readonly host: string;
  readonly phase: HttpPhase;
}

/** Turns what undici, Node's sockets or OpenSSL threw into an HttpError that names the likely cause. */
export function describeFailure(error: unknown, context: FailureContext): HttpError {
  if (error instanceof HttpError) return error;
  const code = readCode(error);
  const known = NETWORK[code] ?? readTlsFailure(code) ?? readParserFailure(error);
  if (known === undefined) return describeUnknown(error, code, context);
  const phase = known.code === 'CONNECTION_RESET' ? context.phase : (known.phase ?? context.phase);
  return new HttpError(known.code, known.sentence(context.host, phase), phase, {
    cause: error,
    reason: code === '' ? undefined : code,
    certificate: known.code === 'TLS_FAILURE' ? findCertificate(error) : undefined,
    ...(known.fix === undefined ? {} : { fix: known.fix }),
  });
}

interface Failure {
  readonly code: HttpErrorCode;
  readonly phase?: HttpPhase;
  readonly sentence: (host: string, phase: HttpPhase) => string;
  readonly fix?: string;
}

const reset: Failure = {
  code: 'CONNECTION_RESET',
  sentence: (host, phase) => `${host} closed the connection ${PHASE_WORDS[phase]}.`,
};

const PHASE_WORDS: Readonly<Record<HttpPhase, string>> = {
  connect: 'before the request was sent',
  headers: 'before it answered',
  body: 'in the middle of its answer',
};

const dns: Failure = {
  code: 'DNS_FAILURE',
  phase: 'connect',
  sentence: (host) => `The host name ${host} could not be resolved.`,
};

const unreachable: Failure = {
  code: 'UNREACHABLE',
  phase: 'connect',
  sentence: (host) => `There is no network route to ${host}.`,
};

const connectTimeout: Failure = {
  code: 'TIMEOUT',
  phase: 'connect',
  sentence: (host) => `No connection to ${host} could be opened in time.`,
  fix: 'Check the host and the port, and whether a firewall drops the packets.',
};

const NETWORK: Readonly<Record<string, Failure>> = {
  ECONNREFUSED: {
    code: 'CONNECTION_REFUSED',
    phase: 'connect',
    sentence: (host) => `${host} refused the connection: nothing listens there.`,
  },
  ECONNRESET: reset,
  EPIPE: reset,
  ECONNABORTED: reset,
  UND_ERR_SOCKET: reset,
  ENOTFOUND: dns,
  EAI_AGAIN: {
    ...dns,
    fix: 'The name server did not answer: try again, and check the network of this machine.',
  },
  EAI_FAIL: dns,
  ENODATA: dns,
  ESERVFAIL: dns,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  EADDRNOTAVAIL: unreachable,
  ETIMEDOUT: connectTimeout,
  UND_ERR_CONNECT_TIMEOUT: connectTimeout,
  UND_ERR_HEADERS_TIMEOUT: {
    code: 'TIMEOUT',
    phase: 'headers',
    sentence: (host) => `${host} accepted the request and did not answer in time.`,
  },
  UND_ERR_BODY_TIMEOUT: {
    code: 'TIMEOUT',
    phase: 'body',
    sentence: (host) => `${host} stopped sending in the middle of its answer.`,
  },
  UND_ERR_HEADERS_OVERFLOW: {
    code: 'RESPONSE_TOO_LARGE',
    phase: 'headers',
    sentence: (host) => `${host} answered with more headers than are accepted.`,
    fix: 'Ask the service for fewer or smaller headers.',
  },
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: {
    code: 'INVALID_RESPONSE',
    phase: 'body',
    sentence: (host) => `${host} sent more or less than the Content-Length of its answer says.`,
  },
  UND_ERR_INVALID_ARG: {
    code: 'INVALID_REQUEST',
    phase: 'connect',
    sentence: (host) => `The request to ${host} has a method, a header or a path that HTTP does not allow.`,
  },
  UND_ERR_NOT_SUPPORTED: {
    code: 'INVALID_REQUEST',
    phase: 'connect',
    sentence: (host) => `The request to ${host} has a header that is not supported.`,
  },
  UND_ERR_REQ_CONTENT_LENGTH_MISMATCH: {
    code: 'INVALID_REQUEST',
    phase: 'connect',
    sentence: (host) => `The Content-Length header of the request to ${host} is not the length of its body.`,
    fix: 'Leave the Content-Length header out: it is set from the body.',
  },
  UND_ERR_CLOSED: { code: 'CLIENT_CLOSED', phase: 'connect', sentence: () => 'The HTTP client is closed.' },
  UND_ERR_DESTROYED: {
    code: 'CLIENT_CLOSED',
    phase: 'connect',
    sentence: () => 'The HTTP client is closed.',
  },
};

const CERTIFICATES: Readonly<Record<string, { readonly says: string; readonly fix?: string }>> = {
  CERT_HAS_EXPIRED: { says: 'its certificate has expired', fix: 'The service must renew its certificate.' },
  CERT_NOT_YET_VALID: {
    says: 'its certificate is not valid yet',
    fix: 'Check the clock of this machine; otherwise the service must correct its certificate.',
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: { says: 'its certificate is self-signed' },
  SELF_SIGNED_CERT_IN_CHAIN: { says: 'its certificate comes from an authority that is not trusted here' },
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: {
    says: 'its certificate comes without the intermediate certificates that prove it',
    fix: 'The service must send its whole certificate chain, or the authority must be trusted here.',
  },
  UNABLE_TO_GET_ISSUER_CERT: { says: 'its certificate comes from an authority that is not known here' },
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: {
    says: 'its certificate comes from an authority that is not trusted here',
  },
  CERT_REVOKED: { says: 'its certificate was revoked' },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    says: 'its certificate is for another host name',
    fix: 'Call the service by a host name that its certificate names.',
  },
  ERR_SSL_WRONG_VERSION_NUMBER: {
    says: 'it does not speak TLS at this port',
    fix: 'Check the port, and whether the service is meant to be called with http://.',
  },
};

function readTlsFailure(code: string): Failure | undefined {
  const certificate = CERTIFICATES[code];
  const tls =
    certificate !== undefined ||
    code === 'EPROTO' ||
    code.startsWith('ERR_SSL_') ||
    code.startsWith('ERR_TLS_');
  if (!tls) return undefined;
  const says = certificate?.says ?? `the handshake failed (${code})`;
  return {
    code: 'TLS_FAILURE',
    phase: 'connect',
    sentence: (host) => `No secure connection to ${host}: ${says}.`,
    ...(certificate?.fix === undefined ? {} : { fix: certificate.fix }),
  };
}

/** The parser's own errors: some carry an `HPE_` code, some none. */
function readParserFailure(error: unknown): Failure | undefined {
  if (!(error instanceof Error) || error.name !== 'HTTPParserError') return undefined;
  return {
    code: 'INVALID_RESPONSE',
    sentence: (host) => `${host} answered with something that is not HTTP.`,
  };
}

function describeUnknown(error: unknown, code: string, { host, phase }: FailureContext): HttpError {
  const suffix = code === '' ? '' : ` (${code})`;
  return new HttpError('CONNECTION_RESET', `The call to ${host} failed${suffix}.`, phase, { cause: error });
}

/** The code of an error, or of the first one inside: several addresses of a host are tried together. */
function readCode(error: unknown): string {
  if (error instanceof AggregateError) {
    const codes = error.errors.map(readCode).filter((code) => code !== '');
    return codes.find((code) => code === 'ECONNREFUSED') ?? codes[0] ?? '';
  }
  if (typeof error !== 'object' || error === null) return '';
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  // undici wraps what the socket said in an error of its own; the inner code says more.
  const inner = cause === undefined || cause === error ? '' : readCode(cause);
  if (inner !== '' && (NETWORK[inner] ?? readTlsFailure(inner)) !== undefined) return inner;
  return typeof code === 'string' ? code : inner;
}
