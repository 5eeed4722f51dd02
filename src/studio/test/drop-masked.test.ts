import { expect, test } from 'vitest';
import { maskCredentials } from '../../base/index.ts';
import { dropMasked } from './drop-masked.ts';

test('what a history masks is left to be entered again, at any depth', () => {
  const inputs = {
    id: 1,
    api_key: 'k',
    body: { user: 'ada', password: 'p', lines: [{ secret: 's', sku: 'A' }] },
  };
  const masked = maskCredentials(inputs);
  expect(dropMasked(masked as typeof inputs)).toEqual({
    id: 1,
    body: { user: 'ada', lines: [{ sku: 'A' }] },
  });
});
