import { expect, test } from 'vitest';
import { findTarget } from './row-navigation.ts';

/** Two groups, each below its heading. */
const ROWS = [false, true, true, false, true];

test.each([
  ['ArrowDown', 2, 4],
  ['ArrowDown', 4, 4],
  ['ArrowUp', 4, 2],
  ['ArrowUp', 1, 1],
  ['PageDown', 1, 4],
  ['PageUp', 4, 1],
  ['Home', 4, 1],
  ['End', 1, 4],
  ['a', 1, undefined],
])('%s leads from row %i to %s', (key, active, target) => {
  expect(findTarget(key, active, ROWS)).toBe(target);
});
