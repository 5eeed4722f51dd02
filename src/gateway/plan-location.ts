import { REDACTED, Secret } from '../base/index.ts';
import type { HttpRequestPlan, QueryEntry } from '../connector/index.ts';

/** About the body of the request before, or about its being sent once: none of a later GET's business. */
const NOT_REPEATED = new Set(['content-type', 'content-encoding', 'idempotency-key', 'if-match', 'prefer']);

/**
 * The GET of a `Location` that the answer to `plan` gave. Headers, cookies and credentials of the request before go
 * along if it stays on the same origin; elsewhere it goes bare.
 */
export function planLocation(plan: HttpRequestPlan, location: URL): HttpRequestPlan {
  const next: HttpRequestPlan = {
    method: 'GET',
    baseUrl: location.origin === 'null' ? location.href : location.origin,
    path: location.pathname,
    query: listQuery(location),
    headers: [],
    cookies: [],
  };
  if (location.origin !== readOrigin(plan)) return next;
  // An address out of an answer has dots where a credential was: the credential takes their place.
  const query = next.query.filter(({ value }) => !isRedacted(String(value)));
  const given = new Set(query.map(({ name }) => name));
  const credentials = plan.query.filter(({ name, value }) => value instanceof Secret && !given.has(name));
  return {
    ...next,
    query: [...query, ...credentials],
    headers: plan.headers.filter(({ name }) => !NOT_REPEATED.has(name.toLowerCase())),
    cookies: plan.cookies,
  };
}

function isRedacted(value: string): boolean {
  return decode(value) === REDACTED;
}

/** Scheme, host and port a request goes to; undefined for what is no URL. */
export function readOrigin({ baseUrl }: HttpRequestPlan): string | undefined {
  return URL.parse(readBaseUrl(baseUrl))?.origin;
}

export function readHost({ baseUrl }: HttpRequestPlan): string {
  return URL.parse(readBaseUrl(baseUrl))?.host ?? 'the service';
}

/** A policy may have made the address from secret values; its host alone is not one. */
function readBaseUrl(baseUrl: HttpRequestPlan['baseUrl']): string {
  return baseUrl instanceof Secret ? baseUrl.reveal() : baseUrl;
}

/** The query as it stands: taking it apart and writing it anew may change what a signature covers. */
export function listQuery({ search }: URL): QueryEntry[] {
  const pairs = search.slice(1).split('&');
  return pairs
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return { name: decode(name), value: value.join('='), encoded: true };
    });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
