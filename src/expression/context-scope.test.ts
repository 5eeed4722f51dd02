import { describe, expect, test } from 'vitest';
import { createContextScope } from './context-scope.ts';
import { compileExpression } from './template.ts';
import { evaluate, failOf } from './test-helpers.ts';

describe('a scope over a context', () => {
  test('joins the outputs of an action to its record', () => {
    const context = { outputs: { Get: { body: 1 } }, actions: { Get: { status: 'Succeeded' }, Skip: {} } };
    expect(evaluate("actions('Get')", context)).toEqual({ status: 'Succeeded', outputs: { body: 1 } });
    expect(evaluate("body('get')", context)).toBe(1);
    expect(evaluate("outputs('Skip')", context)).toBeNull();
    expect(failOf("outputs('Nope')", context).sentence).toBe(
      "The function 'outputs' finds no action with the name 'Nope'.",
    );
  });

  test('tells null from nothing', () => {
    expect(evaluate("variables('n')", { variables: { n: null } })).toBeNull();
    expect(failOf("variables('n')").sentence).toContain('no variable');
    expect(failOf('item()').sentence).toContain('repeats over items');
    expect(failOf('triggerBody()').sentence).toContain('no trigger');
    expect(failOf('listCallbackUrl()').sentence).toContain('webhook');
  });

  test('pins the clock to seven digits, else asks the world', () => {
    expect(evaluate('utcNow()', { now: '2024-05-31T08:00:00.1234567Z' })).toBe(
      '2024-05-31T08:00:00.1234567Z',
    );
    expect(evaluate('utcNow()', { now: 0 })).toBe('1970-01-01T00:00:00.0000000Z');
    const world = { now: () => 1000, random: () => 0.5 };
    const scope = createContextScope({}, world);
    expect(compileExpression("concat(utcNow('ss'), rand(0, 10))").evaluate(scope)).toBe('015');
  });

  test('without a world chance is the same every time, yet no two identifiers are alike', () => {
    expect(evaluate('guid()')).toBe(evaluate('guid()'));
    expect(evaluate('equals(guid(), guid())')).toBe(false);
    expect(evaluate('guid()')).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });
});
