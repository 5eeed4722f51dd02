import { expect, test } from 'vitest';
import { countTags, filterOperations, findNeeded, setChosen } from './selection.ts';

const operation = (operationId: string, tags: string[] = []) => ({
  operationId,
  method: 'GET',
  path: `/${operationId.toLowerCase()}`,
  kind: 'action' as const,
  summary: operationId,
  tags,
});
const OPERATIONS = [operation('ListFish', ['Fish']), operation('ListFrogs', ['Frogs', 'Fish'])];

test('what chosen operations need comes along, unless it is chosen itself', () => {
  const needs = { AddFish: ['ListPonds', 'ListFish'] };
  expect(findNeeded(new Set(['AddFish', 'ListFish']), needs)).toEqual(new Map([['ListPonds', 'AddFish']]));
  expect(findNeeded(new Set(['ListFish']), needs).size).toBe(0);
});

test('several are taken or left at once, and the choice before stays as it was', () => {
  const before = new Set(['ListFish']);
  expect([...setChosen(before, ['ListFrogs'], true)]).toEqual(['ListFish', 'ListFrogs']);
  expect([...setChosen(before, ['ListFish', 'ListFrogs'], false)]).toEqual([]);
  expect([...before]).toEqual(['ListFish']);
});

test('operations are found by words and by tag', () => {
  expect([...countTags(OPERATIONS)]).toEqual([
    ['Fish', 2],
    ['Frogs', 1],
  ]);
  expect(filterOperations(OPERATIONS, 'list /listfr', undefined)).toHaveLength(1);
  expect(filterOperations(OPERATIONS, '', 'Frogs')).toHaveLength(1);
  expect(filterOperations(OPERATIONS, 'newts', 'Fish')).toHaveLength(0);
});
