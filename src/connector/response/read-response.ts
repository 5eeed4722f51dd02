import { type ParseError, parse } from 'jsonc-parser';
import { type Json, type JsonObject, parseJson } from '../../base/index.ts';
import { encodeBase64 } from '../base64.ts';
import { bareMediaType, isJsonLinesType, isJsonType, isTextType } from '../compile/media-types.ts';
import { ConnectorError } from '../errors.ts';
import type { CompiledOperation, OperationResult, WireResponse } from '../types.ts';

/**
 * Reads an answer: JSON as JSON, text as text, bytes as `{"$content-type", "$content"}`, nothing as null. Without a
 * media type, what looks like JSON is JSON.
 *
 * @throws ConnectorError CONNECTOR_INVALID_RESPONSE when a success says it is JSON and is not. Of a failure the text
 *   is kept: what went wrong matters more than how it is written.
 */
export function readResponse(
  operation: Pick<CompiledOperation, 'operationId'> | undefined,
  response: WireResponse,
): OperationResult {
  const headers = readHeaders(response.headers);
  const mediaType = String(headers['content-type'] ?? '');
  const body = readBody(operation, response, mediaType);
  return { statusCode: response.status, headers, body };
}

function readHeaders(headers: WireResponse['headers']): JsonObject {
  const result: JsonObject = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined)
      result[name.toLowerCase()] = typeof value === 'string' ? value : value.join(', ');
  }
  return result;
}

function readBody(
  operation: Pick<CompiledOperation, 'operationId'> | undefined,
  { status, body }: WireResponse,
  mediaType: string,
): Json {
  if (body.length === 0) return null;
  if (isJsonLinesType(mediaType)) return readJsonLines(decode(body, mediaType));
  if (isJsonType(mediaType)) return readJson(operation, status, decode(body, mediaType), mediaType);
  if (isTextType(mediaType)) return decode(body, mediaType);
  if (mediaType === '') return readUnlabelled(body);
  if (bareMediaType(mediaType) === 'application/x-www-form-urlencoded') return decode(body, mediaType);
  return toEnvelope(body, mediaType);
}

function readJson(
  operation: Pick<CompiledOperation, 'operationId'> | undefined,
  status: number,
  text: string,
  mediaType: string,
): Json {
  if (text.trim() === '') return null;
  try {
    return parseJson(text);
  } catch {
    if (status >= 400) return text;
    throw invalidJson(operation, text, mediaType);
  }
}

/** A list of the values, one a line; the text when it is none. */
function readJsonLines(text: string): Json {
  try {
    const lines = text.replaceAll('\u001e', '').split('\n');
    return lines.filter((line) => line.trim() !== '').map(parseJson);
  } catch {
    return text;
  }
}

/**
 * Where it breaks is said by position; neither the text nor the parser's
 * message, which quotes it, is passed on: it may hold what is nobody's business.
 */
function invalidJson(
  operation: Pick<CompiledOperation, 'operationId'> | undefined,
  text: string,
  mediaType: string,
) {
  const place = describePlace(text);
  const whose = operation === undefined ? 'the service' : `the service (${operation.operationId})`;
  const kind = /^\s*</.test(text) ? ' It looks like a web page or XML.' : '';
  const message = `The answer of ${whose} is labelled ${bareMediaType(mediaType)} but is no valid JSON: it breaks ${place}.${kind}`;
  return new ConnectorError('CONNECTOR_INVALID_RESPONSE', message);
}

function describePlace(text: string): string {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true });
  const position = errors[0]?.offset ?? 0;
  const before = text.slice(0, position);
  const line = before.split('\n').length;
  const column = position - before.lastIndexOf('\n');
  const isEnd = position >= text.trimEnd().length ? ', where it ends too early' : '';
  return `at character ${position + 1} (line ${line}, column ${column})${isEnd}`;
}

function readUnlabelled(body: Uint8Array): Json {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return toEnvelope(body, 'application/octet-stream');
  }
  if (!/^\s*[[{"\dtfn-]/.test(text)) return text;
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

function toEnvelope(body: Uint8Array, mediaType: string): JsonObject {
  return { '$content-type': mediaType, $content: encodeBase64(body) };
}

function decode(body: Uint8Array, mediaType: string): string {
  const charset = /charset\s*=\s*"?([^";\s]+)/i.exec(mediaType)?.[1] ?? 'utf-8';
  return new TextDecoder(isKnownCharset(charset) ? charset : 'utf-8').decode(body);
}

function isKnownCharset(charset: string): boolean {
  try {
    new TextDecoder(charset);
    return true;
  } catch {
    return false;
  }
}
