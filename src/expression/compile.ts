/**
 * Compiles expressions to closures. What must hold:
 *
 * 1. Nothing is parsed, looked up by name or converted from text at evaluation that could be so at compilation.
 * 2. A part without a scope is evaluated once, here. If that fails the part stays as it is, so that the fault
 *    appears only where the part is really reached: `if(false, div(1, 0), 'safe')` is 'safe'.
 * 3. Unknown functions and wrong numbers of arguments are faults of the text: they fail here, reached or not.
 * 4. `and`, `or`, `if` and `coalesce` evaluate no argument whose value they do not need.
 * 5. Values are shared, never copied: no function changes an argument in place.
 * 6. Only `ExpressionError` is thrown for what an expression does; the innermost call or step names the place.
 * 7. Special numbers (a float without fraction, a decimal) exist only between nested calls.
 */
import type { CallExpression, Expression, PathExpression } from './ast.ts';
import { type Argument as Compiled, type Evaluate, NOWHERE } from './call.ts';
import { chainSteps, readPlainKey } from './chain-steps.ts';
import { Fault, type FunctionSpec } from './define.ts';
import { ExpressionError, type Source } from './errors.ts';
import { findFunction, suggestFunction } from './functions/table.ts';
import { compileStep } from './path.ts';
import type { Reference } from './types.ts';
import { SpecialNumber, type Value } from './value.ts';

export type { Compiled };

/** Compiles one expression of a source; `references` gathers its calls of workflow functions. */
export function compileNode(node: Expression, source: Source, references: Reference[]): Compiled {
  switch (node.kind) {
    case 'literal':
      return createConstant(node.value);
    case 'call':
      return compileCall(node, source, references);
    case 'path':
      return compilePath(node, source, references);
    case 'missing':
      throw new ExpressionError('syntax', 'A value is missing.', source, node.start, node.end);
  }
}

/** Whether an expression can be known to give no special number, as nearly all can. */
export function givesJson(node: Expression): boolean {
  if (node.kind === 'path') return true;
  if (node.kind === 'literal') return !(node.value instanceof SpecialNumber);
  const spec = findFunction(node.name);
  return spec !== undefined && !mayGiveSpecialNumber(spec);
}

/** By what the documentation says; what comes from the scope is JSON. */
function mayGiveSpecialNumber({ returns, group }: FunctionSpec): boolean {
  return group !== 'workflow' && ['any', 'number', 'float', 'decimal'].includes(returns);
}

function createConstant(value: Value): Compiled {
  return { constant: true, evaluate: () => value };
}

function compileCall(node: CallExpression, source: Source, references: Reference[]): Compiled {
  const spec = findFunction(node.name);
  if (spec === undefined) return failUnknown(node, source);
  checkArity(spec, node, source);
  // A call stands before the calls in its arguments, as a reader meets them.
  const place = references.length;
  const args = node.arguments.map((argument) => compileNode(argument, source, references));
  if (spec.group === 'workflow') references.splice(place, 0, createReference(spec, node, source, args[0]));
  const explain = (error: unknown) => explainFault(error, spec, node, source);
  const evaluate = spec.build(args, explain);
  return spec.pure && args.every((argument) => argument.constant)
    ? fold(evaluate)
    : { constant: false, evaluate };
}

function compilePath(node: PathExpression, source: Source, references: Reference[]): Compiled {
  const target = compileNode(node.target, source, references);
  const keys = node.steps.map((step) => compileNode(step.key, source, references));
  const steps = node.steps.map((step, index) =>
    compileStep(step, keys[index] ?? createConstant(null), node, source),
  );
  const evaluate = chainSteps(target.evaluate, isTriggerBody(node.target), keys.map(readPlainKey), steps);
  return target.constant && keys.every((key) => key.constant)
    ? fold(evaluate)
    : { constant: false, evaluate };
}

function isTriggerBody(node: Expression): boolean {
  return node.kind === 'call' && node.name.toLowerCase() === 'triggerbody';
}

function fold(evaluate: Evaluate): Compiled {
  try {
    return createConstant(evaluate(NOWHERE));
  } catch {
    return { constant: false, evaluate };
  }
}

function explainFault(error: unknown, spec: FunctionSpec, node: CallExpression, source: Source): unknown {
  if (!(error instanceof Fault)) return error;
  const index = spec.parameters.findIndex((parameter) => parameter.name === error.parameter);
  const place = (spec.variadic ? undefined : node.arguments[index]) ?? node;
  const sentence = `The function '${spec.name}' ${error.message}.`;
  const { seen } = error;
  return new ExpressionError('value', sentence, source, place.start, place.end, { seen, cause: error });
}

function createReference(
  spec: FunctionSpec,
  node: CallExpression,
  source: Source,
  first: Compiled | undefined,
): Reference {
  const name = first?.constant ? first.evaluate(NOWHERE) : undefined;
  const base = {
    function: spec.name.toLowerCase(),
    pointer: source.pointer,
    start: node.start,
    end: node.end,
  };
  return typeof name === 'string' ? { ...base, name } : base;
}

function checkArity(spec: FunctionSpec, node: CallExpression, source: Source): void {
  const count = node.arguments.length;
  if (count >= spec.minimum && count <= spec.maximum) return;
  const sentence = `The function '${spec.name}' takes ${describeArity(spec)}, not ${count}.`;
  throw new ExpressionError('arguments', sentence, source, node.start, node.end, {
    fix: `It is written ${formatSignature(spec)}.`,
  });
}

function describeArity({ minimum, maximum }: FunctionSpec): string {
  if (maximum === 0) return 'no arguments';
  const count = maximum === minimum ? `${minimum}` : `${minimum} to ${maximum}`;
  const text = maximum === Number.POSITIVE_INFINITY ? `at least ${minimum}` : count;
  return `${text} argument${text.endsWith(' 1') || text === '1' ? '' : 's'}`;
}

/** `formatDateTime(timestamp, format?, locale?)`, `concat(value, …)`. */
export function formatSignature(spec: Pick<FunctionSpec, 'name' | 'parameters' | 'variadic'>): string {
  const names = spec.parameters.map(({ name, optional }) => (optional ? `${name}?` : name));
  return `${spec.name}(${names.join(', ')}${spec.variadic ? ', …' : ''})`;
}

function failUnknown(node: CallExpression, source: Source): never {
  const close = suggestFunction(node.name);
  throw new ExpressionError(
    'function',
    `There is no function '${node.name}'.`,
    source,
    node.start,
    node.nameEnd,
    close === undefined ? {} : { fix: `Did you mean ${close}()?` },
  );
}
