import { expect, test } from 'vitest';
import { splitName } from './split-name.ts';

test.each([
  ['service_code', ['service_', 'code']],
  ['data[]._links.apiCredentials.href', ['data[].', '_', 'links.', 'api', 'Credentials.', 'href']],
  ['API-Key', ['API-', 'Key']],
  ['tracking', ['tracking']],
  ['HTTPStatusCode', ['HTTP', 'Status', 'Code']],
  ['/v1/labels', ['/', 'v1/', 'labels']],
  ['', []],
])('%s may be broken where its words end', (name, parts) => {
  expect(splitName(name)).toEqual(parts);
});

test('what is no word at all may be broken anywhere, after as much as a column holds', () => {
  const parts = splitName('x'.repeat(70));
  expect(parts.join('')).toBe('x'.repeat(70));
  expect(Math.max(...parts.map(({ length }) => length))).toBe(24);
});
