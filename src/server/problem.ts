import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { type Json, type JsonObject, PatchbayError, stringifyJson } from '../base/index.ts';
import { isDatabaseAway } from '../store/index.ts';
import { type SERVER_ERRORS, ServerError } from './errors.ts';

/** Fastify's own refusals in our words; the messages of the rest may show what a client must not see. */
const FASTIFY_CODES: Record<string, keyof typeof SERVER_ERRORS> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'INVALID_JSON',
  FST_ERR_CTP_INVALID_JSON_BODY: 'INVALID_JSON',
};

/** How soon a client may ask again while the database is away. */
const AWAY_RETRY_MS = 2_000;

/** Any error as one that may be shown; `INTERNAL` for whatever was not meant for people. */
function toPatchbayError(error: unknown): PatchbayError {
  if (error instanceof PatchbayError) return error;
  const { code, statusCode, message } = error as Partial<FastifyError>;
  const known = code === undefined ? undefined : FASTIFY_CODES[code];
  if (known !== undefined) return new ServerError(known, String(message), { cause: error });
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new ServerError('BAD_REQUEST', String(message), { status: statusCode, cause: error });
  }
  if (isDatabaseAway(error)) {
    return new ServerError('DATABASE_AWAY', 'The database does not answer at the moment.', {
      cause: error,
      extra: { retryAfterMs: AWAY_RETRY_MS },
    });
  }
  return new ServerError('INTERNAL', 'The server could not answer because of a fault of its own.', {
    cause: error,
  });
}

/** The problem document of an error (RFC 9457). */
function createProblem(error: PatchbayError): JsonObject {
  const { code, status, title, message, pointer, fix } = error;
  return {
    ...(error.extra as JsonObject | undefined),
    type: `urn:patchbay:problem:${code}`,
    title,
    status,
    code,
    detail: message,
    ...(pointer === undefined ? {} : { pointer }),
    ...(fix === undefined ? {} : { fix }),
  };
}

/** Answers with the problem document, and logs what was our own fault. */
export function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const error = toPatchbayError(thrown);
  if (error.status >= 500 && error.code === 'INTERNAL')
    request.log.error({ err: error.cause ?? error }, error.message);
  if (error.status === 401) reply.header('www-authenticate', 'Bearer realm="Patchbay"');
  const retryAfterMs = error.extra?.['retryAfterMs'];
  if (typeof retryAfterMs === 'number') reply.header('retry-after', String(Math.ceil(retryAfterMs / 1000)));
  void reply
    .status(error.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer((payload: unknown) => stringifyJson(payload as Json))
    .send(createProblem(error));
}
