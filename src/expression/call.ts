import type { Parameter } from './define.ts';
import type { Scope } from './types.ts';
import type { Value } from './value.ts';

/**
 * How calls become closures. They allocate no lists of arguments and catch where they call, since every function in
 * between would count; what a constant is read as is known beforehand.
 */
export type Evaluate = (scope: Scope) => Value;

/** An argument of a call, compiled. */
export interface Argument {
  readonly constant: boolean;
  readonly evaluate: Evaluate;
}

/** Gives what is thrown in place of what a function threw: with the name of the function and the place. */
export type Explain = (error: unknown) => unknown;

/** A function of the language, given arguments that were read. */
export type Run = (...args: unknown[]) => Value;
export type ScopedRun = (scope: Scope, ...args: unknown[]) => Value;

/**
 * A closure of its own for a function that is called often: it knows the answer for the types that its arguments
 * nearly always have, and leaves everything else to `slow`, which reads, refuses and explains. Engines compile a
 * closure for what it has seen, so one that all functions share knows nothing.
 */
export type Quick<P extends readonly Parameter[] = readonly Parameter[]> = (
  slow: Slow,
  ...args: { [K in keyof P]: Argument }
) => Evaluate;

/** The whole way of a call, from values to a value. */
export type Slow = (first: Value, second?: Value) => Value;

export function buildSlow([one, two]: readonly Parameter[], run: Run, explain: Explain): Slow {
  if (one === undefined || two === undefined) {
    return guardValue((given) => run(one?.read(given)), explain);
  }
  return (first, second) => {
    try {
      return run(one.read(first), two.read(second as Value));
    } catch (error) {
      throw explain(error);
    }
  };
}

export function buildCall(
  parameters: readonly Parameter[],
  run: Run,
  args: readonly Argument[],
  explain: Explain,
): Evaluate {
  const [first, second, third] = args;
  const [one, two, three] = parameters;
  if (!first || !one) return guard(() => run(), explain);
  if (!second || !two) return buildUnary(run, one, first.evaluate, explain);
  if (args.length === 2) return buildBinary(run, [one, first.evaluate], createReader(two, second), explain);
  if (args.length === 3 && third && three) {
    return buildTernary(
      run,
      [one, first.evaluate],
      createReader(two, second),
      createReader(three, third),
      explain,
    );
  }
  return guard((scope) => run(...readAll(parameters, args, scope)), explain);
}

/** A call of a function that sees the scope: without arguments or with one, nearly always. */
export function buildScopedCall(
  parameters: readonly Parameter[],
  run: ScopedRun,
  args: readonly Argument[],
  explain: Explain,
): Evaluate {
  const [first] = args;
  const [one] = parameters;
  if (!first || !one) return guard(run, explain);
  if (args.length > 1) return guard((scope) => run(scope, ...readAll(parameters, args, scope)), explain);
  const known = readAhead(one, first);
  if (known !== undefined) {
    const { value } = known;
    return (scope) => {
      try {
        return run(scope, value);
      } catch (error) {
        throw explain(error);
      }
    };
  }
  const { evaluate } = first;
  return (scope) => {
    try {
      return run(scope, one.read(evaluate(scope)));
    } catch (error) {
      throw explain(error);
    }
  };
}

/** Throws what is explained in place of what was thrown. */
export function guard(call: Evaluate, explain: Explain): Evaluate {
  return (scope) => {
    try {
      return call(scope);
    } catch (error) {
      throw explain(error);
    }
  };
}

/** The same for a step that is given its value. */
export function guardValue(step: (given: Value) => Value, explain: Explain): (given: Value) => Value {
  return (given) => {
    try {
      return step(given);
    } catch (error) {
      throw explain(error);
    }
  };
}

/** The value of an argument that is one for all scopes. */
export function readConstant({ constant, evaluate }: Argument): Value | undefined {
  return constant ? evaluate(NOWHERE) : undefined;
}

type Operand = readonly [parameter: Parameter, evaluate: Evaluate];
type Reader = (scope: Scope) => unknown;

function buildUnary(run: Run, parameter: Parameter, evaluate: Evaluate, explain: Explain): Evaluate {
  return (scope) => {
    try {
      return run(parameter.read(evaluate(scope)));
    } catch (error) {
      throw explain(error);
    }
  };
}

function buildBinary(run: Run, [one, first]: Operand, second: Reader, explain: Explain): Evaluate {
  return (scope) => {
    try {
      return run(one.read(first(scope)), second(scope));
    } catch (error) {
      throw explain(error);
    }
  };
}

function buildTernary(
  run: Run,
  [one, first]: Operand,
  second: Reader,
  third: Reader,
  explain: Explain,
): Evaluate {
  return (scope) => {
    try {
      return run(one.read(first(scope)), second(scope), third(scope));
    } catch (error) {
      throw explain(error);
    }
  };
}

/** Evaluates and reads an argument. */
function createReader(parameter: Parameter, argument: Argument): Reader {
  const known = readAhead(parameter, argument);
  if (known !== undefined) return () => known.value;
  const { evaluate } = argument;
  return (scope) => parameter.read(evaluate(scope));
}

/** What a constant is read as; a fault waits until the call is really reached. */
function readAhead(parameter: Parameter, argument: Argument): { readonly value: unknown } | undefined {
  const constant = readConstant(argument);
  if (constant === undefined) return undefined;
  try {
    return { value: parameter.read(constant) };
  } catch {
    return undefined;
  }
}

function readAll(parameters: readonly Parameter[], args: readonly Argument[], scope: Scope): unknown[] {
  return args.map((argument, index) => parameters[index]?.read(argument.evaluate(scope)));
}

/** What constants are evaluated in; none looks at it. */
export const NOWHERE = Object.freeze({}) as Scope;
