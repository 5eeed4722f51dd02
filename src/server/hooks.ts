import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { JsonObject } from '../base/index.ts';
import type { Engine, HookAnswer } from '../engine/index.ts';
import { ServerError } from './errors.ts';
import { readHookBody, readHookHeaders, writeHookBody } from './hook-message.ts';

const BODY_LIMIT_BYTES = 32 * 1024 * 1024;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];
/** Headers that belong to the connection or to us, whatever a Response action asks for. */
const OWN_HEADERS = new Set([
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'set-cookie',
]);

/** The part of the engine that answers calls to Request triggers. */
export type HookEngine = Pick<Engine, 'verifySignature' | 'triggerRequest'>;

interface HookRoute {
  Params: { flowId: string; triggerName: string; signature: string; '*'?: string };
  Body: Buffer | undefined;
}

/**
 * The callback URLs of Request triggers. They are open: who knows the signature may call. This is the hot path,
 * so nothing else happens here: no log line, no schema, no session.
 */
export function registerHooks(app: FastifyInstance, engine: HookEngine): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  for (const url of ['/hooks/:flowId/:triggerName/:signature', '/hooks/:flowId/:triggerName/:signature/*']) {
    app.route<HookRoute>({
      method: METHODS,
      url,
      bodyLimit: BODY_LIMIT_BYTES,
      config: { access: 'open' },
      handler: (request, reply) => answerHook(engine, request, reply),
    });
  }
}

async function answerHook(engine: HookEngine, request: FastifyRequest<HookRoute>, reply: FastifyReply) {
  const { flowId, triggerName, signature } = request.params;
  if (!(await engine.verifySignature(flowId, triggerName, signature))) {
    throw new ServerError('NOT_FOUND', 'There is no such callback URL, or it was revoked.', {
      fix: 'Take the URL from the flow again.',
    });
  }
  const answer = await engine.triggerRequest({
    flowId,
    triggerName,
    method: request.method,
    headers: readHookHeaders(request.headers),
    queries: request.query as JsonObject,
    body: readHookBody(request.headers['content-type'], request.body),
    relativePath: request.params['*'] ?? '',
  });
  return sendAnswer(answer, reply);
}

function sendAnswer(answer: HookAnswer, reply: FastifyReply) {
  const { type, payload } = writeHookBody(answer.body);
  reply.status(answer.statusCode).header('x-ms-workflow-run-id', answer.runId);
  if (type !== undefined) reply.header('content-type', type);
  for (const [name, value] of Object.entries(answer.headers)) {
    if (!OWN_HEADERS.has(name.toLowerCase())) reply.header(name, String(value));
  }
  return reply.send(payload);
}
