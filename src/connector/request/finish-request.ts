import { stringifyJson } from '../../base/index.ts';
import { bareMediaType, DEFAULT_ACCEPT, isTextType } from '../compile/media-types.ts';
import { ConnectorError } from '../errors.ts';
import type { HttpRequestPlan, QueryEntry, RequestContent, Text, WireRequest } from '../request-types.ts';
import { writeMultipart } from './multipart.ts';
import { revealText } from './secret-text.ts';
import { encode } from './serialize.ts';

/**
 * Writes a request as it goes on the wire. Here the secrets come out of their wrapping: send the result, never
 * print it. `describe` is how a message may call the URL.
 *
 * @throws ConnectorError CONNECTOR_INVALID_URL when the parts make no http(s) address.
 */
export function finishRequest(plan: HttpRequestPlan): WireRequest {
  const headers = writeHeaders(plan);
  const url = writeUrl(plan);
  if (plan.body === undefined) return { method: plan.method, url, headers };
  const { body, mediaType } = writeBody(plan.body, plan.mediaType);
  // Only the writer of the parts knows the boundary between them.
  if (plan.body.kind === 'multipart') headers['content-type'] = mediaType;
  else headers['content-type'] ??= mediaType;
  return { method: plan.method, url, headers, body };
}

function writeUrl(plan: HttpRequestPlan): string {
  // A host policy may have put a query behind the base path.
  const [base = '', baseQuery = ''] = revealText(plan.baseUrl).split('?');
  const query = [baseQuery, ...plan.query.map((entry) => writeQuery(entry, revealText(entry.value)))];
  const joined = query.filter((pair) => pair !== '').join('&');
  const path = plan.path.startsWith('/') ? plan.path : `/${plan.path}`;
  const url = `${base.replace(/\/+$/, '')}${path}${joined === '' ? '' : `?${joined}`}`;
  if (URL.canParse(url) && /^(?:https?|patchbay):\/\/[^/]/i.test(url)) return url;
  const shown = plan.baseUrl instanceof Object ? 'The address made by a policy' : `'${plan.baseUrl}'`;
  throw new ConnectorError('CONNECTOR_INVALID_URL', `${shown} is no address of a service.`);
}

/** The pair of one query parameter; `value` stands for the entry's own, which may be masked. */
export function writeQuery(entry: QueryEntry, value: string): string {
  return `${encode(entry.name)}=${entry.encoded === true ? value : encode(value)}`;
}

function writeHeaders(plan: HttpRequestPlan): Record<string, string> {
  const headers = new Map<string, string>();
  for (const { name, value } of plan.headers) addHeader(headers, name, value);
  if (plan.cookies.length > 0) {
    const cookies = plan.cookies.map((entry) => writeCookie(entry, revealText(entry.value)));
    addHeader(headers, 'cookie', cookies.join('; '));
  }
  if (!headers.has('accept')) headers.set('accept', DEFAULT_ACCEPT);
  return Object.fromEntries(headers);
}

function writeCookie({ name, encoded }: QueryEntry, value: string): string {
  return `${name.replace(/[\s=;,]+/g, '')}=${encoded === true ? value : encode(value)}`;
}

function addHeader(headers: Map<string, string>, name: string, value: Text): void {
  const key = name.trim().toLowerCase();
  if (!HEADER_NAME.test(key)) return; // a mistake of the definition: no header can have such a name
  const text = writeHeaderValue(name, revealText(value));
  const before = headers.get(key);
  headers.set(key, before === undefined ? text : `${before}${key === 'cookie' ? '; ' : ', '}${text}`);
}

const HEADER_NAME = /^[!#$%&'*+.^_`|~\da-z-]+$/;

/**
 * Space around a value is not part of it (RFC 9110, section 5.5); letters beyond Latin-1 go as UTF-8 bytes, as
 * browsers do. A line break in a value would begin another header, and no other control character may stand there.
 *
 * @throws ConnectorError CONNECTOR_INVALID_INPUTS; the value, which may be secret, is not quoted
 */
function writeHeaderValue(name: string, written: string): string {
  const value = written.trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  const [found] = /[\x00-\x08\x0a-\x1f\x7f]/.exec(value) ?? [];
  if (found !== undefined) {
    const what = found === '\n' || found === '\r' ? 'a line break' : 'a control character';
    throw invalidHeader(`The value of the header '${name.trim()}' holds ${what}, which HTTP does not allow.`);
  }
  if (!/[^\x20-\xff\t]/.test(value)) return value;
  return String.fromCharCode(...new TextEncoder().encode(value));
}

function invalidHeader(message: string) {
  return new ConnectorError('CONNECTOR_INVALID_INPUTS', message, {
    fix: 'Give a value in one line; remove or replace the characters that are not allowed.',
  });
}

function writeBody(
  content: RequestContent,
  mediaType = '',
): { body: string | Uint8Array; mediaType: string } {
  switch (content.kind) {
    case 'json':
      return { body: stringifyJson(content.value), mediaType };
    case 'form': {
      const pairs = content.fields.map(([name, value]) => `${encodeForm(name)}=${encodeForm(value)}`);
      return { body: pairs.join('&'), mediaType };
    }
    case 'multipart': {
      const { body, boundary } = writeMultipart(content.parts);
      return { body, mediaType: `${bareMediaType(mediaType)}; boundary=${boundary}` };
    }
    case 'text':
      return { body: content.text, mediaType: withCharset(mediaType) };
    case 'binary':
      return { body: content.bytes, mediaType };
  }
}

function withCharset(mediaType: string): string {
  return isTextType(mediaType) && !/charset/i.test(mediaType) ? `${mediaType}; charset=utf-8` : mediaType;
}

/** application/x-www-form-urlencoded: as a URL, blanks as plus signs. */
function encodeForm(text: string): string {
  return encode(text).replaceAll('%20', '+');
}
