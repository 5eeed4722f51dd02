import { expect, test } from 'vitest';
import { guardStorage } from './browser-storage.ts';

/** A storage with room for so many characters. */
function createStorage(room: number): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    clear: () => kept.clear(),
    getItem: (key) => kept.get(key) ?? null,
    removeItem: (key) => void kept.delete(key),
    setItem(key, text) {
      if (text.length > room) throw new DOMException('full', 'QuotaExceededError');
      kept.set(key, text);
    },
  };
}

test('what fits is kept; what does not leaves what was there before', () => {
  const storage = createStorage(4);
  const guarded = guardStorage(() => storage);
  expect(guarded.write('a', 'text')).toBe(true);
  expect(guarded.read('a')).toBe('text');
  expect(guarded.write('a', 'longer')).toBe(false);
  expect(guarded.read('a')).toBe('text');
  guarded.remove('a');
  expect(guarded.read('a')).toBeNull();
});

test('a browser that forbids it keeps nothing, and nothing breaks', () => {
  const guarded = guardStorage(() => {
    throw new DOMException('no', 'SecurityError');
  });
  expect(guarded.write('a', 'text')).toBe(false);
  expect(guarded.read('a')).toBeNull();
  expect(() => guarded.remove('a')).not.toThrow();
});
