import { describe, expect, test } from 'vitest';
import { createContextScope } from './context-scope.ts';
import { compileExpression } from './template.ts';
import { catchError, evaluate, failOf } from './test-helpers.ts';
import type { Scope } from './types.ts';

/** A scope that counts what is asked of it. */
function createCountingScope() {
  const asked: string[] = [];
  const scope: Scope = {
    ...createContextScope({}),
    variable: (name) => {
      asked.push(name);
      return name === 'yes' ? true : name === 'no' ? false : null;
    },
  };
  return { scope, asked };
}

describe('compilation', () => {
  test('evaluates what needs no scope beforehand', () => {
    expect(compileExpression("toUpper(concat('a', string(add(1, 2))))").constant).toBe(true);
    expect(compileExpression('json(\'{"a": [1]}\').a[0]').constant).toBe(true);
    expect(compileExpression("concat('a', item())").constant).toBe(false);
    expect(compileExpression('guid()').constant).toBe(false);
    expect(compileExpression('rand(1, 9)').constant).toBe(false);
  });

  test('a constant that fails, fails only where it is reached', () => {
    expect(evaluate("if(false, div(1, 0), 'safe')")).toBe('safe');
    expect(failOf("if(true, div(1, 0), 'safe')").sentence).toBe("The function 'div' cannot divide by zero.");
  });

  test('unknown functions and wrong numbers of arguments fail at compilation, reached or not', () => {
    const unknown = catchError(() => compileExpression("if(true, 1, toUper('a'))"));
    expect(unknown).toMatchObject({ fault: 'function', start: 12, end: 18, fix: 'Did you mean toUpper()?' });
    const arity = catchError(() => compileExpression("if(true, 1, length('a', 'b'))"));
    expect(arity.sentence).toBe("The function 'length' takes 1 argument, not 2.");
    expect(arity.fix).toBe('It is written length(collection).');
    expect(catchError(() => compileExpression('substring()')).sentence).toContain('2 to 3 arguments');
    expect(catchError(() => compileExpression('createArray()')).sentence).toContain('at least 1 argument,');
    expect(catchError(() => compileExpression('item(1)')).sentence).toContain('no arguments');
  });

  test.for([
    ["and(variables('no'), variables('other'))", false, ['no']],
    ["or(variables('yes'), variables('other'))", true, ['yes']],
    ["if(variables('yes'), 1, variables('other'))", 1, ['yes']],
    ["coalesce(variables('null'), 'x', variables('other'))", 'x', ['null']],
  ] as const)('%s evaluates no more than it needs', ([expression, value, wanted]) => {
    const { scope, asked } = createCountingScope();
    expect(compileExpression(expression).evaluate(scope)).toBe(value);
    expect(asked).toEqual(wanted);
  });

  test('an error names the innermost call and its argument', () => {
    const error = failOf("concat('a', toUpper(variables('n')))", { variables: { n: 5 } });
    expect(error.sentence).toBe(
      "The function 'toUpper' expects its parameter 'text' to be a string, not an integer.",
    );
    expect([error.start, error.end]).toEqual([20, 34]);
  });

  test('a message never holds a value that an evaluation saw', () => {
    const context = { variables: { s: 'hunter2', o: { p: 'hunter2' } } };
    for (const call of [
      "int(variables('s'))",
      "json(variables('s'))",
      "xml(variables('s'))",
      "formatDateTime(variables('s'))",
      "base64ToString(concat(variables('s'), '!'))",
      "uriHost(variables('s'))",
      "formatNumber(1, 'N', variables('s'))",
      "convertFromUtc('2024-01-01', variables('s'))",
      "add(1, variables('s'))",
      "xpath('<a/>', concat(variables('s'), '('))",
      "parseDateTime(variables('s'))",
      "and(variables('s'))",
      "guid(variables('s'))",
      "variables('o').zz",
      "variables('s').zz",
    ]) {
      const error = failOf(call, context);
      expect(error.message, call).not.toContain('hunter2');
    }
    expect(failOf("int(variables('s'))", context).seen).toBe('hunter2');
  });

  test('values too large or too deep end in an error, not in a crash', () => {
    const half = "concat(variables('x'), variables('x'))";
    const huge = failOf(half, { variables: { x: 'x'.repeat(60_000_000) } });
    expect(huge.sentence).toContain('104857600');
    const deep = failOf(`json(variables('d'))`, { variables: { d: '['.repeat(3) } });
    expect(deep.fault).toBe('value');
    const nested = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const error = catchError(() =>
      evaluate("equals(json(variables('d')), json(variables('d')))", { variables: { d: nested } }),
    );
    expect(error.fault).toBe('limit');
  });

  test('keeps 64-bit integers', () => {
    expect(evaluate('add(9007199254740992, 1)')).toBe(9007199254740993n);
    expect(evaluate('json(\'{"id": 12345678901234567890123}\').id')).toBe(12345678901234567890123n);
    expect(evaluate("int('9223372036854775807')")).toBe(9223372036854775807n);
    expect(failOf('add(9223372036854775807, 1)').sentence).toContain('64 bits');
    expect(evaluate("sub(ticks('2024-01-01'), ticks('2024-01-01'))")).toBe(0);
  });
});
