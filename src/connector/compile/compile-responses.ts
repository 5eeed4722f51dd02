import { isJsonObject, type JsonObject } from '../../base/index.ts';
import { resolveReference } from '../../schema/index.ts';
import type { CompiledResponse } from '../types.ts';
import { pickMediaType, writeAccept } from './media-types.ts';
import { firstText } from './text.ts';

export function compileResponses(operation: JsonObject, document: JsonObject): CompiledResponse[] {
  const responses = isJsonObject(operation['responses']) ? operation['responses'] : {};
  return Object.entries(responses).flatMap(([status, written]) => {
    const response = resolveReference(written, document);
    return isJsonObject(response) && !status.startsWith('x-') ? [compileResponse(status, response)] : [];
  });
}

function compileResponse(status: string, response: JsonObject): CompiledResponse {
  const content = isJsonObject(response['content']) ? response['content'] : {};
  const mediaTypes = Object.keys(content);
  const media = content[pickMediaType(mediaTypes) ?? ''];
  const schema = isJsonObject(media) ? media['schema'] : undefined;
  return {
    status,
    description: firstText(response['description']),
    mediaTypes,
    ...(isJsonObject(schema) ? { schema } : {}),
    headers: isJsonObject(response['headers']) ? response['headers'] : {},
  };
}

/** The only success or default, else 200, 201, another success, default: what the Power Platform's designer shows. */
export function pickSuccess(responses: readonly CompiledResponse[]): CompiledResponse | undefined {
  const candidates = responses.filter(({ status }) => /^2/.test(status) || status === 'default');
  if (candidates.length === 1) return candidates[0];
  const find = (pattern: RegExp) => candidates.find(({ status }) => pattern.test(status));
  return find(/^200$/) ?? find(/^201$/) ?? find(/^2/) ?? find(/^default$/);
}

/** The response that describes an answer: the one of its status, of its class (`2XX`), else the default. */
export function findResponse(
  responses: readonly CompiledResponse[],
  status: number,
): CompiledResponse | undefined {
  const exact = String(status);
  const range = `${exact[0]}XX`;
  return (
    responses.find((one) => one.status === exact) ??
    responses.find((one) => one.status.toUpperCase() === range) ??
    responses.find((one) => one.status === 'default')
  );
}

/** `Accept` of an operation: what its successes come as. */
export function readAccept(responses: readonly CompiledResponse[]): string {
  const successes = responses.filter(({ status }) => /^2/.test(status) || status === 'default');
  return writeAccept(successes.flatMap(({ mediaTypes }) => mediaTypes));
}
