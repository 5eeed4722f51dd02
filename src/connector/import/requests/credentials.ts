import { isCredentialName } from '../../../base/index.ts';
import type { NotedCredential } from './types.ts';

/** Cookies and parameters that stand for a person although their name is none of the usual ones. */
const SESSION_NAME =
  /sess|token|auth|jwt|^sid$|[-_.]sid$|^key$|^sig(?:nature)?$|api[-_]?key|access[-_]?key|secret/i;

/** Headers about the message or its sender, which nobody needs to fill in. */
const IGNORED_HEADER =
  /^(?::|sec-|content-(?:type|length|encoding)$|accept|host$|connection$|user-agent$|origin$|referer$|cache-control$|pragma$|dnt$|priority$|te$|if-(?:none-match|modified-since)$|upgrade|keep-alive$|transfer-encoding$|expect$|postman-token$|traceparent$|tracestate$|newrelic$|x-newrelic|x-datadog|baggage$|sentry-trace$|date$|via$|forwarded$|x-forwarded|x-requested-with$|save-data$|device-memory$)/i;

export function isIgnoredHeader(name: string): boolean {
  return IGNORED_HEADER.test(name);
}

/** Whether a header, query parameter or cookie says who is calling. */
export function carriesCredential(name: string): boolean {
  return isCredentialName(name) || SESSION_NAME.test(name);
}

export const BASIC: NotedCredential = { name: 'basic', scheme: { type: 'http', scheme: 'basic' } };
export const BEARER: NotedCredential = { name: 'bearer', scheme: { type: 'http', scheme: 'bearer' } };

export const DIGEST: NotedCredential = { name: 'digest', scheme: { type: 'http', scheme: 'digest' } };

/** An API key in a place of its own. */
export function createApiKey(place: 'header' | 'query' | 'cookie', name: string): NotedCredential {
  return {
    name: name.replace(/[^\w.-]+/g, '_') || 'apiKey',
    scheme: { type: 'apiKey', in: place, name },
  };
}

/** What a header that authenticates asks of a connection; `undefined` for a header that does not. */
export function readCredentialHeader(name: string, value: string): NotedCredential[] | undefined {
  const lower = name.toLowerCase();
  if (lower === 'cookie') return readCookies(value);
  if (lower === 'authorization') {
    if (/^basic\s/i.test(value)) return [BASIC];
    return [/^bearer\s/i.test(value) ? BEARER : createApiKey('header', name)];
  }
  return carriesCredential(name) ? [createApiKey('header', name)] : undefined;
}

/** Cookies that stand for a person; the others (consent, statistics) are none of the API's business. */
function readCookies(header: string): NotedCredential[] {
  const names = header.split(';').map((pair) => pair.split('=')[0]?.trim() ?? '');
  return names
    .filter((name) => name !== '' && carriesCredential(name))
    .map((name) => createApiKey('cookie', name));
}

/** Without repetition, the first of a name kept. */
export function uniteCredentials(credentials: readonly NotedCredential[]): NotedCredential[] {
  return [...new Map(credentials.toReversed().map((one) => [one.name, one])).values()].toReversed();
}
