import type { BodyOf, EndpointSpec, ParamsOf, QueryOf, ResponseOf } from '../api/index.ts';
import { type Json, parseJson, stringifyJson } from '../base/index.ts';
import { ApiError, describeLostConnection, readProblem } from './api-error.ts';
import { buildUrl } from './build-url.ts';
import { createEventReader, type ServerEvent } from './server-events.ts';

/** The one thing needed of the outside world: `globalThis.fetch`, or a test's. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface ClientOptions {
  /** Scheme, host and path before `/api`; empty in a page that the server itself served. */
  readonly baseUrl: string;
  readonly fetch: Fetch;
  /** Sent with every call, such as `authorization: Bearer pb_…`. */
  readonly headers?: Readonly<Record<string, string>>;
}

type Given<Name extends string, Value> = undefined extends Value
  ? { readonly [K in Name]?: Value }
  : { readonly [K in Name]: Value };

/** What a call of an endpoint needs: its params and body where it has them. */
export type CallOptions<E extends EndpointSpec> = Given<'params', ParamsOf<E>> &
  Given<'body', BodyOf<E>> & {
    readonly query?: QueryOf<E>;
    /** The version that a change was made from. */
    readonly ifMatch?: number;
    readonly signal?: AbortSignal;
  };

type Arguments<E extends EndpointSpec> =
  Record<never, never> extends CallOptions<E> ? [options?: CallOptions<E>] : [options: CallOptions<E>];

export interface Client {
  /** Calls an endpoint. @throws ApiError for every answer that is not a success, and when none came. */
  call<E extends EndpointSpec>(endpoint: E, ...options: Arguments<E>): Promise<ResponseOf<E>>;
  /** Follows an endpoint that streams server-sent events. @throws ApiError as `call` does. */
  stream<E extends EndpointSpec>(endpoint: E, ...options: Arguments<E>): AsyncGenerator<ServerEvent>;
}

interface AnyCall {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
  readonly ifMatch?: number;
  readonly signal?: AbortSignal;
}

/** A typed fetch over the endpoints of `api/`. */
export function createClient({ baseUrl, fetch, headers = {} }: ClientOptions): Client {
  const send = async (endpoint: EndpointSpec, call: AnyCall): Promise<Response> => {
    const url = buildUrl(baseUrl, endpoint.path, call.params, call.query);
    try {
      return await fetch(url, buildInit(endpoint, call, headers));
    } catch (error) {
      throw call.signal?.aborted ? error : describeLostConnection(error);
    }
  };
  return {
    async call<E extends EndpointSpec>(endpoint: E, ...[options]: Arguments<E>) {
      const response = await send(endpoint, options ?? {});
      const body = await readBody(response);
      if (!response.ok) throw readProblem(response.status, body);
      return body as ResponseOf<E>;
    },
    async *stream<E extends EndpointSpec>(endpoint: E, ...[options]: Arguments<E>) {
      const response = await send(endpoint, options ?? {});
      if (!response.ok) throw readProblem(response.status, await readBody(response));
      if (response.body) yield* readEvents(response.body);
    },
  };
}

function buildInit(
  endpoint: EndpointSpec,
  call: AnyCall,
  headers: Readonly<Record<string, string>>,
): RequestInit {
  const init: RequestInit = {
    method: endpoint.method,
    headers: {
      accept: endpoint.produces ?? 'application/json',
      ...headers,
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(call.ifMatch === undefined ? {} : { 'if-match': `"${call.ifMatch}"` }),
    },
    credentials: 'same-origin',
  };
  if (call.body !== undefined) init.body = stringifyJson(call.body as Json);
  if (call.signal) init.signal = call.signal;
  return init;
}

async function readBody(response: Response): Promise<Json | undefined> {
  const text = await response.text().catch((error: unknown) => {
    throw describeLostConnection(error);
  });
  if (text === '') return undefined;
  try {
    return parseJson(text);
  } catch (error) {
    if (!response.ok) return undefined;
    throw new ApiError(
      {
        status: response.status,
        code: 'INVALID_ANSWER',
        detail: 'The server answered with something that is not JSON.',
        fix: 'Check that the address is that of Patchbay and not of a proxy in between.',
      },
      error,
    );
  }
}

async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const events = createEventReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield* events.read(decoder.decode(value, { stream: true }));
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
