import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';

/** Names under which services say when a subscription ends, without case and signs. */
const INSTANTS: ReadonlySet<string> = new Set([
  'expirationdatetime',
  'expirationdate',
  'expirationtime',
  'expiration',
  'expires',
  'expiresat',
  'expireson',
  'expiresdate',
  'expiry',
  'expirydate',
  'expiresdatetime',
  'expiredate',
  'validuntil',
]);

/** Names under which they say how many seconds it lasts. */
const DURATIONS: ReadonlySet<string> = new Set(['expiresin', 'leaseseconds', 'hubleaseseconds', 'ttl']);

/** What services wrap the record of a subscription in. */
const WRAPPERS: ReadonlySet<string> = new Set(['data', 'result', 'subscription', 'webhook', 'hook']);

const DAY_MS = 86_400_000;
/** Numbers above this are milliseconds since 1970, smaller ones seconds. */
const LEAST_MILLISECONDS = 100_000_000_000;

/**
 * When a subscription ends by what the service answered, in epoch milliseconds; `undefined` when it does not say, or
 * names an instant that has passed.
 */
export function readExpiry(answer: Json, now: number): number | undefined {
  if (!isJsonObject(answer)) return undefined;
  for (const [name, value] of Object.entries(answer)) {
    const at = readMember(simplify(name), value, now);
    if (at !== undefined && at > now) return at;
  }
  for (const [name, value] of Object.entries(answer)) {
    const inner = WRAPPERS.has(simplify(name)) && isJsonObject(value) ? readExpiry(value, now) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** When to subscribe again: after four fifths of the time, and at most a day before the end. */
export function planRenewal(now: number, expiresAt: number): number {
  return Math.round(Math.max(now + (expiresAt - now) * 0.8, expiresAt - DAY_MS));
}

function readMember(name: string, value: JsonObject[string], now: number): number | undefined {
  if (DURATIONS.has(name)) {
    const seconds = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
    return Number.isFinite(seconds) && seconds > 0 ? now + seconds * 1000 : undefined;
  }
  if (!INSTANTS.has(name)) return undefined;
  if (typeof value === 'number' || (typeof value === 'string' && /^\d{9,}$/.test(value))) {
    const number = Number(value);
    return number < LEAST_MILLISECONDS ? number * 1000 : number;
  }
  const instant = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(instant) ? undefined : instant;
}

function simplify(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
