import { stringifyJson } from '../../base/index.ts';
import { bareMediaType, isTextType } from '../compile/media-types.ts';
import { ConnectorError } from '../errors.ts';
import type { HttpRequestPlan, QueryEntry, RequestContent, Text, WireRequest } from '../types.ts';
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
  headers['content-type'] ??= mediaType;
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
  const headers: Record<string, string> = {};
  for (const { name, value } of plan.headers) addHeader(headers, name, value);
  const cookies = plan.cookies.map(({ name, value }) => `${name}=${encode(revealText(value))}`);
  if (cookies.length > 0) addHeader(headers, 'cookie', cookies.join('; '));
  headers['accept'] ??= 'application/json, */*;q=0.8';
  return headers;
}

function addHeader(headers: Record<string, string>, name: string, value: Text): void {
  const key = name.trim().toLowerCase();
  if (!/^[!#$%&'*+.^_`|~\da-z-]+$/.test(key)) return; // no header can have such a name
  const text = sanitize(revealText(value));
  const before = headers[key];
  headers[key] = before === undefined ? text : `${before}${key === 'cookie' ? '; ' : ', '}${text}`;
}

/** A line break in a value would begin another header; letters beyond Latin-1 go as UTF-8 bytes, as browsers do. */
function sanitize(value: string): string {
  const oneLine = value.replace(/[\r\n\0]+/g, ' ').trim();
  if (!/[^\x20-\xff\t]/.test(oneLine)) return oneLine;
  return String.fromCharCode(...new TextEncoder().encode(oneLine));
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
