import type { Dispatcher } from 'undici';
import { describeFailure } from './describe-failure.ts';
import { HttpError, type HttpPhase } from './errors.ts';
import { type ConnectTimings, type Measurement, startMeasurement } from './measure.ts';
import type { Target } from './origins.ts';
import type { HttpRequest, ResponseHeaders } from './types.ts';

/** One request and its answer, without redirects. */
export interface Exchange {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: Uint8Array;
  readonly firstByteAt: number;
  /** Of the connection it went over, when it was measured. */
  readonly connection?: ConnectTimings | undefined;
}

export interface ExchangeLimits {
  /** Milliseconds left for this exchange. */
  readonly timeoutMs: number;
  /** Milliseconds the whole call was given, for the message. */
  readonly statedTimeoutMs: number;
  readonly maxResponseBytes: number;
}

const NO_BYTES = new Uint8Array(0);

/** The longest wait a timer knows; beyond it, it would fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** Sends one request over its origin's pool and reads the whole answer. */
export function exchange(target: Target, request: HttpRequest, limits: ExchangeLimits): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    const measurement = request.measure === true ? startMeasurement() : undefined;
    const { host } = target.origin;
    const handler = new ExchangeHandler(host, request.signal, limits, resolve, reject, measurement);
    if (handler.settled) return;
    try {
      target.origin.pool.dispatch(
        {
          path: target.path,
          method: request.method as Dispatcher.HttpMethod,
          headers: request.headers ?? null,
          body: request.body ?? null,
        },
        handler,
      );
    } catch (error) {
      handler.fail(describeFailure(error, { host, phase: 'connect' }));
    }
  });
}

/**
 * Collects an answer straight from undici's parser: no stream stands between, because the whole body is wanted
 * and its size is bounded.
 */
class ExchangeHandler implements Dispatcher.DispatchHandler {
  settled = false;
  #phase: HttpPhase = 'connect';
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: ResponseHeaders = {};
  #first: Uint8Array | undefined;
  #chunks: Uint8Array[] | undefined;
  #size = 0;
  #firstByteAt = 0;
  readonly #timer: NodeJS.Timeout;
  readonly #onAbort: (() => void) | undefined;
  readonly #host: string;
  readonly #signal: AbortSignal | undefined;
  readonly #limits: ExchangeLimits;
  readonly #resolve: (exchange: Exchange) => void;
  readonly #reject: (error: HttpError) => void;
  readonly #measurement: Measurement | undefined;

  constructor(
    host: string,
    signal: AbortSignal | undefined,
    limits: ExchangeLimits,
    resolve: (exchange: Exchange) => void,
    reject: (error: HttpError) => void,
    measurement: Measurement | undefined,
  ) {
    this.#host = host;
    this.#measurement = measurement;
    this.#signal = signal;
    this.#limits = limits;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timer = setTimeout(
      () => this.fail(this.#describeTimeout()),
      Math.min(limits.timeoutMs, LONGEST_TIMER_MS),
    );
    if (signal === undefined) return;
    this.#onAbort = () =>
      this.fail(new HttpError('ABORTED', `The call to ${host} was cancelled.`, this.#phase));
    if (signal.aborted) this.#onAbort();
    else signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // A call that gave up while it waited for a connection must not be sent when one comes free.
    if (this.settled) {
      controller.abort(new Error('given up'));
      return;
    }
    this.#controller = controller;
    this.#phase = 'headers';
    this.#measurement?.begin();
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: ResponseHeaders,
  ): void {
    if (status < 200) return;
    this.#phase = 'body';
    this.#status = status;
    this.#headers = headers;
    this.#firstByteAt = performance.now();
    const announced = Number(headers['content-length']);
    if (announced > this.#limits.maxResponseBytes) this.fail(this.#describeSize(announced));
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.#size += chunk.length;
    if (this.#size > this.#limits.maxResponseBytes) this.fail(this.#describeSize());
    else if (this.#first === undefined) this.#first = chunk;
    else if (this.#chunks === undefined) this.#chunks = [this.#first, chunk];
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.settled) return;
    this.#settle();
    this.#resolve({
      status: this.#status,
      headers: this.#headers,
      body: this.#chunks === undefined ? (this.#first ?? NO_BYTES) : Buffer.concat(this.#chunks, this.#size),
      firstByteAt: this.#firstByteAt,
      ...(this.#measurement === undefined ? {} : { connection: this.#measurement.connection }),
    });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(describeFailure(error, { host: this.#host, phase: this.#phase }));
  }

  fail(error: HttpError): void {
    if (this.settled) return;
    this.#settle();
    this.#chunks = undefined;
    this.#controller?.abort(error);
    this.#reject(error);
  }

  #settle(): void {
    this.settled = true;
    this.#measurement?.end();
    clearTimeout(this.#timer);
    if (this.#onAbort !== undefined) this.#signal?.removeEventListener('abort', this.#onAbort);
  }

  #describeTimeout(): HttpError {
    const waited = TIMEOUT_WORDS[this.#phase](this.#host);
    const seconds = formatSeconds(this.#limits.statedTimeoutMs);
    return new HttpError('TIMEOUT', `${waited} within ${seconds}.`, this.#phase);
  }

  #describeSize(announced?: number): HttpError {
    const limit = formatBytes(this.#limits.maxResponseBytes);
    const size = announced === undefined ? `more than ${limit}` : `${formatBytes(announced)}`;
    const message = `${this.#host} answers with ${size}; at most ${limit} are accepted.`;
    return new HttpError('RESPONSE_TOO_LARGE', message, 'body');
  }
}

const TIMEOUT_WORDS: Readonly<Record<HttpPhase, (host: string) => string>> = {
  connect: (host) => `No connection to ${host} was free or could be opened`,
  headers: (host) => `${host} accepted the request and did not answer`,
  body: (host) => `${host} began to answer and did not finish`,
};

function formatSeconds(milliseconds: number): string {
  return milliseconds >= 1000 ? `${Math.round(milliseconds / 100) / 10} s` : `${Math.round(milliseconds)} ms`;
}

export function formatBytes(bytes: number): string {
  if (bytes >= 1024 * 1024) return `${Math.round((bytes / 1024 / 1024) * 10) / 10} MiB`;
  return bytes >= 1024 ? `${Math.round((bytes / 1024) * 10) / 10} KiB` : `${bytes} bytes`;
}
