import { expect, test } from 'vitest';
import type { ListColumn, ListItem } from '../../api/index.ts';
import { readCsv, writeCsv } from './csv.ts';

const COLUMNS: ListColumn[] = [
  { name: 'Title', type: 'text', required: true },
  { name: 'Weight', title: 'Weight (kg)', type: 'number' },
  { name: 'Fragile', type: 'boolean' },
  { name: 'Size', type: 'choice', choices: ['S', 'M'] },
  { name: 'Note', type: 'multilineText' },
  { name: 'More', type: 'json' },
];

test('columns are found by name or title, whatever separates the values', () => {
  const table = readCsv('\uFEFFtitle;Weight (kg);Colour\r\nGlobe;7.5;blue\r\n\r\nLamp;;\r\n', COLUMNS);
  expect(table.rows).toEqual([
    { line: 2, fields: { Title: 'Globe', Weight: 7.5 } },
    { line: 4, fields: { Title: 'Lamp' } },
  ]);
  expect(table.problems).toEqual([]);
  expect(table.ignored).toEqual(['Colour']);
  expect(table.known.map(({ name }) => name)).toEqual(['Title', 'Weight']);
});

test('rows that do not fit are named by their line, also below a value of several lines', () => {
  const text = [
    'Title,Weight,Fragile,Size,Note',
    'Globe,heavy,perhaps,XL,"one',
    'two"',
    ',1,yes,S,',
    'Lamp,1,no,M,fine',
    'Vase,1,no,M,fine,more',
  ].join('\n');
  const { rows, problems } = readCsv(text, COLUMNS);
  expect(rows).toEqual([
    { line: 5, fields: { Title: 'Lamp', Weight: 1, Fragile: false, Size: 'M', Note: 'fine' } },
  ]);
  expect(problems).toEqual([
    {
      line: 2,
      message:
        'Weight (kg) takes a number, like 12.5. Fragile takes yes or no, and “perhaps” is neither. Size is one of S, M, and “XL” is not.',
    },
    { line: 4, message: 'Title is required.' },
    { line: 6, message: 'There are 6 values for 5 columns.' },
  ]);
});

test.each(['', '\uFEFF', '\n\n', 'Title', 'Title\n"open'])('a file without rows has none: %j', (text) => {
  expect(readCsv(text, COLUMNS).rows).toEqual([]);
});

test('what is written is read back: quotes, lines, formulas, numbers below zero, JSON', () => {
  const fields = {
    Title: '=HYPERLINK("http://evil")',
    Weight: -3,
    Fragile: true,
    Size: 'S',
    Note: 'one, "two"\nthree',
    More: { a: [1] },
  };
  const text = writeCsv(COLUMNS, [{ id: 1, fields } as unknown as ListItem]);
  expect(text).toContain(`"'=HYPERLINK(""http://evil"")"`);
  const { rows, problems, ignored } = readCsv(text, COLUMNS);
  expect(problems).toEqual([]);
  expect(ignored).toEqual([]);
  expect(rows.map((row) => row.fields)).toEqual([fields]);
});
