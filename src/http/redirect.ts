import { HttpError } from './errors.ts';
import type { Exchange } from './exchange.ts';
import type { HttpRequest } from './types.ts';

const CREDENTIAL_HEADERS = new Set(['authorization', 'proxy-authorization', 'cookie']);
const BODY_HEADERS = new Set(['content-type', 'content-length', 'content-encoding', 'content-language']);

export function isRedirect(answer: Pick<Exchange, 'status' | 'headers'>): boolean {
  const { status, headers } = answer;
  const redirecting = status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
  return redirecting && typeof headers.location === 'string';
}

/**
 * The request a redirect asks for, by the rules of the Fetch standard: 303 always becomes GET, 301 and 302 make
 * a POST a GET, 307 and 308 repeat the request. Credentials stay behind when the redirect leaves the origin.
 */
export function buildRedirect(
  request: HttpRequest,
  answer: Pick<Exchange, 'status' | 'headers'>,
): HttpRequest {
  const from = new URL(request.url);
  const to = URL.parse(String(answer.headers.location), from);
  if (to === null) {
    throw new HttpError('INVALID_RESPONSE', `${from.host} redirects to something that is not a URL.`, 'body');
  }
  const becomesGet = turnsIntoGet(answer.status, request.method);
  const dropped = (name: string) =>
    (becomesGet && BODY_HEADERS.has(name)) || (!staysAtHome(from, to) && isCredential(name, request));
  const headers = Object.entries(request.headers ?? {}).filter(([name]) => !dropped(name.toLowerCase()));
  const { body, clientCertificate, ...rest } = request;
  return {
    ...rest,
    ...(clientCertificate !== undefined && staysAtHome(from, to) ? { clientCertificate } : {}),
    url: to.href,
    method: becomesGet ? 'GET' : request.method,
    headers: Object.fromEntries(headers),
    ...(becomesGet || body === undefined ? {} : { body }),
  };
}

function turnsIntoGet(status: number, method: string): boolean {
  if (status === 303) return method !== 'HEAD';
  return (status === 301 || status === 302) && method === 'POST';
}

/** The same origin, or the same host moved from http to https at the usual ports. */
function staysAtHome(from: URL, to: URL): boolean {
  if (from.origin === to.origin) return true;
  return from.hostname === to.hostname && from.port === '' && to.port === '' && to.protocol === 'https:';
}

function isCredential(name: string, request: HttpRequest): boolean {
  if (CREDENTIAL_HEADERS.has(name) || name === 'host') return true;
  return request.credentialHeaders?.some((header) => header.toLowerCase() === name) ?? false;
}
