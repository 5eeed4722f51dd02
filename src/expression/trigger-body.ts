import type { Json, JsonObject } from '../base/index.ts';
import type { Scope } from './types.ts';

/** The body of the trigger where it lies as it nearly always does; else nothing. No value but an object has a body. */
export function peekTriggerBody(scope: Scope): Json | undefined {
  return (scope.trigger()?.outputs as JsonObject | null | undefined)?.body;
}
