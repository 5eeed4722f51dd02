import type { Json, JsonObject } from '../base/index.ts';

/** A template of a definition, compiled once and evaluated often. */
export interface CompiledTemplate {
  /** Holds no expression, or only such whose value is known beforehand. */
  readonly constant: boolean;
  /** Every call of a workflow function, for checks and dependency analysis, in order of appearance. */
  readonly references: readonly Reference[];
  /**
   * The value in a scope. Values are shared, not copied: never change one in place.
   *
   * @throws ExpressionError
   */
  evaluate(scope: Scope): Json;
}

/** A call of a workflow function: `outputs('Get')`, `item()`, `triggerBody()`. */
export interface Reference {
  /** In lower case: `outputs`, `body`, `actions`, `variables`, `parameters`, `items`, `triggerbody`, … */
  readonly function: string;
  /** The first argument, where it is a constant text. */
  readonly name?: string;
  /** JSON pointer to the string inside the template value (to its property where it stands in a key). */
  readonly pointer: string;
  /** Offsets of the call in the string at the pointer. */
  readonly start: number;
  readonly end: number;
}

/** What an evaluation can see. `undefined` always means: there is no such name here. */
export interface Scope {
  parameter(name: string): Json | undefined;
  variable(name: string): Json | undefined;
  /** The trigger's record: name, inputs, outputs, startTime, endTime, status, … */
  trigger(): JsonObject | undefined;
  /** The record of an action; outputs are null for one that has not run. */
  action(name: string): JsonObject | undefined;
  /** The outputs of an action alone, where they can be had without its record: the common case, and much less work. */
  outputs?(name: string): Json | undefined;
  /** What all turns of a loop gave that has ended, of an action in it; undefined for one that is in no such loop. */
  outputsOfTurns?(name: string): Json[] | undefined;
  /** The item of the innermost repeating action. */
  item(): Json | undefined;
  items(loop: string): Json | undefined;
  iterationIndex(loop: string): number | undefined;
  /** The records of the first-level actions of a scope or loop. */
  result(scopeName: string): Json[] | undefined;
  workflow(): JsonObject;
  currentAction(): JsonObject | undefined;
  callbackUrl(): string | undefined;
  appSetting(name: string): string | undefined;
  /** What the model of an agent gives to the tool that it calls; there in tools only. */
  agentParameter?(name: string): Json | undefined;
  /** Epoch milliseconds. */
  now(): number;
  /** The 100 ns steps beyond `now()`, 0 to 9999, where a clock is that fine. */
  nowTicks?(): number;
  /** In [0, 1). */
  random(): number;
}
