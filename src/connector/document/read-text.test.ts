import { describe, expect, test } from 'vitest';
import { findNode } from './find-node.ts';
import { readText } from './read-text.ts';
import type { TextFormat } from './text-types.ts';

function refusal(text: string, format: TextFormat) {
  const read = readText(text, format);
  return read.ok ? undefined : { ...read.error, at: text.slice(read.error.start, read.error.end) };
}

describe('what cannot be read says where, and what is expected', () => {
  test.each<[string, TextFormat, number, string]>([
    ['{\n  "a": 1\n  "b": 2\n}', 'json', 3, 'in line 3, column 3, a comma is missing.'],
    ['{\n  "a": \n}', 'json', 3, 'a value is expected'],
    ['{"a": 1', 'json', 1, 'a closing } is missing'],
    ['a: 1\nb: [1, 2\nc: 3\n', 'yaml', 3, 'The text is not valid YAML: line 3'],
    ['a:\n  b\n  c: 1\n', 'yaml', 2, 'line 2, column 3: Implicit keys need'],
    [`a:\n${'  b: 1\n'.repeat(50_000)} c: 1\n`, 'yaml', 50_002, 'bad indentation of a mapping entry'],
    ['a:\n  b: 1\n c: 2\n', 'yaml', 3, 'The text is not valid YAML: line 3'],
    ['a: 1\n---\nb: 2\n', 'yaml', 2, 'one document, not 2'],
    ['- a\n', 'yaml', 1, 'must be an object'],
    ['"text"', 'json', 1, 'must be an object'],
    ['  \n', 'yaml', 1, 'There is no text'],
    ['# only a comment\n', 'yaml', 1, ''],
    ['a: &a\n  b: *a\n', 'yaml', 1, 'aliases'],
  ])('%j', (text, format, line, message) => {
    const found = refusal(text, format);
    expect(found?.message).toContain(message);
    expect(found?.line).toBe(line);
  });

  test('depth beyond all measure is no crash', () => {
    expect(refusal(`${'['.repeat(50_000)}${']'.repeat(50_000)}`, 'json')?.message).toBeDefined();
    expect(refusal(`a: ${'['.repeat(5000)}${']'.repeat(5000)}`, 'yaml')?.message).toBeDefined();
  });
});

describe('what is read', () => {
  test('YAML of nothing but comments is an object without members, where it may be', () => {
    for (const text of ['', '\n', '# note\n  # more\n']) {
      expect(readText(text, 'yaml', true)).toMatchObject({ ok: true, value: {} });
      expect(readText(text, 'yaml').ok).toBe(false);
    }
    expect(readText('', 'json', true).ok).toBe(false);
    expect(readText('a # note', 'yaml', true).ok).toBe(false);
  });

  test('JSON may have comments and commas too many, and keeps the digits of large numbers', () => {
    const text = '{ // note\n "a": 12345678901234567890, "b": [1, 2,], "__proto__": {"c": 1}, }';
    const read = readText(text, 'json');
    expect(read.ok && Object.entries(read.value)).toEqual([
      ['a', 12345678901234567890n],
      ['b', [1, 2]],
      ['__proto__', { c: 1 }],
    ]);
  });

  test.each<[TextFormat, string, (string | number)[], string]>([
    ['yaml', 'a:\n  b: "x" # y\n', ['a', 'b'], '"x"'],
    ['yaml', 'a:\n  - b: 1\n  - {c: [2, 3 ], d: 4}  # y\n', ['a', 1], '{c: [2, 3 ], d: 4}'],
    ['yaml', 'a:\n  - b: 1\n  - {c: [2, 3 ], d: 4}\n', ['a', 1, 'c'], '[2, 3 ]'],
    ['yaml', 'a: |\n  one\n\n  two\n\nb: 1\n', ['a'], '  one\n\n  two'],
    ['yaml', 'a: &n !!str x\n', ['a'], '&n !!str x'],
    ['yaml', 'a:\nb: 1\n', ['a'], ''],
    ['json', '{"a": [1, {"b": 2}]}', ['a', 1, 'b'], '2'],
  ])('has its place: %s %j', (format, text, path, expected) => {
    const read = readText(text, format);
    const node = read.ok ? findNode(read.tree, path)?.node : undefined;
    expect(node && text.slice(node.start, node.end)).toBe(expected);
  });
});
