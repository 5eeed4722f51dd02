import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../base/index.ts';
import { isSame } from './diff-json.ts';
import { mergeJson, shareParts } from './merge-json.ts';

const base = { info: { title: 'A', version: '1' }, tags: ['a', 'b'], paths: { '/a': { get: {} } } };

test.each<[string, JsonObject, JsonObject, JsonObject]>([
  [
    'changes of different things',
    { ...base, info: { title: 'B', version: '1' } },
    { ...base, info: { title: 'A', version: '2' } },
    { ...base, info: { title: 'B', version: '2' } },
  ],
  [
    'what one adds and the other takes away',
    { ...base, paths: { '/a': { get: {} }, '/b': {} } },
    { info: base.info, paths: base.paths },
    { info: base.info, paths: { '/a': { get: {} }, '/b': {} } },
  ],
  [
    'items of lists of one length',
    { ...base, tags: ['x', 'b'] },
    { ...base, tags: ['a', 'y'] },
    { ...base, tags: ['x', 'y'] },
  ],
  [
    'the first, where both changed the same',
    { ...base, tags: ['x'] },
    { ...base, tags: [] },
    { ...base, tags: ['x'] },
  ],
  [
    'a change rather than a removal',
    { ...base, info: { title: 'B' } },
    { tags: ['a', 'b'], paths: base.paths },
    { ...base, info: { title: 'B' } },
  ],
])('takes %s', (_name, first, second, expected) => {
  expect(mergeJson(base, first, second)).toEqual(expected);
});

const value = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;

test('what nobody else changed is what one made of it', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), value), fc.dictionary(fc.string(), value), (before, after) => {
      expect(isSame(mergeJson(before, after, before), after)).toBe(true);
      expect(isSame(mergeJson(before, before, after), after)).toBe(true);
    }),
  );
});

test('parts that are the same are shared, and nothing else', () => {
  const next = shareParts(base, structuredClone({ ...base, info: { title: 'B', version: '1' } }));
  expect(next.paths).toBe(base.paths);
  expect(next.tags).toBe(base.tags);
  expect(next.info).toEqual({ title: 'B', version: '1' });
  expect(shareParts(base, structuredClone(base))).toBe(base);
  fc.assert(
    fc.property(value, value, (before, after) => {
      expect(isSame(shareParts(before, after), after)).toBe(true);
    }),
  );
});
