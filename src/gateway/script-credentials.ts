import { Secret } from '../base/index.ts';
import type { ScriptSend } from '../code/index.ts';
import type { HttpRequestPlan, WireRequest } from '../connector/index.ts';
import type { Redactor } from './redact.ts';

/** What the pipeline put into the request to authenticate it; it belongs to one origin. */
export interface AttachedCredentials {
  readonly origin: string;
  /** By lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly redactor: Redactor;
}

/** Headers that carry credentials, whoever set them. */
const ALWAYS = ['authorization', 'proxy-authorization', 'cookie'];

export function readAttachedCredentials(
  plan: HttpRequestPlan,
  wire: WireRequest,
  redactor: Redactor,
): AttachedCredentials {
  const secretNames = plan.headers.filter(({ value }) => value instanceof Secret).map(({ name }) => name);
  const names = new Set([...ALWAYS, ...secretNames.map((name) => name.toLowerCase())]);
  const headers = [...names].flatMap((name) => {
    const value = wire.headers[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const query = plan.query.flatMap(({ name, value }) =>
    value instanceof Secret ? [[name, value.reveal()] as const] : [],
  );
  return { origin: new URL(wire.url).origin, headers: new Map(headers), query, redactor };
}

export interface Authorized {
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Names of headers and parameters that were taken out. */
  readonly removed: readonly string[];
  /** Headers that must not follow a redirect to another host. */
  readonly credentialHeaders: readonly string[];
}

/**
 * The request as it may leave: on the connection's own origin a request of the script's own gets the credentials it
 * lacks, if it wants them; anywhere else what the pipeline attached, and whatever repeats a secret of the connection
 * in a header or the query, stays behind.
 */
export function authorizeSend(send: ScriptSend, attached: AttachedCredentials): Authorized {
  const url = new URL(send.url);
  const isOwn = url.origin === attached.origin;
  const { headers, removed } = isOwn
    ? { headers: send.auth === 'inherit' ? addMissing(send, attached) : send.headers, removed: [] }
    : removeAttached(send, attached);
  if (isOwn && send.auth === 'inherit') addMissingQuery(url, attached);
  const removedQuery = isOwn ? [] : removeQuery(url, attached);
  return {
    url: url.href,
    headers,
    removed: [...removed, ...removedQuery],
    credentialHeaders: headers
      .filter(([name, value]) => isCredential(name.toLowerCase(), value, attached))
      .map(([name]) => name),
  };
}

function addMissing(send: ScriptSend, { headers }: AttachedCredentials): Authorized['headers'] {
  const present = new Set(send.headers.map(([name]) => name.toLowerCase()));
  return [...send.headers, ...[...headers].filter(([name]) => !present.has(name))];
}

function addMissingQuery(url: URL, { query }: AttachedCredentials): void {
  for (const [name, value] of query) {
    if (!url.searchParams.has(name)) url.searchParams.append(name, value);
  }
}

function removeAttached(send: ScriptSend, attached: AttachedCredentials) {
  const isBad = ([name, value]: readonly [string, string]) =>
    attached.headers.get(name.toLowerCase()) === value || repeatsSecret(value, attached);
  return {
    headers: send.headers.filter((header) => !isBad(header)),
    removed: send.headers.filter(isBad).map(([name]) => name),
  };
}

function removeQuery(url: URL, attached: AttachedCredentials): string[] {
  const bad = [...url.searchParams].filter(
    ([name, value]) =>
      attached.query.some(([known, secret]) => known === name && secret === value) ||
      repeatsSecret(value, attached),
  );
  for (const [name, value] of bad) url.searchParams.delete(name, value);
  return bad.map(([name]) => name);
}

function isCredential(name: string, value: string, attached: AttachedCredentials): boolean {
  return ALWAYS.includes(name) || attached.headers.get(name) === value || repeatsSecret(value, attached);
}

function repeatsSecret(value: string, { redactor }: AttachedCredentials): boolean {
  return redactor.active && redactor.text(value) !== value;
}
