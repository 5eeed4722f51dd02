import type { JsonObject } from '../../base/index.ts';
import type { TypeName } from '../define.ts';

/** What is known of a name: the JSON Schema of its value, and words about it. */
export interface KnownValue {
  readonly schema?: JsonObject | undefined;
  readonly doc?: string | undefined;
}

/**
 * What an expression can name at the place where it stands, with what is known of the values; names as they are
 * written. Schemas hold no references.
 */
export interface TypeEnvironment {
  readonly parameters?: Readonly<Record<string, KnownValue>>;
  readonly variables?: Readonly<Record<string, KnownValue>>;
  /** Actions that have run before; the schema is that of their outputs. */
  readonly actions?: Readonly<Record<string, KnownValue>>;
  /** The schema of the trigger's outputs. */
  readonly trigger?: KnownValue;
  /** Loops around the place, from the inside out; the schema is that of an item. */
  readonly loops?: Readonly<Record<string, KnownValue>>;
  /** The item of a Select or Filter array, where the place stands in one. */
  readonly item?: KnownValue;
  /** Scopes and loops whose results can be read. */
  readonly scopes?: readonly string[];
}

/** What an expression gives. */
export interface InferredType {
  readonly type: TypeName;
  /** What more is known of the value. */
  readonly schema?: JsonObject | undefined;
}
