import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson, stringifyJson } from './json.ts';

test('a whole number beyond 2^53 keeps its digits, wherever it stands in the text', () => {
  const places = fc.record({
    before: fc.string({ maxLength: 40 }),
    space: fc.constantFrom('', ' ', '\n\t ', '  '),
    digits: fc.bigInt({ min: 2n ** 53n, max: 10n ** 40n }),
    sign: fc.constantFrom(1n, -1n),
    shape: fc.constantFrom('array', 'object', 'alone'),
  });
  fc.assert(
    fc.property(places, ({ before, space, digits, sign, shape }) => {
      const number = sign * digits;
      const text = JSON.stringify(before);
      if (shape === 'alone') expect(parseJson(`${space}${number}${space}`)).toBe(number);
      else if (shape === 'array') expect(parseJson(`[${text},${space}${number}]`)).toEqual([before, number]);
      else expect(parseJson(`{${text}:${space}${number}}`)).toEqual({ [before]: number });
    }),
  );
});

test('long digits in a text, behind a point and in an exponent leave a document as JSON.parse reads it', () => {
  const digits = '12345678901234567890';
  for (const text of [`["${digits}"]`, `["x: ${digits}"]`, `[0.${digits}]`, `{"a":1e00000000000000000001}`]) {
    expect(parseJson(text)).toEqual(JSON.parse(text));
  }
});

test('what is written is read as it was', () => {
  const value = { id: 12_345_678_901_234_567_890n, small: 7, list: [-9_007_199_254_740_993n, 'x', null] };
  expect(parseJson(stringifyJson(value))).toEqual(value);
});
