import type { Json } from '../base/index.ts';
import type { Scope } from './types.ts';
import { describeKind, previewValue, type Value } from './value.ts';

/** The kinds of values, as the editor shows them. */
export type TypeName =
  | 'any'
  | 'string'
  | 'integer'
  | 'number'
  | 'float'
  | 'decimal'
  | 'boolean'
  | 'array'
  | 'object'
  | 'array | string'
  | 'array | object'
  | 'array | object | string'
  | 'object | string';

export type FunctionGroup =
  | 'text'
  | 'collections'
  | 'logic'
  | 'conversion'
  | 'math'
  | 'date'
  | 'workflow'
  | 'uri'
  | 'objects';

/** One parameter: its documentation, and how a value becomes what the function works with. */
export interface Parameter<T = unknown> {
  readonly name: string;
  readonly type: TypeName;
  readonly optional?: boolean;
  /** @throws Fault for a value of another type */
  read(value: Value): T;
}

/** An example that the tests run: `value` is the result, or `pattern` what its text form matches. */
export interface FunctionExample {
  readonly expression: string;
  readonly value?: Json;
  readonly pattern?: string;
  /** A context for `createContextScope`. */
  readonly context?: { readonly [key: string]: Json };
}

/** What the documentation and the editor's completion know about a function. */
export interface FunctionDoc {
  readonly name: string;
  readonly group: FunctionGroup;
  readonly parameters: readonly Pick<Parameter, 'name' | 'type' | 'optional'>[];
  /** The last parameter may be repeated. */
  readonly variadic?: boolean;
  readonly returns: TypeName;
  readonly doc: string;
  readonly example: FunctionExample;
}

export type Evaluate = (scope: Scope) => Value;

/** A row of the function table: documentation, and how a call is compiled. */
export interface FunctionSpec extends FunctionDoc {
  readonly minimum: number;
  readonly maximum: number;
  /** The same arguments always give the same value, whatever the scope: calls with constants fold. */
  readonly pure: boolean;
  /** What it builds explains its faults itself. */
  readonly explains: boolean;
  build(args: readonly Argument[], explain: Explain): Evaluate;
}

/** An argument of a call, compiled. */
export interface Argument {
  readonly constant: boolean;
  readonly evaluate: Evaluate;
}

/** Gives what is thrown in place of what a function threw: with the name of the function and the place. */
export type Explain = (error: unknown) => unknown;

/** Thrown by functions; the compiler adds the name of the function and the place. */
export class Fault extends Error {
  readonly seen: string | undefined;
  readonly parameter: string | undefined;

  constructor(message: string, options: { seen?: Value; parameter?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.seen = options.seen === undefined ? undefined : previewValue(options.seen);
    this.parameter = options.parameter;
  }
}

/** Reports an argument of the wrong type: `expects its parameter 'text' to be a string, not null`. */
export function refuse(parameter: string, wanted: string, value: Value): never {
  throw new Fault(`expects its parameter '${parameter}' to be ${wanted}, not ${describeKind(value)}`, {
    parameter,
    seen: value,
  });
}

/** The types of the arguments that a list of parameters reads. */
type ArgumentsOf<P extends readonly Parameter[]> = {
  [K in keyof P]: P[K] extends Parameter<infer T> ? T : never;
};

interface Documentation {
  readonly name: string;
  readonly group: FunctionGroup;
  readonly returns: TypeName;
  readonly doc: string;
  readonly example: FunctionExample;
}

/** Defines a function of a fixed number of arguments, of which the last may be optional. */
export function define<const P extends readonly Parameter[]>(
  spec: Documentation & { readonly parameters: P; run(...args: ArgumentsOf<P>): Value },
): FunctionSpec {
  const run: Run = { parameters: spec.parameters, run: spec.run as Run['run'] };
  const build: FunctionSpec['build'] = (args, explain) => buildCall(run, args, explain);
  return { ...spec, ...arityOf(spec.parameters), pure: true, explains: true, build };
}

/** Defines a function that reads the scope: the run, the clock or chance. */
export function defineScoped<const P extends readonly Parameter[]>(
  spec: Documentation & { readonly parameters: P; run(scope: Scope, ...args: ArgumentsOf<P>): Value },
): FunctionSpec {
  const run = spec.run as (scope: Scope, ...args: unknown[]) => Value;
  const { parameters } = spec;
  const build = (given: readonly Argument[], explain: Explain): Evaluate => {
    const args = given.map(({ evaluate }) => evaluate);
    const [first] = args;
    const [parameter] = parameters;
    if (first === undefined || parameter === undefined) {
      return (scope) => {
        try {
          return run(scope);
        } catch (error) {
          throw explain(error);
        }
      };
    }
    if (args.length === 1) {
      return (scope) => {
        try {
          return run(scope, parameter.read(first(scope)));
        } catch (error) {
          throw explain(error);
        }
      };
    }
    return guard((scope) => run(scope, ...readAll(parameters, args, scope)), explain);
  };
  return { ...spec, ...arityOf(parameters), pure: false, explains: true, build };
}

/** Defines a function of any number of like arguments. */
export function defineVariadic<T>(
  spec: Documentation & {
    readonly parameter: Parameter<T>;
    readonly minimum?: number;
    run(items: T[]): Value;
  },
): FunctionSpec {
  const { parameter, run, minimum = 1 } = spec;
  return {
    ...spec,
    parameters: [parameter],
    variadic: true,
    minimum,
    maximum: Number.POSITIVE_INFINITY,
    pure: true,
    explains: true,
    build: (args, explain) =>
      guard((scope) => run(args.map((argument) => parameter.read(argument.evaluate(scope)))), explain),
  };
}

/** Defines a function that decides itself which of its arguments are evaluated. */
export function defineLazy(
  spec: Documentation & {
    readonly parameters: readonly Parameter[];
    readonly variadic?: boolean;
    readonly minimum?: number;
    build(args: readonly Evaluate[]): Evaluate;
  },
): FunctionSpec {
  const { minimum = spec.parameters.length } = spec;
  const maximum = spec.variadic ? Number.POSITIVE_INFINITY : spec.parameters.length;
  const build: FunctionSpec['build'] = (args) => spec.build(args.map(({ evaluate }) => evaluate));
  return { ...spec, minimum, maximum, pure: true, explains: false, build };
}

interface Run {
  readonly parameters: readonly Parameter[];
  run(...args: unknown[]): Value;
}

function arityOf(parameters: readonly Parameter[]): { minimum: number; maximum: number } {
  const required = parameters.filter((parameter) => !parameter.optional).length;
  return { minimum: required, maximum: parameters.length };
}

/**
 * Calls with one and two arguments, nearly all there are, allocate no list; they catch where they call, since every
 * function in between would count. A constant beside a value that is not is read beforehand.
 */
function buildCall({ parameters, run }: Run, args: readonly Argument[], explain: Explain): Evaluate {
  const [first, second] = args;
  const [one, two] = parameters;
  if (first && one && args.length === 1) {
    const { evaluate } = first;
    return (scope) => {
      try {
        return run(one.read(evaluate(scope)));
      } catch (error) {
        throw explain(error);
      }
    };
  }
  if (first && second && one && two && args.length === 2) {
    return buildBinary(
      run,
      [one, first.evaluate],
      [two, second.evaluate],
      readConstant(two, second),
      explain,
    );
  }
  const evaluates = args.map(({ evaluate }) => evaluate);
  return guard((scope) => run(...readAll(parameters, evaluates, scope)), explain);
}

type Operand = readonly [parameter: Parameter, evaluate: Evaluate];

function buildBinary(
  run: Run['run'],
  [one, first]: Operand,
  [two, second]: Operand,
  known: { readonly value: unknown } | undefined,
  explain: Explain,
): Evaluate {
  if (known !== undefined) {
    const { value } = known;
    return (scope) => {
      try {
        return run(one.read(first(scope)), value);
      } catch (error) {
        throw explain(error);
      }
    };
  }
  return (scope) => {
    try {
      return run(one.read(first(scope)), two.read(second(scope)));
    } catch (error) {
      throw explain(error);
    }
  };
}

/** What a constant is read as; a fault waits until the call is really reached. */
function readConstant(parameter: Parameter, argument: Argument): { value: unknown } | undefined {
  if (!argument.constant) return undefined;
  try {
    return { value: parameter.read(argument.evaluate({} as Scope)) };
  } catch {
    return undefined;
  }
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

function readAll(parameters: readonly Parameter[], args: readonly Evaluate[], scope: Scope): unknown[] {
  return args.map((argument, index) => parameters[index]?.read(argument(scope)));
}
