import { expect, test } from 'vitest';
import { findVisibleRows, moveByKey, stepCell } from './grid-navigation.ts';

const size = { rows: 10, columns: 3, pageRows: 4 };
const press = (row: number, column: number, key: string, ctrlKey = false) =>
  moveByKey({ row, column }, { key, ctrlKey, shiftKey: false }, size);

test('arrows move by one and stop at the edges', () => {
  expect(press(4, 1, 'ArrowDown')).toEqual({ row: 5, column: 1 });
  expect(press(9, 1, 'ArrowDown')).toEqual({ row: 9, column: 1 });
  expect(press(0, 0, 'ArrowLeft')).toEqual({ row: 0, column: 0 });
  expect(press(0, 2, 'ArrowRight')).toEqual({ row: 0, column: 2 });
});

test('Home, End and pages go far, with Ctrl to the corners', () => {
  expect(press(5, 1, 'End')).toEqual({ row: 5, column: 2 });
  expect(press(5, 1, 'Home', true)).toEqual({ row: 0, column: 0 });
  expect(press(5, 1, 'End', true)).toEqual({ row: 9, column: 2 });
  expect(press(5, 1, 'PageUp')).toEqual({ row: 1, column: 1 });
  expect(press(8, 1, 'PageDown')).toEqual({ row: 9, column: 1 });
});

test('other keys are not for moving', () => {
  expect(press(1, 1, 'a')).toBeUndefined();
});

test('steps run along the rows and end at the ends', () => {
  expect(stepCell({ row: 0, column: 2 }, false, size)).toEqual({ row: 1, column: 0 });
  expect(stepCell({ row: 1, column: 0 }, true, size)).toEqual({ row: 0, column: 2 });
  expect(stepCell({ row: 9, column: 2 }, false, size)).toBeUndefined();
  expect(stepCell({ row: 0, column: 0 }, true, size)).toBeUndefined();
});

test('only rows around what is in sight are drawn', () => {
  expect(findVisibleRows(3600, 360, 36, 5000)).toEqual({ first: 88, last: 122 });
  expect(findVisibleRows(0, 360, 36, 5)).toEqual({ first: 0, last: 4 });
});
