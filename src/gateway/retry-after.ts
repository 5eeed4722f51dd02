import type { Json, JsonObject } from '../base/index.ts';
import type { WireResponse } from '../connector/index.ts';

/** Longest wait that is believed: a year in a Retry-After is a mistake. */
const LONGEST_MS = 24 * 60 * 60 * 1000;

/**
 * How long an answer asks to wait, in milliseconds: `Retry-After` in seconds or as a date (RFC 9110, 10.2.3), or
 * one of the headers that services use in its place.
 */
export function readRetryAfter(headers: JsonObject, nowMs: number): number | undefined {
  const milliseconds = readNumber(headers['retry-after-ms'] ?? headers['x-ms-retry-after-ms']);
  const waitMs = milliseconds ?? readStandard(headers['retry-after'], nowMs);
  return waitMs === undefined ? undefined : Math.min(Math.max(0, Math.round(waitMs)), LONGEST_MS);
}

function readStandard(value: Json | undefined, nowMs: number): number | undefined {
  const seconds = readNumber(value);
  if (seconds !== undefined) return seconds * 1000;
  const date = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : date - nowMs;
}

function readNumber(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : undefined;
}

/** The same of an answer that was not decoded yet. */
export function readWait({ headers }: WireResponse, nowMs: number): number | undefined {
  const found: JsonObject = {};
  for (const name of WAIT_HEADERS) {
    const value = headers[name];
    if (typeof value === 'string') found[name] = value;
  }
  return readRetryAfter(found, nowMs);
}

const WAIT_HEADERS = ['retry-after', 'retry-after-ms', 'x-ms-retry-after-ms'];
