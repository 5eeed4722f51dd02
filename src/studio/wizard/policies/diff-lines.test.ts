import { expect, it } from 'vitest';
import { diffLines } from './diff-lines.ts';

const print = (before: string, after: string) =>
  diffLines(before, after).map(({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`);

it('marks what came in and what was taken out', () => {
  expect(print('a\nb\nc', 'a\nc\nd')).toEqual([' a', '-b', ' c', '+d']);
  expect(print('GET /a\nx: 1', 'POST /a\nx: 1')).toEqual(['-GET /a', '+POST /a', ' x: 1']);
  expect(print('same', 'same')).toEqual([' same']);
});

it('keeps every line of both', () => {
  const [before, after] = ['{\n"a": 1,\n"b": 2\n}', '{\n"b": 2,\n"c": 3\n}\n'];
  const lines = diffLines(before, after);
  const pick = (other: string) => lines.filter(({ kind }) => kind !== other).map(({ text }) => text);
  expect(pick('added').join('\n')).toBe(before);
  expect(pick('removed').join('\n')).toBe(after);
});
