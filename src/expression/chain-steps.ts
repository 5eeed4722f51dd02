import type { Json, JsonObject } from '../base/index.ts';
import { type Argument, type Evaluate, readConstant } from './call.ts';
import type { Step } from './path.ts';
import { peekTriggerBody } from './trigger-body.ts';
import { Decimal, DecimalNumber, type Value, WholeFloat } from './value.ts';

/**
 * The steps of a path in one closure. A plain key (see below) that an object has by exactly that name is settled with
 * one look; everything else goes the step's own way. The body of the trigger, where most paths begin, is looked up in
 * place, and paths of one step, as most have, do without a loop.
 */
export function chainSteps(
  target: Evaluate,
  isTriggerBody: boolean,
  keys: readonly (string | undefined)[],
  steps: readonly Step[],
): Evaluate {
  const [key] = keys;
  const [step] = steps;
  if (steps.length === 1 && step !== undefined && key !== undefined) {
    return isTriggerBody ? chainTriggerStep(target, key, step) : chainStep(target, key, step);
  }
  return (scope) => {
    let value = isTriggerBody ? (peekTriggerBody(scope) ?? target(scope)) : target(scope);
    for (let index = 0; index < keys.length; index++) {
      const name = keys[index];
      const found = name === undefined ? undefined : lookUp(value, name);
      value = found === undefined ? (steps[index] as Step)(value, scope) : found;
    }
    return value;
  };
}

function chainTriggerStep(target: Evaluate, key: string, step: Step): Evaluate {
  return (scope) => {
    const body = peekTriggerBody(scope) ?? target(scope);
    const found = lookUp(body, key);
    return found === undefined ? step(body, scope) : found;
  };
}

function chainStep(target: Evaluate, key: string, step: Step): Evaluate {
  return (scope) => {
    const value = target(scope);
    const found = lookUp(value, key);
    return found === undefined ? step(value, scope) : found;
  };
}

function lookUp(value: Value, key: string): Json | undefined {
  return typeof value === 'object' && value !== null ? (value as JsonObject)[key] : undefined;
}

/** The name of a step, if values have a property of that name only where the data says so. */
export function readPlainKey(key: Argument): string | undefined {
  const name = readConstant(key);
  return typeof name === 'string' && !isReserved(name) ? name : undefined;
}

/** What arrays, special numbers and all objects have beside the properties of the data. */
function isReserved(name: string): boolean {
  return OTHERS.some((other) => name in other) || /^\d+$/.test(name);
}

const OTHERS: readonly object[] = [[], new WholeFloat(0), new DecimalNumber(new Decimal(0))];
