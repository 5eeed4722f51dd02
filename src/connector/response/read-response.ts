import { type ParseError, parse } from 'jsonc-parser';
import { type Json, type JsonObject, parseJson } from '../../base/index.ts';
import { encodeBase64 } from '../base64.ts';
import { findResponse } from '../compile/compile-responses.ts';
import { bareMediaType, isJsonLinesType, isJsonType, isTextType } from '../compile/media-types.ts';
import { ConnectorError } from '../errors.ts';
import type { OperationResult, WireResponse } from '../request-types.ts';
import type { CompiledOperation } from '../types.ts';
import { findCharset } from './charset.ts';
import { readDescribed } from './read-described.ts';

/** What is known of the operation that is answered; its responses describe the answers by status. */
export type AnsweredOperation = Pick<CompiledOperation, 'operationId'> &
  Partial<Pick<CompiledOperation, 'responses'>>;

/**
 * Reads an answer: JSON as JSON, text as text, bytes as `{"$content-type", "$content"}`, nothing as null. Without a
 * media type, what looks like JSON is JSON. XML becomes the value that the response's schema describes, if it
 * describes an object or a list; without one it stays text. `writeOnly` properties are left out.
 *
 * @param document the connector's, to follow the references of the response's schema; left out: no schema is used
 * @throws ConnectorError CONNECTOR_INVALID_RESPONSE when a success says it is JSON and is not. Of a failure the text
 *   is kept: what went wrong matters more than how it is written.
 */
export function readResponse(
  operation: AnsweredOperation | undefined,
  response: WireResponse,
  document?: JsonObject,
): OperationResult {
  const headers = readHeaders(response.headers);
  const mediaType = String(headers['content-type'] ?? '');
  const described =
    document === undefined || operation?.responses === undefined
      ? undefined
      : findResponse(operation.responses, response.status);
  const body = readBody(operation, response, mediaType);
  return {
    statusCode: response.status,
    headers,
    body:
      described?.schema === undefined || document === undefined
        ? body
        : readDescribed(body, mediaType, described.schema, document),
  };
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
  operation: AnsweredOperation | undefined,
  { status, body }: WireResponse,
  mediaType: string,
): Json {
  if (body.length === 0) return null;
  if (isJsonLinesType(mediaType)) return readJsonLines(decode(body, mediaType));
  if (isJsonType(mediaType))
    return readJson(operation, status, decodeJson(operation, status, body, mediaType), mediaType);
  if (isTextType(mediaType)) return decode(body, mediaType);
  if (mediaType === '') return readUnlabelled(body);
  if (bareMediaType(mediaType) === 'application/x-www-form-urlencoded') return decode(body, mediaType);
  return toEnvelope(body, mediaType);
}

function readJson(
  operation: AnsweredOperation | undefined,
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
function invalidJson(operation: AnsweredOperation | undefined, text: string, mediaType: string) {
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

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** JSON is UTF-8 (RFC 8259, section 8.1) unless it says otherwise; letters that are lost are not passed on as a success. */
function decodeJson(
  operation: AnsweredOperation | undefined,
  status: number,
  body: Uint8Array,
  mediaType: string,
): string {
  const charset = findCharset(body, mediaType);
  if (charset !== 'utf-8' || status >= 400) return new TextDecoder(charset).decode(body);
  try {
    return strictUtf8.decode(body);
  } catch {
    const whose = operation === undefined ? 'the service' : `the service (${operation.operationId})`;
    const message = `The answer of ${whose} is labelled ${bareMediaType(mediaType)} and is not written in UTF-8, nor does it name another charset.`;
    throw new ConnectorError('CONNECTOR_INVALID_RESPONSE', message);
  }
}

function decode(body: Uint8Array, mediaType: string): string {
  return new TextDecoder(findCharset(body, mediaType)).decode(body);
}
