import { expect, test } from 'vitest';
import type { ListItem } from '../../api/index.ts';
import { changeItem, dropItem, putItem, replaceItem } from './list-items.ts';

const item = (id: number, title: string): ListItem => ({
  id,
  version: 1,
  fields: { Title: title },
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
});
const pages = {
  pages: [{ value: [item(1, 'a'), item(2, 'b')], nextCursor: 'x' }, { value: [item(3, 'c')] }],
};
const titles = (items: typeof pages) =>
  items.pages.map((page) => page.value.map(({ fields }) => fields.Title));

test('a field changes in its place and nowhere else', () => {
  const changed = changeItem(pages, 2, { Title: 'B' });
  expect(titles(changed)).toEqual([['a', 'B'], ['c']]);
  expect(titles(pages)).toEqual([['a', 'b'], ['c']]);
  expect(titles(replaceItem(pages, item(3, 'C')))).toEqual([['a', 'b'], ['C']]);
});

test('a new item comes last, once', () => {
  const added = putItem(pages, item(4, 'd'));
  expect(titles(added)).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  expect(putItem(added, item(4, 'd'))).toBe(added);
});

test('an item that is dropped leaves its page, and the cursor stays', () => {
  const rest = dropItem(pages, 1);
  expect(titles(rest)).toEqual([['b'], ['c']]);
  expect(rest.pages[0]?.nextCursor).toBe('x');
});
