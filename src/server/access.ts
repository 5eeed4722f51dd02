import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ServerError } from './errors.ts';

/** Who may call a route: anybody, whoever is signed in, administrators. */
export type Access = 'open' | 'user' | 'admin';

/** Somebody whose session or API key was recognised. */
export interface Caller {
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: 'admin' | 'user';
  /** A cookie travels with requests that other sites cause; a key does not. */
  readonly by: 'session' | 'key';
}

export type Authenticate = (headers: Headers) => Promise<Caller | undefined>;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A route that does not say is closed. */
    access?: Access;
  }
  interface FastifyRequest {
    caller: Caller | undefined;
  }
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Closes every route of the instance, whatever registers it, but those whose config says `access: 'open'`. */
export function registerAccessCheck(
  app: FastifyInstance,
  authenticate: Authenticate,
  publicUrl?: string,
): void {
  const publicOrigin = publicUrl === undefined ? undefined : new URL(publicUrl).origin;
  app.decorateRequest('caller', undefined);
  app.addHook('onRequest', (request, _reply, done) => {
    const access = request.routeOptions.config.access ?? 'user';
    if (access === 'open' || request.is404) done();
    else checkCaller(request, access, authenticate, publicOrigin).then(() => done(), done);
  });
}

async function checkCaller(
  request: FastifyRequest,
  access: Access,
  authenticate: Authenticate,
  publicOrigin: string | undefined,
): Promise<void> {
  const caller = await authenticate(toHeaders(request));
  if (caller === undefined) throw new ServerError('UNAUTHENTICATED', 'This needs a session or an API key.');
  if (access === 'admin' && caller.role !== 'admin') {
    throw new ServerError('FORBIDDEN', 'Only administrators may do this.');
  }
  if (caller.by === 'session' && !SAFE_METHODS.has(request.method)) assertSameOrigin(request, publicOrigin);
  request.caller = caller;
}

/**
 * Refuses a request that another site made a browser send along with the session's cookie. Browsers state where
 * it comes from (`Origin`, `Sec-Fetch-Site`); a client that states nothing is no browser.
 */
export function assertSameOrigin(request: FastifyRequest, publicOrigin: string | undefined): void {
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const same =
    origin === undefined
      ? site === undefined || site === 'same-origin' || site === 'none'
      : origin === publicOrigin || getHost(origin) === host;
  if (!same)
    throw new ServerError('ORIGIN_REFUSED', 'A page of another site sent this request in your name.');
}

function getHost(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

/** Node's headers as the web's, for better-auth. */
export function toHeaders(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}
