import { expect, test } from 'vitest';
import { Secret } from '../base/index.ts';
import { createTextSealer } from './text-sealer.ts';

const key = new Secret<Uint8Array>(new Uint8Array(32).fill(7));

test('opens what it sealed, shows nothing of it, and only in its own context', () => {
  const sealer = createTextSealer(key, 'journal');
  const sealed = sealer.seal('{"password":"Grüße"}');
  expect(sealed).not.toContain('password');
  expect(sealer.open(sealed)).toBe('{"password":"Grüße"}');
  expect(() => createTextSealer(key, 'elsewhere').open(sealed)).toThrow();
});
