import { expect, test } from 'vitest';
import { createLocator } from './locate-problem.ts';

const text = `{
  "actions": {
    "Send": { "type": "Http", "inputs": { "uri": "@body('No')" } },
    "List": { "items": ["a", "b"] }
  }
}`;
const mark = (problem: { pointer?: string; line?: number }, source = text) => {
  const { offset, length } = createLocator(source)({ code: 'X', message: '', ...problem });
  return source.slice(offset, offset + length);
};

test('a pointer to a value marks the value, one to an object its name', () => {
  expect(mark({ pointer: '/actions/Send/inputs/uri' })).toBe(`"@body('No')"`);
  expect(mark({ pointer: '/actions/Send' })).toBe('"Send"');
  expect(mark({ pointer: '/actions/List/items/1' })).toBe('"b"');
});

test('a pointer to what is missing marks what should hold it', () => {
  expect(mark({ pointer: '/actions/Send/inputs/method' })).toBe('"inputs"');
});

test('a definition in the wrapping of an export is found', () => {
  const wrapped = `{"properties":{"definition":${text}}}`;
  expect(mark({ pointer: '/actions/Send' }, wrapped)).toBe('"Send"');
});

test('without a pointer the line is marked, without either the beginning', () => {
  expect(mark({ line: 2 })).toBe('  "actions": {');
  expect(mark({ line: 99 })).toBe('}');
  expect(mark({})).toBe('{');
});
