import type { Json } from '../base/index.ts';
import {
  type Argument,
  buildCall,
  buildScopedCall,
  buildSlow,
  type Evaluate,
  type Explain,
  guard,
  type Quick,
  type Run,
  type ScopedRun,
} from './call.ts';
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

/** A row of the function table: documentation, and how a call is compiled. */
export interface FunctionSpec extends FunctionDoc {
  readonly minimum: number;
  readonly maximum: number;
  /** The same arguments always give the same value, whatever the scope: calls with constants fold. */
  readonly pure: boolean;
  /** What it builds explains its own faults; those of the arguments are explained already. */
  build(args: readonly Argument[], explain: Explain): Evaluate;
}

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
  spec: Documentation & {
    readonly parameters: P;
    run(...args: ArgumentsOf<P>): Value;
    /** For functions of one or two arguments; what it does not know it leaves to `run`. */
    readonly quick?: Quick<P>;
  },
): FunctionSpec {
  const { parameters } = spec;
  const quick = spec.quick as Quick | undefined;
  const run = spec.run as Run;
  const build: FunctionSpec['build'] = (args, explain) =>
    quick !== undefined && args.length === parameters.length
      ? quick(buildSlow(parameters, run, explain), ...args)
      : buildCall(parameters, run, args, explain);
  return { ...spec, ...arityOf(parameters), pure: true, build };
}

/** Defines a function that reads the scope: the run, the clock or chance. */
export function defineScoped<const P extends readonly Parameter[]>(
  spec: Documentation & { readonly parameters: P; run(scope: Scope, ...args: ArgumentsOf<P>): Value },
): FunctionSpec {
  const { parameters } = spec;
  const run = spec.run as ScopedRun;
  const build: FunctionSpec['build'] = (args, explain) => buildScopedCall(parameters, run, args, explain);
  return { ...spec, ...arityOf(parameters), pure: false, build };
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
  const build: FunctionSpec['build'] = (args, explain) =>
    guard((scope) => run(args.map((argument) => parameter.read(argument.evaluate(scope)))), explain);
  const maximum = Number.POSITIVE_INFINITY;
  return { ...spec, parameters: [parameter], variadic: true, minimum, maximum, pure: true, build };
}

/** Defines a function that decides itself which of its arguments are evaluated. */
export function defineLazy(
  spec: Documentation & {
    readonly parameters: readonly Parameter[];
    readonly variadic?: boolean;
    readonly minimum?: number;
    build(args: readonly Evaluate[], explain: Explain): Evaluate;
  },
): FunctionSpec {
  const { minimum = spec.parameters.length } = spec;
  const maximum = spec.variadic ? Number.POSITIVE_INFINITY : spec.parameters.length;
  const build: FunctionSpec['build'] = (args, explain) =>
    spec.build(
      args.map(({ evaluate }) => evaluate),
      explain,
    );
  return { ...spec, minimum, maximum, pure: true, build };
}

function arityOf(parameters: readonly Parameter[]): { minimum: number; maximum: number } {
  const required = parameters.filter((parameter) => !parameter.optional).length;
  return { minimum: required, maximum: parameters.length };
}
