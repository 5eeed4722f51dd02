import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openBytes, sealBytes } from './envelope.ts';

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const bytes = fc.uint8Array({ maxLength: 300 });

test('opens to what was sealed, whatever bytes and context', () => {
  fc.assert(
    fc.property(key, bytes, fc.string(), (secretKey, plaintext, context) => {
      const sealed = sealBytes(secretKey, plaintext, context);
      expect(new Uint8Array(openBytes(secretKey, sealed, context))).toEqual(plaintext);
    }),
  );
});

test('does not open when any single bit was changed', () => {
  fc.assert(
    fc.property(key, bytes, fc.nat(), fc.integer({ min: 0, max: 7 }), (secretKey, plaintext, place, bit) => {
      const sealed = sealBytes(secretKey, plaintext, 'connection:1');
      const index = place % sealed.length;
      sealed[index] = (sealed[index] ?? 0) ^ (1 << bit);
      expect(() => openBytes(secretKey, sealed, 'connection:1')).toThrow(/sealed value of connection:1/);
    }),
  );
});

test('does not open when it was cut short or made longer', () => {
  const secretKey = Buffer.alloc(32, 7);
  const sealed = sealBytes(secretKey, Buffer.from('token'), 'c');
  for (let length = 0; length < sealed.length; length += 1) {
    expect(() => openBytes(secretKey, sealed.subarray(0, length), 'c')).toThrow();
  }
  expect(() => openBytes(secretKey, Buffer.concat([sealed, Buffer.of(0)]), 'c')).toThrow();
});

test('does not open under another context or another key', () => {
  fc.assert(
    fc.property(key, key, fc.string(), fc.string(), (one, other, here, there) => {
      const sealed = sealBytes(one, Buffer.from('secret'), here);
      if (here !== there) expect(() => openBytes(one, sealed, there)).toThrow();
      if (!Buffer.from(one).equals(other)) expect(() => openBytes(other, sealed, here)).toThrow();
    }),
  );
});

test('seals the same bytes differently each time', () => {
  const secretKey = Buffer.alloc(32, 7);
  const sealed = new Set(
    Array.from({ length: 200 }, () => sealBytes(secretKey, Buffer.from('same'), 'c').toString('hex')),
  );
  expect(sealed.size).toBe(200);
});

test('an error never holds the plaintext', () => {
  const sealed = sealBytes(Buffer.alloc(32, 1), Buffer.from('hunter2'), 'connection:9');
  try {
    openBytes(Buffer.alloc(32, 2), sealed, 'connection:9');
    expect.unreachable();
  } catch (error) {
    expect(JSON.stringify(error) + String(error)).not.toContain('hunter2');
  }
});
