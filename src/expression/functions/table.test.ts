import { describe, expect, test } from 'vitest';
import { equalJson } from '../../base/index.ts';
import { createContextScope } from '../context-scope.ts';
import { compileExpression } from '../template.ts';
import { findFunction, functionTable, suggestFunction } from './table.ts';

describe('the function table', () => {
  test.for(functionTable)('$name: the documented example gives what it says', ({ example }) => {
    const scope = createContextScope(example.context ?? {});
    const value = compileExpression(example.expression).evaluate(scope);
    if (example.pattern !== undefined) expect(String(value)).toMatch(new RegExp(example.pattern));
    else expect(equalJson(value, example.value), `${example.expression} gives ${value}`).toBe(true);
  });

  test.for(functionTable)('$name: the example calls the function, and the doc is a sentence', (entry) => {
    expect(entry.example.expression).toContain(`${entry.name}(`);
    expect('value' in entry.example || 'pattern' in entry.example).toBe(true);
    expect(entry.doc).toMatch(/^[A-Z0-9].*\.$/s);
    expect(new Set(entry.parameters.map(({ name }) => name)).size).toBe(entry.parameters.length);
  });

  test('has every function of the language once', () => {
    const names = functionTable.map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBe(129);
  });

  test('finds names in any case, and the nearest for a mistyped one', () => {
    expect(findFunction('FORMATDATETIME')?.name).toBe('formatDateTime');
    expect(findFunction('formatDate')).toBeUndefined();
    expect(suggestFunction('formtDateTime')).toBe('formatDateTime');
    expect(suggestFunction('quux_something')).toBeUndefined();
  });
});
