import { expect, test } from 'vitest';
import type { ListColumn } from '../../api/index.ts';
import { readListView, readSorting, writeQuery } from './list-view.ts';

const COLUMNS: ListColumn[] = [
  { name: 'Title', type: 'text' },
  { name: 'Weight', type: 'number' },
  { name: 'Fragile', type: 'boolean' },
  { name: 'Notes', type: 'json' },
];

test('conditions become a filter in which quotes are quoted', () => {
  const where = [
    { column: 'Title', operator: 'contains', value: "O'Hara" },
    { column: 'Weight', operator: 'above', value: ' 2.5 ' },
    { column: 'Fragile', operator: 'is', value: 'true' },
    { column: 'Title', operator: 'empty', value: '' },
  ] as const;
  expect(writeQuery({ where: [...where], sort: '-Weight' }, COLUMNS)).toEqual({
    filter: "contains(Title,'O''Hara') and Weight gt '2.5' and Fragile eq true and Title eq null",
    orderby: 'Weight desc',
  });
});

test('what an address says that is no view is dropped', () => {
  expect(readListView({ where: 'x', sort: 3 })).toEqual({});
  expect(readListView({ where: [null, { column: 'A', operator: 'toString', value: '' }] })).toEqual({});
  const gone = { where: [{ column: 'Gone', operator: 'is' as const, value: '1' }], sort: 'Gone' };
  expect(writeQuery(gone, COLUMNS)).toEqual({ filter: undefined, orderby: undefined });
  const open = { where: [{ column: 'Weight', operator: 'is' as const, value: ' ' }] };
  expect(writeQuery(open, COLUMNS).filter).toBeUndefined();
  const odd = { where: [{ column: 'Notes', operator: 'is' as const, value: '1' }] };
  expect(writeQuery(odd, COLUMNS).filter).toBeUndefined();
  expect(readSorting({ sort: 'ID' }, COLUMNS)).toEqual({ column: 'ID', descending: false });
});
