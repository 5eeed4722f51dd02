import type { Json, JsonObject } from '../base/index.ts';
import { createContextScope } from './context-scope.ts';
import { ExpressionError } from './errors.ts';
import { compileExpression } from './template.ts';

/** The value of an expression in a context. */
export function evaluate(expression: string, context: JsonObject = {}): Json {
  return compileExpression(expression).evaluate(createContextScope(context));
}

/** The error of an expression, be it in reading or in evaluating. */
export function catchError(run: () => unknown): ExpressionError {
  try {
    run();
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
  throw new Error('expected an ExpressionError, but nothing was thrown');
}

export function failOf(expression: string, context: JsonObject = {}): ExpressionError {
  return catchError(() => evaluate(expression, context));
}
