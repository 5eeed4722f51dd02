import { describe, expect, test } from 'vitest';
import { parseExpression } from './parse.ts';
import { catchError } from './test-helpers.ts';
import { WholeFloat } from './value.ts';

describe('parsing', () => {
  test('gives a tree whose nodes know their places', () => {
    expect(parseExpression("concat( 'it''s', -1 )")).toEqual({
      kind: 'call',
      name: 'concat',
      nameEnd: 6,
      start: 0,
      end: 21,
      arguments: [
        { kind: 'literal', value: "it's", start: 8, end: 15 },
        { kind: 'literal', value: -1, start: 17, end: 19 },
      ],
    });
  });

  test('keeps a path in one node, with its optional steps', () => {
    const tree = parseExpression("item()?.a['b c']?[0]");
    expect(tree).toMatchObject({ kind: 'path', target: { kind: 'call', name: 'item' }, start: 0, end: 20 });
    expect(tree.kind === 'path' && tree.steps.map(({ optional, key }) => [optional, key])).toMatchObject([
      [true, { value: 'a' }],
      [false, { value: 'b c' }],
      [true, { value: 0 }],
    ]);
  });

  test.for([
    ['null', null],
    ['TRUE', true],
    ['1.5', 1.5],
    ['+7', 7],
    ['.25', 0.25],
    ['9007199254740993', 9007199254740993n],
    ['2.0', new WholeFloat(2)],
    ['1e3', new WholeFloat(1000)],
    ["''", ''],
    ["'\\n'", '\\n'],
  ])('reads the literal %s', ([text, value]) => {
    expect(parseExpression(String(text))).toMatchObject({ kind: 'literal', value });
  });

  test('takes names of properties as flows write them', () => {
    const tree = parseExpression('triggerOutputs().headers.x-ms-id?.@odata.$type.2nd');
    expect(tree.kind === 'path' && tree.steps.map(({ key }) => key.kind === 'literal' && key.value)).toEqual([
      'headers',
      'x-ms-id',
      '@odata',
      '$type',
      '2nd',
    ]);
  });

  test.for([
    [
      "concat('a' 'b')",
      11,
      ["','", "')'"],
      "Unexpected text in the arguments of concat(); expected ',' or ')'.",
    ],
    [
      "concat('a'",
      10,
      ["','", "')'"],
      "The expression ends in the arguments of concat(): ',' or ')' is missing.",
    ],
    ["item()['a'", 10, ["']'"], "The expression ends in the brackets: ']' is missing."],
    ['item()?a', 7, ["'.'", "'['"], "Unexpected 'a' after '?'; expected '.' or '['."],
    [
      'item().',
      7,
      ['the name of a property'],
      "The expression ends after '.': the name of a property is missing.",
    ],
    ["item() 'x'", 7, ['the end of the expression'], undefined],
    ["'open", 0, ["'"], "This text has no closing quote; a quote inside a text is written twice ('')."],
    ['"a"', 0, ["'text'"], undefined],
    ['item', 0, ["'('"], "'item' is neither a text nor a function call."],
    ['', 0, undefined, undefined],
    ['1 + 2', 2, [], "The character '+' has no meaning in an expression."],
    ['add(1, @item())', 7, [], "Only the beginning of an expression has an '@'."],
    ['99999999999999999999', 0, [], 'The number 99999999999999999999 does not fit into 64 bits.'],
  ] as const)('%s: says where it is wrong and what was expected', ([text, start, expected, sentence]) => {
    const error = catchError(() => parseExpression(text));
    expect(error).toMatchObject({ code: 'InvalidTemplate', fault: 'syntax', start });
    if (expected) expect(error.expected).toEqual(expected);
    if (sentence) expect(error.sentence).toBe(sentence);
  });

  test('draws the line of the fault with carets under it', () => {
    const error = catchError(() => parseExpression("concat(\n  'a',\n  nope\n)"));
    expect(error.message.split('\n').slice(1)).toEqual(['    nope', '    ^^^^']);
    expect(error).toMatchObject({ line: 3, column: 3 });
  });

  test('cuts a long line to the surroundings of the fault', () => {
    const error = catchError(() => parseExpression(`concat('${'x'.repeat(300)}', ?, '${'y'.repeat(300)}')`));
    const [, line = '', caret = ''] = error.message.split('\n');
    expect(line.length).toBeLessThan(110);
    expect(line.charAt(caret.indexOf('^'))).toBe('?');
  });

  test('refuses to nest too deep, in one clear sentence', () => {
    const deep = `${'not('.repeat(10_000)}true${')'.repeat(10_000)}`;
    const error = catchError(() => parseExpression(deep));
    expect(error.fault).toBe('limit');
    expect(error.sentence).toBe('The expression nests deeper than 256 levels.');
    expect(catchError(() => parseExpression('('.repeat(10_000))).fault).toBe('syntax');
    expect(catchError(() => parseExpression(`item()${'['.repeat(10_000)}`)).fault).toBe('syntax');
    expect(catchError(() => parseExpression(`${'item()['.repeat(10_000)}`)).fault).toBe('limit');
  });

  test('takes a path of any length', () => {
    expect(parseExpression(`item()${'?.a'.repeat(20_000)}`).kind).toBe('path');
  });
});
