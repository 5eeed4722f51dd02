import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { JsonObject } from '../base/index.ts';
import type { CallbackCall, Engine, HookAnswer } from '../engine/index.ts';
import { ServerError } from './errors.ts';
import { readHookBody, readHookHeaders, writeHookBody } from './hook-message.ts';

/** The published limit of a message. */
const BODY_LIMIT_BYTES = 100 * 1024 * 1024;
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
export type HookEngine = Pick<
  Engine,
  'verifySignature' | 'triggerRequest' | 'isCallbackKnown' | 'receiveCallback'
>;

interface CallbackRoute {
  Params: { '*': string };
  Body: Buffer | undefined;
}

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
      // Before the body is read: nobody who does not know the URL may have us take a large one.
      onRequest: (request) => assertSignature(engine, request),
      handler: (request, reply) => answerHook(engine, request, reply),
    });
  }
  app.route<CallbackRoute>({
    method: METHODS,
    url: '/hooks/callback/*',
    bodyLimit: BODY_LIMIT_BYTES,
    config: { access: 'open' },
    onRequest: async (request) => {
      if (!engine.isCallbackKnown(request.params['*'])) throw unknownUrl();
    },
    handler: async (request, reply) => sendAnswer(await engine.receiveCallback(readCall(request)), reply),
  });
}

async function assertSignature(engine: HookEngine, request: FastifyRequest<HookRoute>): Promise<void> {
  const { flowId, triggerName, signature } = request.params;
  if (!(await engine.verifySignature(flowId, triggerName, signature))) throw unknownUrl();
}

function unknownUrl() {
  return new ServerError('NOT_FOUND', 'There is no such callback URL, or it was revoked.', {
    fix: 'Take the URL from the flow again.',
  });
}

function readCall(request: FastifyRequest<CallbackRoute>): CallbackCall {
  return {
    token: request.params['*'],
    method: request.method,
    headers: readHookHeaders(request.headers),
    queries: request.query as JsonObject,
    body: readHookBody(request.headers['content-type'], request.body),
  };
}

async function answerHook(engine: HookEngine, request: FastifyRequest<HookRoute>, reply: FastifyReply) {
  const { flowId, triggerName, signature } = request.params;
  const answer = await engine.triggerRequest({
    flowId,
    triggerName,
    method: request.method,
    headers: readHookHeaders(request.headers),
    queries: request.query as JsonObject,
    body: readHookBody(request.headers['content-type'], request.body),
    relativePath: request.params['*'] ?? '',
    signature,
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
