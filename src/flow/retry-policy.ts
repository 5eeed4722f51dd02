import { isJsonObject, type Json } from '../base/index.ts';
import { parseDurationMs } from './duration.ts';

/** How often and when a call that failed in passing is tried again. */
export interface RetryPolicy {
  readonly type: 'none' | 'fixed' | 'exponential';
  /** Attempts after the first. */
  readonly count: number;
  readonly intervalMs: number;
  readonly minimumMs: number;
  readonly maximumMs: number;
}

const SECOND_MS = 1000;
const HOUR_MS = 3_600_000;

/** What the service does when a call states no policy: four retries, exponential from 7 s (the published limits). */
export const DEFAULT_RETRY: RetryPolicy = {
  type: 'exponential',
  count: 4,
  intervalMs: 7 * SECOND_MS,
  minimumMs: 5 * SECOND_MS,
  maximumMs: HOUR_MS,
};

const NO_RETRY: RetryPolicy = { type: 'none', count: 0, intervalMs: 0, minimumMs: 0, maximumMs: 0 };

/** Reads `inputs.retryPolicy`; what is missing or unreadable takes the default's value. */
export function parseRetryPolicy(policy: Json | undefined): RetryPolicy {
  if (!isJsonObject(policy)) return DEFAULT_RETRY;
  const type = String(policy.type ?? 'default').toLowerCase();
  if (type === 'none') return NO_RETRY;
  if (type !== 'fixed' && type !== 'exponential') return DEFAULT_RETRY;
  const intervalMs = readDuration(policy.interval, DEFAULT_RETRY.intervalMs);
  return {
    type,
    count: readCount(policy.count),
    intervalMs,
    minimumMs: readDuration(policy.minimumInterval, Math.min(intervalMs, DEFAULT_RETRY.minimumMs)),
    maximumMs: readDuration(policy.maximumInterval, DEFAULT_RETRY.maximumMs),
  };
}

function readDuration(value: Json | undefined, otherwise: number): number {
  return typeof value === 'string' ? (parseDurationMs(value) ?? otherwise) : otherwise;
}

function readCount(value: Json | undefined): number {
  const count = Number(value ?? DEFAULT_RETRY.count);
  return Number.isInteger(count) && count >= 0 && count <= 90 ? count : DEFAULT_RETRY.count;
}

/**
 * Milliseconds to wait before retry number `retry` (1-based), or `undefined` when there is none left.
 * Exponential waits are drawn uniformly from [max(2^(n−2)·i, min), min(2^(n−1)·i, max)], as the service
 * publishes; a Retry-After of the upstream is the least that is waited.
 */
export function decideRetryDelay(
  policy: RetryPolicy,
  retry: number,
  random: () => number,
  retryAfterMs?: number,
): number | undefined {
  if (retry > policy.count) return undefined;
  return Math.max(
    retryAfterMs ?? 0,
    policy.type === 'fixed' ? policy.intervalMs : drawExponential(policy, retry, random),
  );
}

function drawExponential(policy: RetryPolicy, retry: number, random: () => number): number {
  const { intervalMs, minimumMs, maximumMs } = policy;
  const high = Math.min(2 ** (retry - 1) * intervalMs, maximumMs);
  const low = Math.min(retry === 1 ? minimumMs : Math.max(2 ** (retry - 2) * intervalMs, minimumMs), high);
  return Math.round(low + random() * (high - low));
}
