import type { Value } from './value.ts';

/** A place in the source text; offsets of UTF-16 units, the end left out. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Expression = LiteralExpression | CallExpression | PathExpression | MissingExpression;

/** `'text'`, `-1`, `1.5`, `true`, `null`. */
export interface LiteralExpression extends Span {
  readonly kind: 'literal';
  readonly value: Value;
}

/** `concat('a', 'b')`. */
export interface CallExpression extends Span {
  readonly kind: 'call';
  /** As it is written; names ignore case. */
  readonly name: string;
  /** Where the name ends. */
  readonly nameEnd: number;
  readonly arguments: readonly Expression[];
}

/** Where a value should stand and none does; only in text that is read while it is being written. */
export interface MissingExpression extends Span {
  readonly kind: 'missing';
  /** The beginning of a name, where there is one. */
  readonly name: string;
}

/** `target?.a['b'][0]`: all steps of a path in one node, so that long paths nest nothing. */
export interface PathExpression extends Span {
  readonly kind: 'path';
  readonly target: Expression;
  readonly steps: readonly PathStep[];
}

export interface PathStep extends Span {
  /** `?`: null instead of an error when there is nothing. */
  readonly optional: boolean;
  /** `.name` is a literal, `[…]` any expression. */
  readonly key: Expression;
}
