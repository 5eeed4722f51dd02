import { expect, test } from 'vitest';
import type { ColumnType } from '../../api/index.ts';
import { formatCell, parseCell, startText } from './cell-values.ts';

const parse = (type: ColumnType, text: string) => parseCell({ name: 'Total', type }, text);

test('an emptied cell is null, whatever its type', () => {
  for (const type of ['text', 'number', 'boolean', 'date', 'dateTime', 'json'] as const) {
    expect(parse(type, '  ')).toEqual({ ok: true, value: null });
  }
});

test('numbers keep all their digits, and what is none is refused in words', () => {
  expect(parse('number', '12.5')).toEqual({ ok: true, value: 12.5 });
  expect(parse('integer', '9007199254740993')).toEqual({ ok: true, value: 9007199254740993n });
  expect(parse('integer', '1.5')).toEqual({ ok: false, message: 'Total takes a whole number.' });
  expect(parse('number', 'many')).toEqual({ ok: false, message: 'Total takes a number, like 12.5.' });
});

test('text loses the blanks around it, lines of text do not', () => {
  expect(parse('text', ' a ')).toEqual({ ok: true, value: 'a' });
  expect(parse('multilineText', 'a\n\nb\n')).toEqual({ ok: true, value: 'a\n\nb\n' });
});

test('an instant goes to the field and back unchanged', () => {
  const instant = '2026-03-04T05:06:00.000Z';
  expect(parse('dateTime', startText('dateTime', instant))).toEqual({ ok: true, value: instant });
  expect(parse('dateTime', 'soon')).toMatchObject({ ok: false });
});

test('JSON is read as JSON and shown as JSON', () => {
  expect(parse('json', '{"a": [1]}')).toEqual({ ok: true, value: { a: [1] } });
  expect(parse('json', '{a')).toMatchObject({ ok: false });
  expect(formatCell('json', { a: [1] })).toBe('{"a":[1]}');
});

test('yes and no are words, and nothing is nothing', () => {
  expect(formatCell('boolean', true)).toBe('Yes');
  expect(formatCell('boolean', false)).toBe('No');
  expect(formatCell('boolean', null)).toBe('');
  expect(formatCell('text', undefined)).toBe('');
});
