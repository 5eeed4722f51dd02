import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { authEndpoints } from '../api/index.ts';
import { type Json, stringifyJson } from '../base/index.ts';
import { assertSameOrigin, toHeaders } from './access.ts';
import type { Services } from './services.ts';

/** What of better-auth is on the network: signing in and out, and asking for the session. */
const ROUTES = [
  { method: authEndpoints.signIn.method, url: authEndpoints.signIn.path },
  { method: authEndpoints.signOut.method, url: authEndpoints.signOut.path },
  { method: 'GET', url: '/api/auth/get-session' },
] as const;

/** Hands `/api/auth/*` to better-auth, which speaks the web's Request and Response. */
export function registerAuth(app: FastifyInstance, { identity, publicUrl }: Services): void {
  const publicOrigin = publicUrl === undefined ? undefined : new URL(publicUrl).origin;
  for (const { method, url } of ROUTES) {
    app.route({
      method,
      url,
      config: { access: 'open' },
      handler: async (request, reply) => {
        if (method !== 'GET') assertSameOrigin(request, publicOrigin);
        return send(reply, await identity.handle(toWebRequest(request, publicOrigin), request.ip));
      },
    });
  }
}

function toWebRequest(request: FastifyRequest, publicOrigin: string | undefined): Request {
  const origin = publicOrigin ?? `${request.protocol}://${request.host}`;
  const hasBody = request.body !== undefined && request.body !== null;
  return new Request(new URL(request.url, origin), {
    method: request.method,
    headers: toHeaders(request),
    body: hasBody ? stringifyJson(request.body as Json) : undefined,
  });
}

async function send(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  reply.status(response.status);
  for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value);
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie);
  return reply.serializer(String).send(await response.text());
}
