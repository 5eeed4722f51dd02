import { describe, expect, test } from 'vitest';
import { DEFAULT_RETRY, decideRetryDelay, parseRetryPolicy } from './retry-policy.ts';

describe('retry policies', () => {
  test('what states none retries four times, exponentially', () => {
    expect(parseRetryPolicy(undefined)).toBe(DEFAULT_RETRY);
    expect(decideRetryDelay(DEFAULT_RETRY, 5, () => 0)).toBeUndefined();
  });

  test('none never retries', () => {
    expect(decideRetryDelay(parseRetryPolicy({ type: 'None' }), 1, () => 0)).toBeUndefined();
  });

  test('fixed waits its interval', () => {
    expect(
      decideRetryDelay(parseRetryPolicy({ type: 'fixed', count: 1, interval: 'PT30S' }), 1, () => 0.9),
    ).toBe(30_000);
  });

  test('exponential draws between the last bound and the next, within its limits', () => {
    const policy = parseRetryPolicy({
      type: 'exponential',
      count: 9,
      interval: 'PT10S',
      minimumInterval: 'PT5S',
      maximumInterval: 'PT1M',
    });
    expect(decideRetryDelay(policy, 1, () => 0)).toBe(5_000);
    expect(decideRetryDelay(policy, 1, () => 1)).toBe(10_000);
    expect(decideRetryDelay(policy, 3, () => 0)).toBe(20_000);
    expect(decideRetryDelay(policy, 3, () => 1)).toBe(40_000);
    expect(decideRetryDelay(policy, 9, () => 1)).toBe(60_000);
  });

  test('a count out of range is the default', () => {
    expect(parseRetryPolicy({ type: 'fixed', count: 1000, interval: 'PT5S' }).count).toBe(
      DEFAULT_RETRY.count,
    );
  });
});
