import { isJsonObject, type JsonObject } from '../base/index.ts';
import type { PathExpression, PathStep } from './ast.ts';
import type { Compiled } from './compile.ts';
import { ExpressionError, type Source } from './errors.ts';
import { findKey, getProperty, type KeyPath, splitPath } from './property.ts';
import type { Scope } from './types.ts';
import { describeKind, SpecialNumber, toJson, type Value } from './value.ts';

export type Step = (value: Value, scope: Scope) => Value;

/** Where a step stands, for its errors. */
interface Site {
  readonly step: PathStep;
  readonly path: PathExpression;
  readonly source: Source;
}

/**
 * Compiles one step of a path. `a.b` fails where there is nothing, `a?.b` gives null; on a string, number or
 * boolean both fail (as the service does).
 */
export function compileStep(step: PathStep, key: Compiled, path: PathExpression, source: Source): Step {
  const site: Site = { step, path, source };
  if (!key.constant) return (value, scope) => select(value, key.evaluate(scope), site);
  const constant = key.evaluate({} as Scope);
  if (typeof constant !== 'string') return (value) => select(value, constant, site);
  const keyPath = splitPath(constant);
  return (value) => selectProperty(value, constant, site, keyPath);
}

function select(value: Value, key: Value, site: Site): Value {
  if (typeof key === 'string') return selectProperty(value, key, site);
  const index = toJson(key);
  if (typeof index === 'number' && Number.isInteger(index)) return selectIndex(value, index, site);
  return fail(site, `Only texts and whole numbers stand in brackets, not ${describeKind(key)}.`);
}

function selectProperty(value: Value, key: string, site: Site, keyPath?: KeyPath): Value {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    if (value instanceof SpecialNumber) return failScalar(value, site);
    const found = getProperty(value, key, keyPath);
    if (found !== undefined) return found;
    return site.step.optional ? null : failMissing(value, key, site);
  }
  if (value === null) return site.step.optional ? null : failNull(key, site);
  if (Array.isArray(value)) {
    return fail(site, `Elements of an array are selected by an integer index, not by the text '${key}'.`);
  }
  return failScalar(value, site);
}

function selectIndex(value: Value, index: number, site: Site): Value {
  if (Array.isArray(value)) {
    const found = value[index];
    if (found !== undefined) return found;
    if (site.step.optional) return null;
    const count = value.length === 1 ? 'one element' : `${value.length} elements`;
    return fail(site, `The array index ${index} is out of range: the array has ${count}.`);
  }
  if (value === null) return site.step.optional ? null : failNull(String(index), site);
  if (isJsonObject(value) && !(value instanceof SpecialNumber)) {
    return fail(site, `The properties of an object are selected by a text, not by the number ${index}.`);
  }
  return failScalar(value, site);
}

function failScalar(value: Value, site: Site): never {
  return fail(site, `Property selection is not supported on ${describeKind(value)}.`);
}

function failNull(key: string, site: Site): never {
  return fail(
    site,
    `The property '${key}' cannot be selected from null.`,
    `Write a '?' before it to get null instead.`,
  );
}

function failMissing(value: JsonObject, key: string, site: Site): never {
  const names = Object.keys(value);
  const shown = names.slice(0, 12).map((name) => `'${name}'`);
  const list = names.length > shown.length ? [...shown, '…'] : shown;
  const available = list.length === 0 ? 'the object is empty' : `available are ${list.join(', ')}`;
  const hint =
    findKey(value, key.trim()) === undefined ? "Write a '?' before it to get null instead." : undefined;
  return fail(site, `The property '${key}' doesn't exist; ${available}.`, hint);
}

function fail({ step, source }: Site, sentence: string, fix?: string): never {
  throw new ExpressionError('selection', sentence, source, step.start, step.end, { fix });
}
