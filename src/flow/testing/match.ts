import { equalJson, isJsonObject, type Json, stringifyJson } from '../../base/index.ts';

/**
 * The first difference between a value and what is expected of it, as a sentence; `undefined` when it fits. Objects
 * are compared by the expected members, arrays element by element; `{"$matches": "…"}` stands for a text that fits a
 * pattern, `{"$exists": true | false}` for any value or none.
 */
export function findDifference(expected: Json, actual: Json | undefined, path: string): string | undefined {
  if (isJsonObject(expected)) {
    if (typeof expected.$matches === 'string') return matchPattern(expected.$matches, actual, path);
    if (typeof expected.$exists === 'boolean') return matchExistence(expected.$exists, actual, path);
    if (!isJsonObject(actual)) return differ(path, expected, actual);
    for (const [name, value] of Object.entries(expected)) {
      const found = findDifference(value, actual[name], `${path}.${name}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (Array.isArray(expected) && Array.isArray(actual)) return compareArrays(expected, actual, path);
  return actual !== undefined && equalJson(expected, actual) ? undefined : differ(path, expected, actual);
}

function compareArrays(expected: readonly Json[], actual: readonly Json[], path: string): string | undefined {
  if (expected.length !== actual.length) {
    return `${path} has ${actual.length} elements, expected ${expected.length}`;
  }
  for (const [index, value] of expected.entries()) {
    const found = findDifference(value, actual[index], `${path}[${index}]`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function matchPattern(pattern: string, actual: Json | undefined, path: string): string | undefined {
  const text = typeof actual === 'string' ? actual : undefined;
  if (text !== undefined && new RegExp(pattern, 'u').test(text)) return undefined;
  return `${path} is ${show(actual)}, expected a text that fits /${pattern}/`;
}

function matchExistence(exists: boolean, actual: Json | undefined, path: string): string | undefined {
  if ((actual !== undefined && actual !== null) === exists) return undefined;
  return exists ? `${path} is missing` : `${path} is ${show(actual)}, expected none`;
}

function differ(path: string, expected: Json, actual: Json | undefined): string {
  return `${path} is ${show(actual)}, expected ${show(expected)}`;
}

function show(value: Json | undefined): string {
  if (value === undefined) return 'missing';
  const text = stringifyJson(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
