import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ServerError } from './errors.ts';

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Patchbay</title>
<body><h1>The studio is not built</h1><p>Run <code>npm run build:studio</code>, then load this page again.
The API is at <a href="/api/openapi.json">/api/openapi.json</a>.</p></body></html>`;

/**
 * Serves the studio: hashed assets for ever, its page for every other address that a browser opens. The page and
 * the scripts are open, since the studio signs people in; everything it shows comes from the API, which is closed.
 */
export async function registerStudio(app: FastifyInstance, folder: string | undefined): Promise<void> {
  const built = folder !== undefined && existsSync(join(folder, 'index.html'));
  if (built) await registerAssets(app, folder);
  app.setNotFoundHandler((request, reply) => {
    if (!isPageRequest(request)) {
      throw new ServerError(
        'ROUTE_NOT_FOUND',
        `There is no ${request.method} ${request.url.split('?', 1)[0]}.`,
      );
    }
    return built ? sendPage(reply) : reply.type('text/html; charset=utf-8').send(NOT_BUILT);
  });
}

async function registerAssets(app: FastifyInstance, folder: string): Promise<void> {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: 'open' };
  });
  await app.register(fastifyStatic, {
    root: folder,
    index: 'index.html',
    preCompressed: true, // as `scripts/build-studio.ts` left them
    setHeaders: (reply, path) => {
      const hashed = path.startsWith(join(folder, 'assets'));
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}

function sendPage(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-cache').sendFile('index.html');
}

function isPageRequest(request: FastifyRequest): boolean {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  return isRead && !/^\/(?:api|hooks|assets|healthz|readyz|metrics)(?:[/?]|$)/.test(request.url);
}
