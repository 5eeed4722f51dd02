import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Access } from '../api/index.ts';
import type { Principal } from '../identity/index.ts';
import { ServerError } from './errors.ts';

export type Authenticate = (headers: Headers) => Promise<Principal | undefined>;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** A route that does not say is closed. */
    access?: Access;
  }
  interface FastifyInstance {
    /** Every route with who may call it. */
    accessTable: { readonly method: string; readonly url: string; readonly access: Access }[];
  }
  interface FastifyRequest {
    caller: Principal | undefined;
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
  app.decorate('accessTable', []);
  app.decorateRequest('caller', undefined);
  app.addHook('onRoute', ({ method, url, config }) => {
    for (const one of [method].flat()) app.accessTable.push({ method: one, url, access: readAccess(config) });
  });
  app.addHook('onRequest', (request, _reply, done) => {
    const access = readAccess(request.routeOptions.config);
    if (access === 'open' || request.is404) done();
    else checkCaller(request, access, authenticate, publicOrigin).then(() => done(), done);
  });
}

function readAccess(config: { access?: Access } | undefined): Access {
  return config?.access ?? 'user';
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
