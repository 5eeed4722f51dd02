import type { LookupAddress } from 'node:dns';
import type { ClientCertificate } from './client-certificate.ts';

/** Outgoing HTTP: one pool of connections per origin, every address checked, every size and time bounded. */
export interface HttpClient {
  /** @throws HttpError; a status like 404 or 500 is an answer, not an error. */
  send(request: HttpRequest): Promise<HttpResponse>;
  /**
   * Sends a body bit by bit and hands the answer on as it comes, in flat memory.
   *
   * @throws HttpError, also while the body is read
   */
  stream(request: HttpStreamRequest): Promise<HttpStream>;
  /** Lets running calls finish and closes all connections. */
  close(): Promise<void>;
}

export interface HttpClientOptions {
  /**
   * Hosts that may be called although their address is private: `host` or `host:port`, as they stand in the URL.
   * Return the same array until the list changes: it is compared by identity.
   */
  readonly allowedHosts?: () => readonly string[];
  /** For a whole call, redirects included. Default 120 s. */
  readonly timeoutMs?: number;
  /** To open a connection. Default 10 s. */
  readonly connectTimeoutMs?: number;
  /** From the request to the answer's headers. Default: only `timeoutMs` counts. */
  readonly headersTimeoutMs?: number;
  /** Between two pieces of an answer. Default 60 s. */
  readonly idleTimeoutMs?: number;
  /** Of an answer's body, after decompression. Default 100 MiB. */
  readonly maxResponseBytes?: number;
  readonly maxRedirects?: number;
  /** Open connections per origin. Default 128. */
  readonly connectionsPerOrigin?: number;
  /** Origins whose connections are kept. Default 512. */
  readonly maxOrigins?: number;
  /** PEM certificates of authorities to trust beside those Node trusts. */
  readonly trustedCertificates?: readonly string[];
  /** Resolves a host name; the default asks the operating system. */
  readonly resolve?: (hostname: string) => Promise<readonly LookupAddress[]>;
}

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Uint8Array;
  /** Names of headers that carry credentials beside Authorization, Proxy-Authorization and Cookie. */
  readonly credentialHeaders?: readonly string[];
  /** Shown to the service of this request, and to no other that it redirects to. */
  readonly clientCertificate?: ClientCertificate;
  readonly timeoutMs?: number;
  readonly maxResponseBytes?: number;
  readonly signal?: AbortSignal;
  /** Default true. */
  readonly followRedirects?: boolean;
  /** Also learn how long the connection took, and where redirects led. */
  readonly measure?: boolean;
}

export interface HttpStreamRequest extends Omit<HttpRequest, 'body' | 'followRedirects'> {
  /** Without a `content-length` header a stream is sent in chunks. */
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
  /** For the whole call. Default 1 h. */
  readonly timeoutMs?: number;
  /** Default 1 GiB. */
  readonly maxResponseBytes?: number;
}

export interface HttpStream {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Decompressed. Read it to its end, or leave the loop: else its connection stays in use. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** By lower-case name; a header that came more than once is a list. */
export type ResponseHeaders = Record<string, string | string[] | undefined>;

export interface HttpResponse {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: Uint8Array;
  readonly timings: HttpTimings;
  /** How many redirects were followed. */
  readonly redirects: number;
  /** Where they led, when the call was measured. */
  readonly hops?: readonly HttpHop[];
}

/** One redirect that was followed. Queries are left out: they may hold what nobody should see. */
export interface HttpHop {
  readonly status: number;
  readonly from: string;
  readonly to: string;
}

export interface HttpTimings {
  /** Only of a call that was measured; false: it had to open a connection, which took what follows. */
  readonly reused?: boolean;
  readonly dnsMs?: number;
  readonly connectMs?: number;
  /** Only of https. */
  readonly tlsMs?: number;
  /** From the start of the call to the last answer's headers. */
  readonly firstByteMs: number;
  readonly totalMs: number;
}
