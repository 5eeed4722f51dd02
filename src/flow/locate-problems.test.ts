import { expect, test } from 'vitest';
import { locateProblems } from './locate-problems.ts';

const TEXT = '{\n  "actions": {\n    "A": { "inputs": [\n      1\n    ] }\n  }\n}';
const lineOf = (pointer: string) => locateProblems([{ code: 'X', message: 'x', pointer }], TEXT)[0]?.line;

test('a problem gets the line its pointer leads to', () => {
  expect([lineOf('/actions'), lineOf('/actions/A'), lineOf('/actions/A/inputs/0')]).toEqual([2, 3, 4]);
});

test('a pointer to what is missing gets the line of the nearest parent', () => {
  expect(lineOf('/actions/A/runAfter')).toBe(3);
  expect(lineOf('/nothing')).toBe(1);
});
