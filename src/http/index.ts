/**
 * Outgoing HTTP calls: pools of connections per origin (undici), addresses checked between resolution and
 * connection and again at every redirect, limits on time, size and redirects, and errors that name the cause.
 */
export { isPrivateAddress } from './address.ts';
export { createHttpClient } from './client.ts';
export { type ClientCertificate, createClientCertificate } from './client-certificate.ts';
export { HTTP_ERRORS, HttpError, type HttpErrorCode, type HttpPhase } from './errors.ts';
export { HTTP_LIMITS } from './limits.ts';
export type {
  HttpClient,
  HttpClientOptions,
  HttpHop,
  HttpRequest,
  HttpResponse,
  HttpStream,
  HttpStreamRequest,
  HttpTimings,
  ResponseHeaders,
} from './types.ts';
