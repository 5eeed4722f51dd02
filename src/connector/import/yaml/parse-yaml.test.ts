import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { equalJson, type JsonObject } from '../../../base/index.ts';
import { Problems } from '../problems.ts';
import { parseSlowly } from './parse-slowly.ts';
import { parseYaml } from './parse-yaml.ts';

const CORPUS = process.env['PATCHBAY_CORPUS'];

function read(text: string) {
  const problems = new Problems();
  const parsed = parseYaml('it.yaml', text, problems);
  return { ...parsed, problems: problems.list(parsed.locate) };
}

describe('YAML', () => {
  it('is read as the other parser reads it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const text = stringify({ it: value });
        const slow = parseSlowly('it.yaml', text, new Problems()).value;
        expect(equalJson(read(text).value, slow)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a: 0o17\nb: 017\nc: 0x1f\nd: -7\ne: +7', { a: 15, b: 17, c: 31, d: -7, e: 7 }],
    ['a: 12345678901234567890\nb: -9007199254740993', { a: 12345678901234567890n, b: -9007199254740993n }],
    ['a: 2020-01-01\nb: yes\nc: ~\nd:\ne: 3.0', { a: '2020-01-01', b: 'yes', c: null, d: null, e: 3 }],
    ['a: |\n  two\n  lines\nb: >-\n  one\n  line', { a: 'two\nlines\n', b: 'one line' }],
    ['a: &x { b: 1 }\nc: { <<: *x, d: 2 }\ne: *x', { a: { b: 1 }, c: { b: 1, d: 2 }, e: { b: 1 } }],
    ['a: !custom 1', { a: '1' }],
    ['"__proto__": 1\nb: 2', JSON.parse('{"__proto__": 1, "b": 2}')],
    ['200: x\n2.5: y\ntrue: z', { 200: 'x', 2.5: 'y', true: 'z' }],
  ])('keeps what is meant in %j', (text, expected) => {
    expect(read(text).value).toEqual(expected);
  });

  it('gives each place a value of its own where an alias repeats it', () => {
    const { value } = read('a: &x { b: 1 }\nc: *x');
    const { a, c } = value as JsonObject;
    expect(c).toEqual(a);
    expect(c).not.toBe(a);
  });

  it('finds lines of keys, items and what is in them, also behind blocks of text', () => {
    const text = 'a:\n  - b: 1\n  - |\n    text\n    more\n  - c:\n      d: [x,\n        y]\ne: {f: 1}\n';
    const lineOf = read(text).locate(['/a/0/b', '/a/2/c/d/1', '/e/f', '/e/nothing', '/a/1']);
    expect(['/a/0/b', '/a/2/c/d/1', '/e/f', '/e/nothing'].map(lineOf)).toEqual([2, 8, 9, 9]);
  });

  it('tells of keys that stand twice, where they stand', () => {
    const { value, problems } = read('a: { x: 1 }\nb:\n  - c: 1\n    d: 2\n    c: 3\n');
    expect(value).toEqual({ a: { x: 1 }, b: [{ c: 3, d: 2 }] });
    expect(problems).toMatchObject([{ code: 'CONNECTOR_DUPLICATE_KEY', pointer: '/b/0/c', line: 5 }]);
  });

  it('takes no aliases that grow beyond all measure, or go in a circle', () => {
    const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const lines = letters.map((letter, index) => {
      const before = letters[index - 1];
      return `${letter}: &${letter} [${Array.from({ length: 20 }, () => (before ? `*${before}` : 'x'))}]`;
    });
    expect(() => read(lines.join('\n'))).toThrow(/aliases/);
    expect(() => read('a: &a\n  b: *a\n')).toThrow();
  });
});

describe.skipIf(CORPUS === undefined)('YAML documents of others', { timeout: 300_000 }, () => {
  it('are read as the other parser reads them', () => {
    const folder = join(CORPUS ?? '', 'openapi');
    const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
    const different = names.filter((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      return !equalJson(read(text).value, parseSlowly(name, text, new Problems()).value);
    });
    expect(different).toEqual([]);
    console.log(`${names.length} YAML documents`);
  });
});
