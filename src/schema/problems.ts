import type { ErrorObject } from 'ajv/dist/2020.js';
import { isJsonObject, type Json } from '../base/index.ts';
import type { SchemaProblem } from './types.ts';

/** More than this helps nobody. */
const MAX_PROBLEMS = 20;

const ARTICLES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  integer: 'a whole number',
  null: 'null',
  number: 'a number',
  object: 'an object',
  string: 'text',
};

/** Words for what Ajv found, alternatives that failed as a whole told as one problem. */
export function toProblems(errors: readonly ErrorObject[], value: Json): SchemaProblem[] {
  const told: SchemaProblem[] = [];
  const seen = new Set<string>();
  for (const error of withoutBranches(errors)) {
    const problem = { pointer: error.instancePath, message: describe(error, value), ...readMember(error) };
    const key = `${problem.pointer} ${problem.message}`;
    if (seen.has(key)) continue;
    seen.add(key);
    told.push(problem);
    if (told.length === MAX_PROBLEMS) break;
  }
  return told;
}

/** Ajv lists the errors of each branch of an `anyOf` before the one of the `anyOf` itself. */
function withoutBranches(errors: readonly ErrorObject[]): ErrorObject[] {
  let kept: ErrorObject[] = [];
  for (const error of errors) {
    if (error.keyword !== 'anyOf' && error.keyword !== 'oneOf') {
      if (error.keyword !== 'if') kept.push(error);
      continue;
    }
    const isWithin = (one: ErrorObject) => one.instancePath.startsWith(error.instancePath);
    if (isOptional(error.schema)) {
      // "X or null": what is wrong with X is the news.
      kept = kept.filter((one) => !(isWithin(one) && one.keyword === 'type' && one.schema === 'null'));
    } else {
      kept = [...kept.filter((one) => !isWithin(one)), error];
    }
  }
  return kept.length > 0 ? kept : errors.slice(-1);
}

function readMember({ keyword, params }: ErrorObject): { member?: string } {
  if (keyword === 'additionalProperties') return { member: String(params['additionalProperty']) };
  return keyword === 'unevaluatedProperties' ? { member: String(params['unevaluatedProperty']) } : {};
}

function isOptional(branches: unknown): boolean {
  if (!Array.isArray(branches) || branches.length !== 2) return false;
  return branches.filter((branch) => isJsonObject(branch) && branch['type'] === 'null').length === 1;
}

function describe(error: ErrorObject, value: Json): string {
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'type':
      return `must be ${describeTypes(params['type'])}, not ${describeValue(error.data as Json)}`;
    case 'required':
      return `must have '${String(params['missingProperty'])}'`;
    case 'enum':
      return `must be one of ${listValues(params['allowedValues'])}`;
    case 'const':
      return `must be ${JSON.stringify(params['allowedValue'])}`;
    case 'additionalProperties':
      return `must not have '${String(params['additionalProperty'])}'`;
    case 'unevaluatedProperties':
      return `must not have '${String(params['unevaluatedProperty'])}'`;
    case 'anyOf':
      return 'fits none of the allowed shapes';
    case 'oneOf':
      return params['passingSchemas'] === null
        ? 'fits none of the allowed shapes'
        : 'fits more than one of the allowed shapes';
    case 'format':
      return `must be written as ${String(params['format'])}`;
    case 'false schema':
      return 'is not allowed';
    default:
      return value === undefined ? 'is missing' : (error.message ?? 'is not valid');
  }
}

function describeTypes(types: unknown): string {
  return [types]
    .flat()
    .flatMap((type) => String(type).split(','))
    .map((type) => ARTICLES[type] ?? type)
    .join(' or ');
}

/** The kind of a value, never the value: it may be a secret. */
function describeValue(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'true or false';
  return Number.isInteger(value) ? 'a whole number' : 'a number';
}

function listValues(values: unknown): string {
  const all = Array.isArray(values) ? values.map((value) => JSON.stringify(value)) : [];
  return all.length > 12 ? `${all.slice(0, 12).join(', ')} and ${all.length - 12} more` : all.join(', ');
}
