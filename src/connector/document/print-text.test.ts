import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Json, JsonObject } from '../../base/index.ts';
import { printText } from './print-text.ts';
import { readText } from './read-text.ts';

const words = fc.constantFrom(
  ...['yes', 'null', '~', '1e3', '0o14', '-', '#', 'a: b', '<<', '2024-01-01', '{', '*x', '%', "'", '"'],
);
const blanks = fc.constantFrom(' ', '\n', '\t', '  \n', '\r\n', '\u2028', '');
const text = fc
  .array(fc.oneof(words, blanks, fc.string({ maxLength: 6 })), { maxLength: 5 })
  .map((parts) => parts.join(''));
const leaf = fc.oneof(
  text,
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.double({ noNaN: true, min: -1e9, max: 1e9 }),
);
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    leaf.filter((one) => !Object.is(one, -0)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      text.filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 3 },
    ),
  ) as fc.Arbitrary<Json>,
}));

test('YAML is read as what was printed, here and by another reader', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c'), value, { minKeys: 1 }), (given) => {
      const document = { ...given } as JsonObject;
      const printed = printText(document, 'yaml');
      expect(readText(printed, 'yaml', true)).toMatchObject({ ok: true, value: document });
      expect(parse(printed)).toEqual(document);
    }),
    { numRuns: 500 },
  );
});

test('a whole number beyond 2^53 keeps its digits, and a member without a value is left out', () => {
  const document = { id: 12_345_678_901_234_567_890n, nothing: undefined } as unknown as JsonObject;
  expect(printText(document, 'yaml')).toBe('id: 12345678901234567890\n');
});

test('digits of a number that is too great for one stay a text to every reader', () => {
  const document = { '1e310': '-1E400' };
  expect(parse(printText(document, 'yaml'))).toEqual(document);
});
