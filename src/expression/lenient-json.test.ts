import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Json, parseJson } from '../base/index.ts';
import { parseLenientJson } from './lenient-json.ts';
import { evaluate, failOf } from './test-helpers.ts';

describe('json() reads what the JSON reader of .NET reads', () => {
  test.for<[text: string, value: Json]>([
    [`{'a': 'b'}`, { a: 'b' }],
    [`{'a': 'say "hi"'}`, { a: 'say "hi"' }],
    [String.raw`{'a': 'it\'s', "b": "c:\\'d'"}`, { a: "it's", b: String.raw`c:\'d'` }],
    ['{a: 1, $b: {c_d: null}, 5: true}', { a: 1, $b: { c_d: null }, 5: true }],
    ['[1, 2,]', [1, 2]],
    ['{"a": [1,], }', { a: [1] }],
    ['/* head */ {"a": 1 // one\n , "b": 2} /* end */', { a: 1, b: 2 }],
    ['{"u": "http://a/*b*/",}', { u: 'http://a/*b*/' }],
    ['{"a": "two\nlines\tand a tab"}', { a: 'two\nlines\tand a tab' }],
    ['{n: -1.5e+3, big: 9223372036854775807,}', { n: -1500, big: 9223372036854775807n }],
    ["'text'", 'text'],
  ])('%s', ([text, value]) => {
    expect(parseLenientJson(text)).toEqual(value);
  });

  test.for([
    '',
    '{',
    '[,]',
    '[1,,]',
    '{,}',
    '{a}',
    '{"a":,}',
    '{"a" 1}',
    '[1 2]',
    '[1] [2]',
    "{'a: 1}",
    'NaN',
    '[NaN]',
    '-Infinity',
    'undefined',
    '[0x1F]',
    '[010]',
    '[.5]',
    '[TRUE]',
    'new Date(1)',
    '/* open',
    '{"a": b}',
    String.raw`{'a': '\q'}`,
    '[1]]',
  ])('refuses %s', (text) => {
    expect(() => parseLenientJson(text)).toThrow(SyntaxError);
  });

  test('what is JSON gives the same as before, and other text is read or refused', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseLenientJson(text)).toEqual(parseJson(text));
      }),
    );
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      "'",
      '"',
      '\\',
      'a',
      '1',
      '//',
      '/*',
      '*/',
      '\n',
      ' ',
      '-',
      '.',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        try {
          parseLenientJson(pieces.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('as a function it takes them too, and its error is one sentence', () => {
    expect(evaluate("json('{''a'': [1, 2,]}')")).toEqual({ a: [1, 2] });
    expect(failOf("json('[1, NaN]')").sentence).toBe(
      "The function 'json' cannot read its parameter as JSON.",
    );
  });
});
