import { type HttpClient, HttpError, isPrivateAddress } from '../../http/index.ts';
import { CallFailure } from '../call-errors.ts';
import { describeHttpError } from '../describe-http-error.ts';

/** A token endpoint answers in a second; who waits for it holds up everybody with the same connection. */
const TIMEOUT_MS = 20_000;
const MAX_BYTES = 1024 * 1024;

/** The part of `fetch` that oauth4webapi calls. */
export type OAuthFetch = (
  url: string,
  init: { readonly method: string; readonly headers: Record<string, string>; readonly body?: unknown },
) => Promise<Response>;

/**
 * Fetches from identity providers through the client whose addresses are checked. Redirects are not followed: a
 * secret goes where the definition says, and nowhere else.
 */
export function createOAuthFetch(http: HttpClient): OAuthFetch {
  return async (url, { method, headers, body }) => {
    assertProtected(url);
    const answer = await http.send({
      method,
      url,
      headers,
      ...(body === undefined || body === null ? {} : { body: String(body) }),
      timeoutMs: TIMEOUT_MS,
      maxResponseBytes: MAX_BYTES,
      followRedirects: false,
    });
    const type = answer.headers['content-type'];
    return new Response(answer.status === 204 || answer.status === 304 ? null : Buffer.from(answer.body), {
      status: answer.status,
      headers: typeof type === 'string' ? { 'content-type': type } : {},
    });
  };
}

/** The failure of a request that got no answer; nothing has gone to the API that was to be called. */
export function describeLostRequest(error: unknown): unknown {
  if (!(error instanceof HttpError)) return error;
  const { code, message, fix, retryable } = describeHttpError(error);
  return new CallFailure(code, `No access token could be got: ${message}`, {
    ...(fix === undefined ? {} : { fix }),
    retryable,
    sent: false,
    cause: error,
  });
}

/**
 * Secrets do not cross the internet in the clear. Inside a network plain http is common, and whether a private
 * address may be called at all the client asks the administrator's list.
 *
 * @throws CallFailure InvalidUrl
 */
export function assertProtected(text: string): void {
  const url = URL.parse(text);
  if (url === null || url.protocol === 'https:' || isInside(url.hostname)) return;
  throw new CallFailure('InvalidUrl', `The identity provider at ${url.host} is reached by plain http.`, {
    fix: 'Use its https address: the request carries secrets.',
  });
}

function isInside(hostname: string): boolean {
  const host = hostname.toLowerCase();
  if (!host.includes('.') && !host.startsWith('[')) return true;
  return /\.(?:local|localhost|internal|intranet|lan|home\.arpa|test)$/.test(host) || isPrivateAddress(host);
}
