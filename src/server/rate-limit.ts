import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { ServerError } from './errors.ts';

/** Guessing a password or a token must not be cheap; a person who mistypes a few times is not hindered. */
const GUESSES_PER_MINUTE = 20;
const GUESSED = new Set(['/api/setup', '/api/auth/sign-in/email']);

/** Limits the routes where somebody could guess a secret, by address. */
export async function registerRateLimit(app: FastifyInstance): Promise<void> {
  app.addHook('onRoute', (route) => {
    if (!GUESSED.has(route.url)) return;
    route.config = { ...route.config, rateLimit: { max: GUESSES_PER_MINUTE, timeWindow: 60_000 } };
  });
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, context) =>
      new ServerError('TOO_MANY_REQUESTS', `That was tried too often; try again in ${context.after}.`, {
        extra: { retryAfterMs: context.ttl },
      }),
  });
}
