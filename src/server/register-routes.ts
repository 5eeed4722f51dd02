import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { chooseCompression } from './compression.ts';
import { readIfMatch } from './if-match.ts';
import type { Exchange, Route } from './route.ts';
import type { Services } from './services.ts';
import { compileChecks } from './validate.ts';

/** Puts every endpoint on the server: closed as it says, its input checked, its answer in JSON. */
export function registerRoutes(app: FastifyInstance, routes: readonly Route[], services: Services): void {
  for (const route of routes) {
    if (route.rawBody === true) registerRawRoute(app, route, services);
    else registerRoute(app, route, services);
  }
}

/** In a scope of its own, where no body is parsed, whatever its type. */
function registerRawRoute(app: FastifyInstance, route: Route, services: Services): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    registerRoute(scope, route, services);
  });
}

function registerRoute(app: FastifyInstance, route: Route, services: Services): void {
  const { endpoint } = route;
  const checks = compileChecks(endpoint);
  const read = (request: FastifyRequest, reply: FastifyReply): Exchange<never> => ({
    params: checks.params(request.params) as never,
    query: checks.query(request.query) as never,
    body: checks.body(request.body) as never,
    caller: request.caller,
    ifMatch: readIfMatch(endpoint, request.headers['if-match']),
    request,
    reply,
  });
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    bodyLimit: route.bodyLimitBytes,
    config: { access: endpoint.access },
    compress: chooseCompression(endpoint.method),
    handler: async (request, reply) => {
      const answer = await route.handle(read(request, reply), services);
      if (route.rawBody === true || reply.sent || reply.raw.headersSent) return reply; // a stream answers for itself
      if (reply.statusCode === 200) reply.status(endpoint.status);
      if (answer === undefined) return reply.send();
      return reply.type('application/json; charset=utf-8').send(answer);
    },
  });
}
