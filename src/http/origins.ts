import { Pool } from 'undici';
import { type AllowedHosts, readAllowedHosts } from './allowed-hosts.ts';
import { type ClientCertificate, openSecureContext } from './client-certificate.ts';
import { createConnector } from './connector.ts';
import { HttpError } from './errors.ts';
import type { HttpClientOptions } from './types.ts';

/** An origin's pool of kept-alive connections. */
export interface Origin {
  readonly pool: Pool;
  /** `host:port` as people know it, for messages. */
  readonly host: string;
  readonly origin: string;
  /** Its place among the pools: the origin, and the certificate its connections are opened with. */
  readonly key: string;
  readonly certificate: ClientCertificate | undefined;
  /** When its last connection was opened. */
  connectedAt: number;
  /** The list that permitted connections to a private address; set when the list, not the address, permitted them. */
  permittedBy: readonly string[] | undefined;
  lastUsedAt: number;
}

/** A URL taken apart into what a pool needs. */
export interface Target {
  readonly origin: Origin;
  /** Path and query. */
  readonly path: string;
}

const NO_HOSTS: readonly string[] = [];

/** Characters that stand in a path or query exactly as the URL standard would leave them. */
const PLAIN_PATH = /^[\w\-.~!$&()*+,;=:@%/?[\]]+$/;
/** A segment that begins with a dot, also percent-encoded, may be `..`: the URL parser must resolve it. */
const DOT_SEGMENT = /\/(?:\.|%2e)/i;

/** The pools by origin. The least recently used idle ones are closed when there are too many. */
export class Origins {
  readonly #options: HttpClientOptions;
  readonly #byText = new Map<string, Origin>();
  #list: readonly string[] = NO_HOSTS;
  #allowed: AllowedHosts = readAllowedHosts(NO_HOSTS);

  constructor(options: HttpClientOptions) {
    this.#options = options;
  }

  /** Finds the pool for a URL. A URL of a known origin with a plain path needs no parsing. */
  locate(url: string, certificate?: ClientCertificate): Target {
    const slash = url.indexOf('/', 8);
    const known = slash === -1 ? undefined : this.#byText.get(keyOf(url.slice(0, slash), certificate));
    if (known === undefined) return this.#locateByParsing(url, certificate);
    const path = url.slice(slash);
    if (!PLAIN_PATH.test(path) || DOT_SEGMENT.test(path)) return this.#locateByParsing(url, certificate);
    return { origin: this.#touch(known), path };
  }

  async close(): Promise<void> {
    const pools = [...this.#byText.values()].map(({ pool }) => pool);
    this.#byText.clear();
    await Promise.all(pools.map((pool) => pool.close()));
  }

  #locateByParsing(url: string, certificate: ClientCertificate | undefined): Target {
    const parsed = parseUrl(url);
    const known = this.#byText.get(keyOf(parsed.origin, certificate));
    const origin = known === undefined ? this.#open(parsed, certificate) : this.#touch(known);
    return { origin, path: parsed.pathname + parsed.search };
  }

  /** A permission that was withdrawn also ends the connections it opened. */
  #touch(entry: Origin): Origin {
    entry.lastUsedAt = performance.now();
    if (entry.permittedBy === undefined) return entry;
    const list = this.#options.allowedHosts?.() ?? NO_HOSTS;
    if (entry.permittedBy === list) return entry;
    const { hostname, port, protocol } = new URL(entry.origin);
    if (this.#isAllowed(hostname, port === '' ? defaultPort(protocol) : port)) {
      entry.permittedBy = list;
      return entry;
    }
    this.#byText.delete(entry.key);
    entry.pool.destroy(null).catch(() => undefined);
    return this.#open(new URL(entry.origin), entry.certificate);
  }

  #open(url: URL, certificate: ClientCertificate | undefined): Origin {
    const { trustedCertificates = [] } = this.#options;
    const secureContext = certificate && openSecureContext(certificate, trustedCertificates, url.host);
    this.#makeRoom();
    const connect = createConnector({
      connectTimeoutMs: this.#options.connectTimeoutMs ?? 10_000,
      trustedCertificates,
      ...(secureContext === undefined ? {} : { secureContext }),
      ...(this.#options.resolve === undefined ? {} : { resolve: this.#options.resolve }),
      isAllowed: (hostname, port) => {
        const allowed = this.#isAllowed(hostname, port);
        if (allowed) entry.permittedBy = this.#list;
        return allowed;
      },
      onOpened: (at) => {
        entry.connectedAt = at;
      },
    });
    const entry: Origin = {
      pool: new Pool(url.origin, {
        connect,
        connections: this.#options.connectionsPerOrigin ?? 128,
        pipelining: 1,
        headersTimeout: this.#options.headersTimeoutMs ?? 0,
        bodyTimeout: this.#options.idleTimeoutMs ?? 60_000,
      }),
      host: url.host,
      origin: url.origin,
      key: keyOf(url.origin, certificate),
      certificate,
      connectedAt: 0,
      permittedBy: undefined,
      lastUsedAt: performance.now(),
    };
    this.#byText.set(entry.key, entry);
    return entry;
  }

  #isAllowed(hostname: string, port: string): boolean {
    const list = this.#options.allowedHosts?.() ?? NO_HOSTS;
    if (list !== this.#list) {
      this.#list = list;
      this.#allowed = readAllowedHosts(list);
    }
    return this.#allowed(hostname, port);
  }

  #makeRoom(): void {
    if (this.#byText.size < (this.#options.maxOrigins ?? 512)) return;
    const idle = [...this.#byText.values()].filter(
      ({ pool }) => pool.stats.running + pool.stats.queued === 0,
    );
    const oldest = idle.sort((a, b) => a.lastUsedAt - b.lastUsedAt)[0];
    if (oldest === undefined) return; // all are busy: one more is better than a refused call
    this.#byText.delete(oldest.key);
    oldest.pool.close().catch(() => undefined);
  }
}

function keyOf(origin: string, certificate: ClientCertificate | undefined): string {
  return certificate === undefined ? origin : `${origin}#${certificate.id}`;
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null)
    throw new HttpError('INVALID_URL', 'The URL is not absolute or not well formed.', 'connect');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    const scheme = url.protocol.slice(0, -1);
    throw new HttpError('INVALID_URL', `Only http and https can be called, not ${scheme}.`, 'connect');
  }
  if (url.username !== '' || url.password !== '') {
    throw new HttpError('INVALID_URL', `The URL of ${url.host} holds a user name or password.`, 'connect', {
      fix: 'Take them out of the URL and use a connection, or the authentication of the action.',
    });
  }
  return url;
}

function defaultPort(protocol: string): string {
  return protocol === 'https:' ? '443' : '80';
}
