import { expect, test } from 'vitest';
import { draftColumn, readDrafts } from './columns.ts';

const draft = (title: string, more = {}) => ({
  key: title,
  title,
  type: 'text' as const,
  required: false,
  choices: '',
  ...more,
});

test('a new column gets a name that expressions can call it by', () => {
  expect(readDrafts([draft('Tracking number'), draft('Größe (cm)'), draft('2nd line')])).toEqual([
    { name: 'TrackingNumber', title: 'Tracking number', type: 'text' },
    { name: 'GroeCm', title: 'Größe (cm)', type: 'text' },
    { name: 'Column2ndLine', title: '2nd line', type: 'text' },
  ]);
});

test('names stay when titles change, and no two are alike', () => {
  const column = { name: 'Status', type: 'text' as const };
  expect(readDrafts([{ ...draftColumn(column), title: 'State' }, draft('Status')])).toEqual([
    { name: 'Status', title: 'State', type: 'text' },
    { name: 'Status2', title: 'Status', type: 'text' },
  ]);
});

test('choices are read from one line, and nameless drafts are left out', () => {
  expect(readDrafts([draft('Size', { type: 'choice', choices: 'S, M,, L ' }), draft(' ')])).toEqual([
    { name: 'Size', type: 'choice', choices: ['S', 'M', 'L'] },
  ]);
});

test('a column comes back from its draft as it was', () => {
  const column = {
    name: 'Size',
    title: 'How big',
    type: 'choice' as const,
    required: true,
    choices: ['S', 'M'],
  };
  expect(readDrafts([draftColumn(column)])).toEqual([column]);
});
