import { setFlagsFromString } from 'node:v8';
import { describe, expect, it } from 'vitest';
import { inferSchema } from './infer.ts';
import { compilePattern } from './pattern.ts';
import { makeSample } from './sample.ts';
import { createValidator } from './validator.ts';

// As the command line does.
setFlagsFromString('--enable-experimental-regexp-engine-on-excessive-backtracks');

const WORDS = 'sample'.repeat(20);

describe('patterns that a text could keep busy for ever', { timeout: 5000 }, () => {
  it.each([
    [String.raw`^(\w+\s?)*[0-9]$`, `${WORDS}!`],
    ['(x+x+)+y', 'x'.repeat(120)],
    ['^(a|a)*b$', 'a'.repeat(120)],
    [String.raw`^([^\s]+(\.(jpeg|tiff|pdf))*)+$`, `${'a.pdf'.repeat(30)} `],
  ])('are searched in linear time: %s', (pattern, text) => {
    const check = createValidator({ type: 'string', pattern });
    expect(check(text)).toHaveLength(1);
    expect(typeof makeSample({ type: 'string', pattern, minLength: 60 })).toBe('string');
  });

  it.each([
    String.raw`^(?=.*x)(\w+\s?)*[0-9]$`,
    String.raw`^(\p{L}+\s?)*[0-9]$`,
    String.raw`^(\w+\s?)*(\d)\2$`,
    String.raw`^(?=.*x)((\w+)\s?)*$`,
    String.raw`^(?!x)(\w+){2,50}$`,
  ])('that cannot be are not asked for: %s', (pattern) => {
    expect(compilePattern(pattern)).toBeUndefined();
    expect(createValidator({ type: 'string', pattern })(`${WORDS}!`)).toEqual([]);
    expect(typeof makeSample({ type: 'string', pattern, minLength: 60 })).toBe('string');
  });
});

describe('other patterns', () => {
  it.each([
    [String.raw`^\p{Lu}\p{L}+$`, 'Ärger', 'ärger'],
    ['^[😀-😎]$', '😀', 'a'],
    [String.raw`^(?!x)\w+$`, 'abc', 'xabc'],
    [String.raw`^(\w)\1$`, 'aa', 'ab'],
    ['^.{2}$', 'ab', 'abc'],
    [String.raw`^(?!x)(\w+)-(\d+)$`, 'ab-1', 'ab'],
  ])('bind as they are written: %s', (pattern, right, wrong) => {
    const check = createValidator({ type: 'string', pattern });
    expect(check(right)).toEqual([]);
    expect(check(wrong)).toHaveLength(1);
  });
});

it('a long text is no address of mail, and takes no time to look at', { timeout: 5000 }, () => {
  expect(inferSchema([`a@${'a'.repeat(200_000)}`])).toEqual({ type: 'string' });
});
