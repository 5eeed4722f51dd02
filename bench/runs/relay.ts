import Fastify from 'fastify';
import { Pool } from 'undici';
import { UPSTREAM_KEY, UPSTREAM_PATH } from './message.ts';

/** Nothing but the way: POST in, POST upstream, answer. It keeps nothing. */
export async function serveRelay(upstreamUrl: string): Promise<void> {
  const pool = new Pool(upstreamUrl);
  const app = Fastify();
  app.post('/', async (request, reply) => {
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: UPSTREAM_PATH,
      headers: { 'content-type': 'application/json', 'x-api-key': UPSTREAM_KEY },
      body: JSON.stringify(request.body),
    });
    const text = await body.text();
    return reply.status(statusCode).type('application/json; charset=utf-8').send(text);
  });
  console.log(await app.listen({ port: 0, host: '127.0.0.1' }));
}
