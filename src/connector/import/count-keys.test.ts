import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Json } from '../../base/index.ts';
import { countKeys, countWrittenKeys } from './count-keys.ts';

it('counts as many written keys as the value has, however it is written', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 4), (value, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      expect(countWrittenKeys(text)).toBe(countKeys(JSON.parse(text) as Json));
    }),
    { numRuns: 500 },
  );
});

it.each([
  ['{"a": 1, "a" : 2}', 2, 1],
  ['{"a\\\\": "b\\":", "c" \n:\t["d", "e:"]}', 2, 2],
  ['"a"', 0, 0],
  ['{"__proto__": {"x": 1}, "__proto__": 2}', 3, 1],
])('tells keys from texts in %s', (text, written, different) => {
  expect(countWrittenKeys(text)).toBe(written);
  expect(countKeys(JSON.parse(text) as Json)).toBe(different);
});
