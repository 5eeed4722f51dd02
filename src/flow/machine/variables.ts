import { type Json, type JsonObject, stringifyJson } from '../../base/index.ts';
import type { VariableOperation, VariableWork } from '../types.ts';
import type { RunScope } from './scope.ts';
import type { FlowFailure, Run, Variable } from './types.ts';

/** What changes: the inputs an action records, enough to make the same change again when a run is folded. */
export interface VariableChange {
  readonly inputs: Json;
  readonly error?: FlowFailure;
}

/** Evaluates and makes the change of a variable action. Throws what an expression throws. */
export function changeVariables(run: Run, work: VariableWork, scope: RunScope): VariableChange {
  const changes = work.variables.map((variable) => ({
    name: variable.name,
    ...(variable.type === undefined ? {} : { type: variable.type }),
    value: variable.value === undefined ? defaultValue(variable.type) : variable.value.evaluate(scope),
  }));
  const inputs: JsonObject = work.operation === 'initialize' ? { variables: changes } : (changes[0] ?? {});
  const error = applyChange(run, work.operation, inputs);
  return error === undefined ? { inputs } : { inputs, error };
}

/** Makes a recorded change: the same in a live run and when its events are folded. */
export function applyChange(
  run: Run,
  operation: VariableOperation,
  inputs: JsonObject,
): FlowFailure | undefined {
  if (operation === 'initialize') {
    for (const declared of Array.isArray(inputs.variables) ? (inputs.variables as JsonObject[]) : []) {
      const error = declareVariable(run, declared);
      if (error !== undefined) return error;
    }
    return undefined;
  }
  const name = String(inputs.name);
  const variable = findVariable(run.variables, name);
  if (variable === undefined)
    return failure(`There is no variable '${name}': initialize it before this action.`);
  return updateVariable(variable, name, operation, inputs.value ?? null);
}

/** By its exact name, else by the same name in another case, as everything in a flow is found. */
export function findVariable(variables: Run['variables'], name: string): Variable | undefined {
  const exact = variables.get(name);
  if (exact !== undefined) return exact;
  const lower = name.toLowerCase();
  for (const [other, variable] of variables) if (other.toLowerCase() === lower) return variable;
  return undefined;
}

function declareVariable(run: Run, declared: JsonObject): FlowFailure | undefined {
  const name = String(declared.name);
  const type = String(declared.type ?? 'string').toLowerCase();
  const value = coerce(declared.value ?? defaultValue(type), type);
  if (value === undefined)
    return failure(
      `Variable '${name}' is of type ${type} and cannot start as ${describe(declared.value ?? null)}.`,
    );
  run.variables.set(name, { type, value, shared: true });
  return undefined;
}

function updateVariable(
  variable: Variable,
  name: string,
  operation: VariableOperation,
  value: Json,
): FlowFailure | undefined {
  switch (operation) {
    case 'increment':
    case 'decrement':
      return addToVariable(variable, name, value, operation === 'increment' ? 1 : -1);
    case 'appendArray':
      if (!Array.isArray(variable.value))
        return failure(`Variable '${name}' is of type ${variable.type}, not an array.`);
      appendItem(variable, variable.value, value);
      return undefined;
    case 'appendString':
      if (!holdsText(variable))
        return failure(`Variable '${name}' is of type ${variable.type}, not a string.`);
      variable.value =
        String(variable.value ?? '') +
        (value === null ? '' : typeof value === 'object' ? stringifyJson(value) : String(value));
      return undefined;
    default:
      return setVariable(variable, name, value);
  }
}

/** A text without a value is empty to what is appended. */
function holdsText({ type, value }: Variable): boolean {
  return typeof value === 'string' || (value === null && type === 'string');
}

/** Values are shared by whoever has read them; appending copies only what somebody may still hold. */
function appendItem(variable: Variable, items: Json[], item: Json): void {
  if (!variable.shared) {
    items.push(item);
    return;
  }
  variable.value = [...items, item];
  variable.shared = false;
}

function setVariable(variable: Variable, name: string, value: Json): FlowFailure | undefined {
  const coerced = coerce(value, variable.type);
  if (coerced === undefined)
    return failure(`Variable '${name}' is of type ${variable.type} and cannot hold ${describe(value)}.`);
  variable.value = coerced;
  variable.shared = true;
  return undefined;
}

function addToVariable(variable: Variable, name: string, value: Json, sign: 1 | -1): FlowFailure | undefined {
  const isEmpty = variable.value === null && (variable.type === 'integer' || variable.type === 'float');
  const sum = addNumbers(isEmpty ? 0 : variable.value, coerceNumber(value) ?? null, sign);
  if (sum === undefined) {
    return failure(
      `Variable '${name}' holds ${describe(variable.value)} and cannot be changed by ${describe(value)}.`,
    );
  }
  variable.value = sum;
  return undefined;
}

/** Whole numbers beyond 2^53 keep their digits, as those of expressions do. */
function addNumbers(current: Json, step: Json, sign: 1 | -1): Json | undefined {
  if (typeof current === 'number' && typeof step === 'number') return current + sign * step;
  const isNumber = (one: Json) => typeof one === 'number' || typeof one === 'bigint';
  if (!isNumber(current) || !isNumber(step)) return undefined;
  if (!isWhole(current) || !isWhole(step)) return Number(current) + sign * Number(step);
  const sum = BigInt(current) + BigInt(sign) * BigInt(step);
  return Number.isSafeInteger(Number(sum)) ? Number(sum) : sum;
}

function isWhole(value: Json): value is number | bigint {
  return typeof value === 'bigint' || Number.isInteger(value);
}

/** The value as the variable's type takes it, or `undefined` when it does not. */
function coerce(value: Json, type: string): Json | undefined {
  switch (type) {
    case 'integer':
    case 'float':
      return coerceNumber(value);
    case 'boolean':
      return typeof value === 'boolean' || value === null ? value : coerceBoolean(value);
    case 'array':
      return Array.isArray(value) ? value : value === null ? [] : undefined;
    case 'object':
      return value;
    default:
      return value === null || typeof value === 'object' ? stringifyOrNull(value) : String(value);
  }
}

function coerceNumber(value: Json): Json | undefined {
  if (value === null || typeof value === 'number' || typeof value === 'bigint') return value;
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

function coerceBoolean(value: Json): Json | undefined {
  const text = String(value).toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

function stringifyOrNull(value: Json): Json {
  return value === null ? null : stringifyJson(value);
}

/** A variable without a value: an empty array, otherwise null. */
function defaultValue(type: string | undefined): Json {
  return type === 'array' ? [] : null;
}

function describe(value: Json): string {
  const text = stringifyJson(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function failure(message: string): FlowFailure {
  return { code: 'BadRequest', message };
}
