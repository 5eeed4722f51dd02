import type { JsonObject } from '../base/index.ts';
import {
  type AnsweredOperation,
  ConnectorError,
  readResponse,
  type WireResponse,
} from '../connector/index.ts';
import { createCallError } from './call-errors.ts';
import type { Redactor } from './redact.ts';
import type { CallError, CallOutputs } from './types.ts';

export interface ReadAnswer {
  readonly outputs: CallOutputs;
  /** Set when the answer is not what it says it is; the outputs then hold its text. */
  readonly error?: CallError;
}

/**
 * Decodes an answer. What a service repeats of the credentials does not get into outputs, journal or messages.
 */
export function readAnswer(
  operation: AnsweredOperation | undefined,
  answer: WireResponse,
  redactor: Redactor,
  document?: JsonObject,
): ReadAnswer {
  try {
    return { outputs: redact(readResponse(operation, answer, document), answer, redactor) };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    const text = readResponse(operation, {
      ...answer,
      headers: { ...answer.headers, 'content-type': 'text/plain; charset=utf-8' },
    });
    const headers = { ...text.headers, 'content-type': String(answer.headers['content-type'] ?? '') };
    return {
      outputs: redact({ ...text, headers }, answer, redactor),
      error: createCallError('InvalidResponse', redactor.text(error.message)),
    };
  }
}

function redact(
  { statusCode, headers, body }: CallOutputs,
  answer: WireResponse,
  redactor: Redactor,
): CallOutputs {
  if (!redactor.active) return { statusCode, headers, body };
  return {
    statusCode,
    headers: redactor.json(headers),
    body: redactor.foundIn(answer.body) ? redactor.json(body) : body,
  };
}
