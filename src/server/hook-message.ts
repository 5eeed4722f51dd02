import type { IncomingHttpHeaders } from 'node:http';
import {
  describeError,
  isJsonObject,
  type Json,
  type JsonObject,
  parseJson,
  stringifyJson,
} from '../base/index.ts';
import { ServerError } from './errors.ts';

/** Headers that hold credentials of the caller: the run's history is no place for them. */
const CREDENTIAL_HEADERS = new Set(['authorization', 'proxy-authorization', 'cookie', 'x-api-key']);

export function readHookHeaders(headers: IncomingHttpHeaders): JsonObject {
  const result: JsonObject = {};
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || CREDENTIAL_HEADERS.has(name)) continue;
    result[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return result;
}

/**
 * The body of a call to a Request trigger: JSON parsed, text as it is, a form with its fields under `$formdata`,
 * and anything else as `{"$content-type", "$content"}` in base64 (Logic Apps, "Handle content types").
 *
 * @throws ServerError INVALID_JSON
 */
export function readHookBody(contentType: string | undefined, bytes: Buffer | undefined): Json {
  if (bytes === undefined || bytes.length === 0) return null;
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/json' || type === '' || type.endsWith('+json')) return parseHookJson(bytes, type);
  if (type.startsWith('text/')) return bytes.toString('utf8');
  const content: JsonObject = { '$content-type': contentType ?? type, $content: bytes.toString('base64') };
  if (type === 'application/x-www-form-urlencoded') {
    const fields = [...new URLSearchParams(bytes.toString('utf8'))];
    content['$formdata'] = fields.map(([key, value]) => ({ key, value }));
  }
  return content;
}

/** A caller who names no type most often means JSON; if it is none, it is text. */
function parseHookJson(bytes: Buffer, type: string): Json {
  const text = bytes.toString('utf8');
  try {
    return parseJson(text);
  } catch (error) {
    if (type === '') return text;
    throw new ServerError('INVALID_JSON', `The body is not JSON: ${describeError(error)}.`);
  }
}

/** The bytes of a Response action's body, and the type they have unless the action names one. */
export function writeHookBody(body: Json | undefined): {
  type: string | undefined;
  payload: string | Buffer;
} {
  if (body === undefined || body === null) return { type: undefined, payload: '' };
  if (typeof body === 'string') return { type: 'text/plain; charset=utf-8', payload: body };
  if (isJsonObject(body) && typeof body['$content'] === 'string') {
    const type = body['$content-type'];
    return {
      type: typeof type === 'string' ? type : 'application/octet-stream',
      payload: Buffer.from(body['$content'], 'base64'),
    };
  }
  return { type: 'application/json; charset=utf-8', payload: stringifyJson(body) };
}
