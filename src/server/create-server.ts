import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { registerAccessCheck } from './access.ts';
import { registerAuth } from './auth-routes.ts';
import { registerCompression } from './compression.ts';
import { registerHooks } from './hooks.ts';
import { registerJson } from './json-body.ts';
import { registerOAuthCallback } from './oauth-callback.ts';
import { sendProblem } from './problem.ts';
import { registerRateLimit } from './rate-limit.ts';
import { registerRoutes } from './register-routes.ts';
import { registerRequestLog } from './request-log.ts';
import { routes } from './routes/index.ts';
import { statusRoutes } from './routes/status.ts';
import { registerSecurityHeaders } from './security-headers.ts';
import type { Services } from './services.ts';
import { registerStudio } from './studio.ts';

/** Definitions of large APIs are uploaded as one document. */
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;
/** How long requests under way may take to finish when the server closes. */
const CLOSE_GRACE_MS = 10_000;

/**
 * Patchbay's HTTP server: the API, the callback URLs of flows, and the studio. Listen with it, or call it with
 * `inject`. Whatever a route is, it is closed unless it says that it is open.
 */
export async function createServer(services: Services): Promise<FastifyInstance> {
  const { publicUrl } = services;
  const logger: FastifyBaseLogger = services.logger;
  const app = Fastify({
    loggerInstance: logger,
    // A logger per request would cost the hooks more than it tells.
    childLoggerFactory: (parent) => parent,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    routerOptions: { maxParamLength: 500 },
    forceCloseConnections: 'idle',
    return503OnClosing: true,
  });
  app.setErrorHandler(sendProblem);
  closeInTime(app);
  registerAccessCheck(app, (headers) => services.identity.authenticate(headers), publicUrl);
  if (services.role === 'worker') return serveWorker(app, services);
  await app.register(async (scope) => registerHooks(scope, services.engine));
  await app.register(async (scope) => {
    registerJson(scope);
    registerRequestLog(scope);
    await registerSecurityHeaders(scope, publicUrl);
    await registerRateLimit(scope);
    await registerCompression(scope);
    registerAuth(scope, services);
    registerOAuthCallback(scope, services);
    registerRoutes(scope, routes, services);
  });
  await app.register(async (scope) => {
    await registerSecurityHeaders(scope, publicUrl);
    await registerStudio(scope, services.studioFolder);
  });
  return app;
}

/** A worker answers those who watch over it, and nobody else. */
async function serveWorker(app: FastifyInstance, services: Services): Promise<FastifyInstance> {
  registerRoutes(app, statusRoutes, services);
  return app;
}

/** A stream, or a caller who waits for a flow's answer, would keep a closing server open for ever. */
function closeInTime(app: FastifyInstance): void {
  const closing = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  app.decorate('closing', closing.signal);
  app.addHook('preClose', async () => {
    closing.abort();
    timer = setTimeout(() => app.server.closeAllConnections(), CLOSE_GRACE_MS).unref();
  });
  app.addHook('onClose', async () => clearTimeout(timer));
}
