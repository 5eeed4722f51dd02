import type { FastifyInstance, FastifyRequest } from 'fastify';
import { describeError, type Json, parseJson, stringifyJson } from '../base/index.ts';
import { ServerError } from './errors.ts';

/** JSON in and out as Patchbay carries it: whole numbers keep all their digits. An empty body is `undefined`. */
export function registerJson(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json');
  for (const type of ['application/json', /^application\/[\w.-]+\+json/]) {
    app.addContentTypeParser(type, { parseAs: 'string' }, (_request: FastifyRequest, body: string, done) => {
      try {
        done(null, parseBody(body));
      } catch (error) {
        done(error as Error);
      }
    });
  }
  app.setReplySerializer((payload) => stringifyJson(payload as Json));
}

function parseBody(text: string): Json | undefined {
  if (text === '') return undefined;
  try {
    return parseJson(text);
  } catch (error) {
    throw new ServerError('INVALID_JSON', `The body is not JSON: ${describeError(error)}.`);
  }
}
