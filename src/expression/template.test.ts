import { describe, expect, test } from 'vitest';
import type { Json } from '../base/index.ts';
import { createContextScope } from './context-scope.ts';
import { compileTemplate } from './template.ts';
import { catchError } from './test-helpers.ts';

const scope = createContextScope({
  parameters: { n: 'World', count: 3, list: [1, 'b'], none: null, yes: true, key: 'k' },
});
const fill = (value: Json) => compileTemplate(value).evaluate(scope);

describe('templates', () => {
  test.for<[Json, Json]>([
    ['plain', 'plain'],
    ["@parameters('count')", 3],
    ["@parameters('list')", [1, 'b']],
    ["@parameters('none')", null],
    ["@{parameters('count')}", '3'],
    ["@{parameters('none')}", ''],
    ["@{parameters('yes')}", 'True'],
    ["Hello @{parameters('n')}, @{parameters('list')}!", 'Hello World, [1,"b"]!'],
    ['@{1.0}', '1'],
    ["@{div(3.0, 2)}/@{formatNumber(1.0, '0.0')}", '1.5/1.0'],
    ['@@', '@'],
    ['@@name', '@name'],
    ["@@{parameters('n')}", "@{parameters('n')}"],
    ["a @@{b} @{parameters('n')}", 'a @{b} World'],
    ["@@x @{parameters('n')}", '@x World'],
    ['a@b.example', 'a@b.example'],
    [" @parameters('n')", " @parameters('n')"],
    ["@{concat('}', '{', '''')}", "}{'"],
    [12, 12],
    [{ a: ["@parameters('n')", { b: true }] }, { a: ['World', { b: true }] }],
    [
      { "@{parameters('key')}": 1, '@@x': 2 },
      { k: 1, '@x': 2 },
    ],
  ])('%j gives %j', ([template, value]) => {
    expect(fill(template)).toEqual(value);
  });

  test('knows which values hold no expression, and gives them as they are', () => {
    const template = compileTemplate({ a: [1, '@@b'], c: "@concat('x', 'y')" });
    expect(template.constant).toBe(true);
    expect(template.evaluate(scope)).toEqual({ a: [1, '@b'], c: 'xy' });
    expect(compileTemplate({ a: '@utcNow()' }).constant).toBe(false);
  });

  test('lists the calls of workflow functions with their places', () => {
    const { references } = compileTemplate({
      'a/b': "to @{body('Get')?['mail']} and @{Outputs('X')}",
      "@{parameters('key')}": ['@triggerBody()', "@items(variables(concat('v', '1')))"],
    });
    expect(references).toEqual([
      { function: 'body', name: 'Get', pointer: '/a~1b', start: 5, end: 16 },
      { function: 'outputs', name: 'X', pointer: '/a~1b', start: 33, end: 45 },
      { function: 'parameters', name: 'key', pointer: "/@{parameters('key')}", start: 2, end: 19 },
      { function: 'triggerbody', pointer: "/@{parameters('key')}/0", start: 1, end: 14 },
      { function: 'items', pointer: "/@{parameters('key')}/1", start: 1, end: 35 },
      { function: 'variables', name: 'v1', pointer: "/@{parameters('key')}/1", start: 7, end: 34 },
    ]);
  });

  test('an error names the string inside the value', () => {
    const error = catchError(() => compileTemplate({ to: ['ok', 'x @{concat(}'] }));
    expect(error).toMatchObject({ pointer: '/to/1', start: 11, code: 'InvalidTemplate', status: 400 });
    const late = catchError(() => compileTemplate({ to: "@int(parameters('n'))" }).evaluate(scope));
    expect(late).toMatchObject({ pointer: '/to', start: 5, end: 20, fault: 'value' });
  });

  test('advises the escape where plain text begins with @', () => {
    expect(catchError(() => compileTemplate('@anna, have a look')).fix).toMatch(/'anna'.*'@@'/);
    expect(catchError(() => compileTemplate('@ home')).fix).toContain("'@@'");
    expect(catchError(() => compileTemplate('@')).fix).toContain("'@@'");
  });

  test('a key cannot reach the prototype', () => {
    const value = fill(JSON.parse('{"__proto__": "@parameters(\'count\')"}') as Json);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.entries(value as object)).toEqual([['__proto__', 3]]);
  });

  test('refuses values that nest too deep', () => {
    let value: Json = "@parameters('n')";
    for (let depth = 0; depth < 5000; depth++) value = [value];
    const error = catchError(() => compileTemplate(value));
    expect(error).toMatchObject({ fault: 'limit', code: 'InvalidTemplate' });
  });
});
