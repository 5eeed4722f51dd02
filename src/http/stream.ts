import type { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { describeFailure } from './describe-failure.ts';
import { HttpError } from './errors.ts';
import { formatBytes } from './exchange.ts';
import { HTTP_LIMITS } from './limits.ts';
import type { Origins, Target } from './origins.ts';
import { buildRedirect, isRedirect } from './redirect.ts';
import type { HttpClientOptions, HttpStream, HttpStreamRequest, ResponseHeaders } from './types.ts';

/**
 * Sends a request whose body may come bit by bit, and hands the answer on as it comes: neither is held in memory.
 * A redirect that would repeat a streamed body is refused, since its bytes are gone.
 *
 * @throws HttpError; while the body is read too
 */
export async function openStream(
  origins: Origins,
  options: HttpClientOptions,
  first: HttpStreamRequest,
): Promise<HttpStream> {
  const controller = new AbortController();
  const giveUp = () => controller.abort();
  const timer = setTimeout(giveUp, first.timeoutMs ?? HTTP_LIMITS.stream.timeoutMs);
  timer.unref();
  first.signal?.addEventListener('abort', giveUp, { once: true });
  if (first.signal?.aborted === true) giveUp();
  const end = () => {
    clearTimeout(timer);
    first.signal?.removeEventListener('abort', giveUp);
  };
  const ask: Ask = { controller, end, isCancelled: () => first.signal?.aborted === true };
  try {
    const { answer, host } = await follow(origins, options, first, ask);
    const { status, headers, body } = answer;
    const maxBytes = first.maxResponseBytes ?? HTTP_LIMITS.stream.maxBytes;
    const announced = Number(headers['content-length']);
    if (announced > maxBytes) {
      body.destroy();
      throw tooLarge(host, maxBytes);
    }
    const decoders = findDecoders(headers);
    const plain = decoders.length === 0 ? headers : withoutEncoding(headers);
    return { status, headers: plain, body: readBody(body, decoders, { host, maxBytes, ask }) };
  } catch (error) {
    end();
    throw error;
  }
}

interface Ask {
  readonly controller: AbortController;
  readonly end: () => void;
  readonly isCancelled: () => boolean;
}

interface Answer {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: Readable;
}

async function follow(
  origins: Origins,
  options: HttpClientOptions,
  first: HttpStreamRequest,
  ask: Ask,
): Promise<{ answer: Answer; host: string }> {
  let request = first;
  for (let redirects = 0; ; redirects++) {
    const target = origins.locate(request.url, request.clientCertificate);
    const { host } = target.origin;
    const answer = await send(target, request, ask);
    if (!isRedirect(answer)) return { answer, host };
    answer.body.on('error', () => undefined).destroy();
    if (redirects >= (options.maxRedirects ?? HTTP_LIMITS.maxRedirects)) {
      throw new HttpError('TOO_MANY_REDIRECTS', `${host} redirected more than ${redirects} times.`, 'body');
    }
    const { body, ...rest } = request;
    const isText = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
    // The marker tells whether the redirect repeats the body.
    const next = buildRedirect({ ...rest, ...(body === undefined ? {} : { body: '' }) }, answer);
    if (next.body !== undefined && !isText) {
      const message = `${host} redirects (${answer.status}) a request whose body was streamed and cannot be sent again.`;
      throw new HttpError('INVALID_RESPONSE', message, 'body', {
        fix: 'Use the address that the service finally answers at as the base URL.',
      });
    }
    const { body: marker, ...bare } = next;
    request = { ...bare, ...(marker === undefined || body === undefined ? {} : { body }) };
  }
}

async function send({ origin, path }: Target, request: HttpStreamRequest, ask: Ask): Promise<Answer> {
  try {
    const { statusCode, headers, body } = await origin.pool.request({
      path,
      method: request.method as Dispatcher.HttpMethod,
      headers: request.headers ?? null,
      body: (request.body ?? null) as Dispatcher.DispatchOptions['body'],
      signal: ask.controller.signal,
    });
    return { status: statusCode, headers, body };
  } catch (error) {
    throw describe(error, origin.host, 'headers', ask);
  }
}

function describe(error: unknown, host: string, phase: 'headers' | 'body', ask: Ask): unknown {
  if (!ask.controller.signal.aborted) return describeFailure(error, { host, phase });
  if (ask.isCancelled()) return new HttpError('ABORTED', `The call to ${host} was cancelled.`, phase);
  return new HttpError('TIMEOUT', `${host} did not finish in time.`, phase);
}

interface Reading {
  readonly host: string;
  readonly maxBytes: number;
  readonly ask: Ask;
}

async function* readBody(
  body: Readable,
  decoders: readonly (() => Transform)[],
  { host, maxBytes, ask }: Reading,
): AsyncGenerator<Uint8Array, void, undefined> {
  // The error comes out where the last stream is read.
  const source = decoders.reduce<Readable>((from, make) => pipeline(from, make(), () => undefined), body);
  let bytes = 0;
  try {
    for await (const chunk of source as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(host, maxBytes);
      yield chunk;
    }
  } catch (error) {
    if (/^(?:Z_|ERR__ERROR|ERR_BROTLI|ERR__|ZSTD_)/.test(String((error as { code?: unknown }).code ?? ''))) {
      const message = `The answer of ${host} is compressed, and damaged.`;
      throw new HttpError('INVALID_RESPONSE', message, 'body', { cause: error });
    }
    throw describe(error, host, 'body', ask);
  } finally {
    ask.end();
    body.on('error', () => undefined).destroy();
  }
}

function tooLarge(host: string, maxBytes: number): HttpError {
  const message = `The answer of ${host} is larger than the ${formatBytes(maxBytes)} that are accepted.`;
  return new HttpError('RESPONSE_TOO_LARGE', message, 'body');
}

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

/** In the order they are undone; none when one of them is not known. */
function findDecoders(headers: ResponseHeaders): (() => Transform)[] {
  const encoding = headers['content-encoding'];
  if (typeof encoding !== 'string') return [];
  const names = encoding.toLowerCase().split(',');
  const found = names.map((name) => DECODERS[name.trim()]).reverse();
  return found.every((one) => one !== undefined) ? (found as (() => Transform)[]) : [];
}

function withoutEncoding({ 'content-encoding': _e, 'content-length': _l, ...headers }: ResponseHeaders) {
  return headers;
}
