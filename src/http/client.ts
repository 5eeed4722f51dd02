import { decodeContent } from './decode-content.ts';
import { HttpError } from './errors.ts';
import { type Exchange, type ExchangeLimits, exchange } from './exchange.ts';
import { HTTP_LIMITS } from './limits.ts';
import { readConnectTimes } from './measure.ts';
import { type Origin, Origins, type Target } from './origins.ts';
import { buildRedirect, isRedirect } from './redirect.ts';
import { openStream } from './stream.ts';
import type {
  HttpClient,
  HttpClientOptions,
  HttpHop,
  HttpRequest,
  HttpResponse,
  HttpTimings,
} from './types.ts';

/**
 * Makes a client for outgoing calls. Private and reserved addresses are refused, at the first request and at
 * every redirect, unless `allowedHosts` names the host.
 */
export function createHttpClient(options: HttpClientOptions = {}): HttpClient {
  const origins = new Origins(options);
  let closed = false;
  return {
    async send(request) {
      if (closed) throw new HttpError('CLIENT_CLOSED', 'The HTTP client is closed.', 'connect');
      const startedAt = performance.now();
      const statedTimeoutMs = request.timeoutMs ?? options.timeoutMs ?? HTTP_LIMITS.timeoutMs;
      const maxResponseBytes =
        request.maxResponseBytes ?? options.maxResponseBytes ?? HTTP_LIMITS.maxResponseBytes;
      const target = origins.locate(request.url, request.clientCertificate);
      const limits = { timeoutMs: statedTimeoutMs, statedTimeoutMs, maxResponseBytes };
      const answer = await exchangeAgainIfStale(target, request, limits);
      if (request.followRedirects !== false && isRedirect(answer)) {
        return followRedirects({ origins, options, request, limits, startedAt }, answer);
      }
      return finish(answer, target.origin, { startedAt, maxResponseBytes, redirects: 0 });
    },
    async stream(request) {
      if (closed) throw new HttpError('CLIENT_CLOSED', 'The HTTP client is closed.', 'connect');
      return openStream(origins, options, request);
    },
    async close() {
      closed = true;
      await origins.close();
    },
  };
}

interface Journey {
  readonly origins: Origins;
  readonly options: HttpClientOptions;
  readonly request: HttpRequest;
  readonly limits: ExchangeLimits;
  readonly startedAt: number;
}

async function followRedirects(journey: Journey, first: Exchange): Promise<HttpResponse> {
  const { origins, limits, startedAt } = journey;
  const maxRedirects = journey.options.maxRedirects ?? HTTP_LIMITS.maxRedirects;
  let request = journey.request;
  let answer = first;
  let target = origins.locate(request.url, request.clientCertificate);
  const hops: HttpHop[] = [];
  let redirects = 0;
  while (isRedirect(answer)) {
    if (redirects >= maxRedirects) {
      const message = `${target.origin.host} redirected more than ${maxRedirects} times.`;
      throw new HttpError('TOO_MANY_REDIRECTS', message, 'body');
    }
    redirects++;
    try {
      const from = request.url;
      request = buildRedirect(request, answer);
      if (request.measure)
        hops.push({ status: answer.status, from: cutQuery(from), to: cutQuery(request.url) });
      target = origins.locate(request.url, request.clientCertificate);
      const timeoutMs = Math.max(1, limits.statedTimeoutMs - (performance.now() - startedAt));
      answer = await exchangeAgainIfStale(target, request, { ...limits, timeoutMs });
    } catch (error) {
      throw markAsSent(error);
    }
  }
  const { maxResponseBytes } = limits;
  return finish(answer, target.origin, { startedAt, maxResponseBytes, redirects, hops });
}

function cutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? '';
}

/** Whatever stops a later stop of the journey: the first service has had the request. */
function markAsSent(error: unknown): unknown {
  if (!(error instanceof HttpError) || error.phase !== 'connect') return error;
  const { code, message, fix, cause, reason } = error;
  return new HttpError(code, message, 'headers', { cause, reason, ...(fix === undefined ? {} : { fix }) });
}

/**
 * A service may close a kept-alive connection in the very moment it is used again. A request that only reads is
 * then sent once more, on a new connection.
 */
async function exchangeAgainIfStale(
  target: Target,
  request: HttpRequest,
  limits: ExchangeLimits,
): Promise<Exchange> {
  const startedAt = performance.now();
  try {
    return await exchange(target, request, limits);
  } catch (error) {
    const reused = target.origin.connectedAt < startedAt;
    const lost = error instanceof HttpError && error.code === 'CONNECTION_RESET' && error.phase === 'headers';
    if (!lost || !reused || (request.method !== 'GET' && request.method !== 'HEAD')) throw error;
    const timeoutMs = Math.max(1, limits.timeoutMs - (performance.now() - startedAt));
    return exchange(target, request, { ...limits, timeoutMs });
  }
}

interface Finish {
  readonly startedAt: number;
  readonly maxResponseBytes: number;
  readonly redirects: number;
  readonly hops?: readonly HttpHop[];
}

async function finish(answer: Exchange, origin: Origin, context: Finish): Promise<HttpResponse> {
  const encoded = answer.headers['content-encoding'] !== undefined;
  const decoded = encoded ? await decodeContent(answer, origin.host, context.maxResponseBytes) : answer;
  const { status, headers, body } = decoded;
  const { redirects, hops = [] } = context;
  const timings = measure(answer, context);
  return { status, headers, body, timings, redirects, ...(hops.length === 0 ? {} : { hops }) };
}

function measure(answer: Exchange, { startedAt }: Finish): HttpTimings {
  return {
    ...readConnectTimes(answer.connection, startedAt),
    firstByteMs: answer.firstByteAt - startedAt,
    totalMs: performance.now() - startedAt,
  };
}
