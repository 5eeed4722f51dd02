import { createHash, timingSafeEqual } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { Account } from './account.ts';
import { createBehaviour, type Mishap, takeMishap } from './behaviour.ts';
import { DEFAULT_PACE, type Pace } from './journey.ts';
import { createError, createProblem, type ProblemCode, ShippingError } from './problems.ts';
import { registerRoutes } from './routes.ts';
import type { ShippingState } from './state.ts';

export interface ShippingOptions {
  /** The key callers must send as `X-Api-Key`. */
  readonly apiKey?: string;
  readonly pace?: Partial<Pace>;
  readonly now?: () => number;
}

/** The shipping API as a Fastify instance: listen with it, or call it with `inject`. */
export function createShippingApp(options: ShippingOptions = {}): FastifyInstance {
  const state = createState(options);
  const app = Fastify({ bodyLimit: 1_000_000, genReqId: createRequestIds() });
  registerKeyCheck(app, options.apiKey ?? 'sample-key');
  registerBehaviour(app, state);
  app.setErrorHandler((error, request, reply) => sendProblem(toShippingError(error), request, reply));
  app.setNotFoundHandler((request, reply) => {
    sendProblem(
      createError(404, 'not_found', `There is no ${request.method} ${request.url}.`),
      request,
      reply,
    );
  });
  registerRoutes(app, state);
  return app;
}

function createState(options: ShippingOptions): ShippingState {
  const pace = { ...DEFAULT_PACE, ...options.pace };
  return {
    account: new Account(pace),
    behaviour: createBehaviour(),
    now: options.now ?? Date.now,
    reset() {
      this.account = new Account(pace);
      this.behaviour = createBehaviour();
    },
  };
}

function createRequestIds(): () => string {
  let last = 0;
  return () => `req_${++last}`;
}

function registerKeyCheck(app: FastifyInstance, apiKey: string): void {
  const expected = digest(apiKey);
  app.addHook('onRequest', (request, _reply, done) => {
    const given = request.headers['x-api-key'];
    if (given === apiKey || (typeof given === 'string' && timingSafeEqual(digest(given), expected))) done();
    else done(createError(401, 'unauthorized', 'Send the key of your account in the header X-Api-Key.'));
  });
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Wraps every call but those to `/v1/admin`: first what goes wrong before the work, then what goes wrong after it. */
function registerBehaviour(app: FastifyInstance, state: ShippingState): void {
  const mishaps = new WeakMap<FastifyRequest, Mishap>();
  app.addHook('preHandler', async (request, reply) => {
    if (request.url.startsWith('/v1/admin/')) return;
    const { behaviour } = state;
    const mishap = takeMishap(behaviour);
    if (behaviour.delay_ms > 0) await new Promise((resolve) => setTimeout(resolve, behaviour.delay_ms));
    if (mishap?.kind === 'hang') return reply.hijack();
    if (mishap?.kind === 'fail') {
      if (mishap.retryAfterSeconds !== undefined)
        reply.header('retry-after', String(mishap.retryAfterSeconds));
      throw createError(
        mishap.status,
        codeOfStatus(mishap.status),
        'The administrator asked for this failure.',
      );
    }
    if (mishap !== undefined) mishaps.set(request, mishap);
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    const mishap = mishaps.get(request);
    if (mishap?.kind === 'drop') {
      reply.hijack();
      request.raw.socket.destroy();
    }
    done(null, mishap?.kind === 'broken' ? String(payload).slice(0, String(payload).length / 2) : payload);
  });
}

function codeOfStatus(status: number): ProblemCode {
  if (status === 401) return 'unauthorized';
  if (status === 404) return 'not_found';
  if (status === 429) return 'rate_limited';
  if (status < 500) return 'body_invalid';
  return status === 503 ? 'unavailable' : 'internal';
}

function toShippingError(error: unknown): ShippingError {
  if (error instanceof ShippingError) return error;
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  if (status < 500) return createError(status, 'body_invalid', (error as Error).message);
  console.error(error);
  return createError(500, 'internal', 'Something went wrong on our side.');
}

function sendProblem(error: ShippingError, request: FastifyRequest, reply: FastifyReply): void {
  reply.status(error.status).send(createProblem(request.id, error.errors));
}
