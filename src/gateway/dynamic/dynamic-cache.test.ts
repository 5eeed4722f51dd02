import { expect, it } from 'vitest';
import { DynamicCache } from './dynamic-cache.ts';

function createCounter() {
  let count = 0;
  return {
    load: async () => ({ body: ++count, characters: 10 }),
    get count() {
      return count;
    },
  };
}

it('asks once for many at a time, and again when the answer is old', async () => {
  let nowMs = 0;
  const cache = new DynamicCache(() => nowMs);
  const counter = createCounter();
  expect(await Promise.all([cache.get('a x', counter.load), cache.get('a x', counter.load)])).toEqual([1, 1]);
  expect(await cache.get('a x', counter.load)).toBe(1);
  nowMs = 16_000;
  expect(await cache.get('a x', counter.load)).toBe(2);
});

it('forgets a connection, also what is on its way for it', async () => {
  const cache = new DynamicCache(() => 0);
  const counter = createCounter();
  const slow = cache.get('a x', counter.load);
  cache.forget('a');
  expect(await slow).toBe(1);
  expect(await cache.get('a x', counter.load)).toBe(2);
  expect(await cache.get('b x', counter.load)).toBe(3);
});

it('keeps neither a failure nor more than fits', async () => {
  const cache = new DynamicCache(() => 0);
  await expect(cache.get('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  const counter = createCounter();
  for (let index = 0; index < 600; index++) await cache.get(`a ${index}`, counter.load);
  expect(await cache.get('a 599', counter.load)).toBe(600);
  expect(await cache.get('a 0', counter.load)).toBe(601);
  const large = async () => ({ body: 'large', characters: 1e9 });
  expect(await cache.get('big', large)).toBe('large');
  expect(await cache.get('big', counter.load)).toBe(602);
});
