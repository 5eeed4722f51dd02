import { expect, test } from 'vitest';
import type { Json } from '../base/index.ts';
import { planRenewal, readExpiry } from './webhook-expiry.ts';

const NOW = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;

const CASES: [string, Json, number | undefined][] = [
  ['Microsoft Graph', { expirationDateTime: '2026-01-01T01:00:00Z' }, NOW + HOUR],
  ['milliseconds as text', { expiration: String(NOW + HOUR) }, NOW + HOUR],
  ['seconds since 1970', { expires_at: (NOW + HOUR) / 1000 }, NOW + HOUR],
  ['a duration in seconds', { lease_seconds: '3600' }, NOW + HOUR],
  ['inside a wrapper', { data: { expiresOn: '2026-01-01T01:00:00Z' } }, NOW + HOUR],
  ['the past', { expires: '2025-01-01T00:00:00Z' }, undefined],
  ['nothing', { id: 1 }, undefined],
  ['no object', 'expires tomorrow', undefined],
];

test.each(CASES)('%s', (_name, answer, expected) => {
  expect(readExpiry(answer, NOW)).toBe(expected);
});

test('a subscription is renewed after four fifths of its time, at most a day before its end', () => {
  expect(planRenewal(NOW, NOW + 10 * HOUR)).toBe(NOW + 8 * HOUR);
  expect(planRenewal(NOW, NOW + 720 * HOUR)).toBe(NOW + 696 * HOUR);
});
