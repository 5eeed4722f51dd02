import { expect, it } from 'vitest';
import { isParentItem } from './parent-filter.ts';

const item = { folder: true, kind: 'Folder', size: 3, of: { x: 'a b' }, text: 'false', none: null };

it.each([
  ['true', true],
  ['false', false],
  ['(folder eq true)', true],
  ["kind eq 'folder'", true],
  ["kind ne 'file'", true],
  ['size gt 2 and size le 3', true],
  ['not folder', false],
  ['not (size lt 2) and (folder eq false or size ge 3)', true],
  ["of/x eq 'a b'", true],
  ['folder', true],
  ['text', false],
  ['missing', false],
  ['none eq null', true],
  ['missing ne null', false],
  ['', false],
  ['(folder eq true', false],
  ['folder eq', false],
  ['folder eq true)', false],
])('%s', (filter, expected) => {
  expect(isParentItem(item, filter)).toBe(expected);
});
