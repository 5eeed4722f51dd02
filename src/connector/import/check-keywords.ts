import { formatPointer, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { checkValues } from './check-values.ts';
import type { Problems } from './problems.ts';
import { showValue } from './show-value.ts';

type Path = readonly (string | number)[];

const TYPES = new Set(['array', 'boolean', 'file', 'integer', 'null', 'number', 'object', 'string']);
const SCHEME_TYPES = new Set(['apikey', 'basic', 'http', 'oauth2', 'openidconnect']);
const SCHEMES = new Set<string | number | undefined>(['securityDefinitions', 'securitySchemes']);

/** What the value of a keyword must be, as the end of a sentence; `undefined` when it is that. */
const RULES: Readonly<Record<string, (value: Json, path: Path) => string | undefined>> = {
  type: (value, path) => {
    if (SCHEMES.has(path.at(-2))) return undefined;
    const names = (Array.isArray(value) ? value : [value]).map((name) => String(name).toLowerCase());
    const isKnown = names.length > 0 && names.every((name) => TYPES.has(name));
    return isKnown ? undefined : 'is no type of JSON Schema; anything is allowed there';
  },
  enum: (value) =>
    Array.isArray(value) && value.length > 0 ? undefined : 'must be a list of values; it is ignored',
  required: (value, path) => {
    if (path.at(-2) !== 'properties' || typeof value === 'object') return undefined;
    return "says nothing on a property; 'required' of the object around it must list its name";
  },
  format: (value) => (typeof value === 'string' ? undefined : 'must be a text; it is ignored'),
  items: (value) =>
    typeof value === 'boolean' || Array.isArray(value)
      ? undefined
      : 'must be a schema; anything is allowed there',
  ...Object.fromEntries(
    ['allOf', 'anyOf', 'oneOf'].map((key) => [
      key,
      (value: Json) =>
        Array.isArray(value) && value.length > 0 ? undefined : 'must be a list of schemas; it is ignored',
    ]),
  ),
  properties: () => 'must be an object that describes each member; it is ignored',
  pattern: (value) => (isPattern(value) ? undefined : 'is no regular expression; it is ignored'),
  ...Object.fromEntries(
    ['maxItems', 'maxLength', 'maximum', 'minItems', 'minLength', 'minimum', 'multipleOf'].map((key) => [
      key,
      (value: Json) => (isNumeric(value) ? undefined : 'must be a number; it is ignored'),
    ]),
  ),
};

/** Nobody describes members with these names by an object in their place. */
const LISTS = new Set(['allOf', 'anyOf', 'enum', 'oneOf']);

/** Warns of keywords with values that no reader can follow. Data and extensions are not looked at. */
export function checkKeywords(object: JsonObject, path: Path, problems: Problems): void {
  if (path.length < 2 || typeof object['$ref'] === 'string') return;
  for (const key of Object.keys(object)) {
    if (!Object.hasOwn(RULES, key)) continue;
    const value = object[key] ?? null;
    // An object below such a name describes a member called like the keyword.
    if (isJsonObject(value) && !LISTS.has(key)) continue;
    const found = RULES[key]?.(value, path);
    if (found === undefined || path.some(isExtension)) continue;
    const pointer = formatPointer([...path, key]);
    problems.add('CONNECTOR_KEYWORD', `'${key}' (${showValue(value)}) ${found}.`, { pointer });
  }
  if (SCHEMES.has(path.at(-2))) checkScheme(object, path, problems);
  else if (!path.some(isExtension)) checkValues(object, path, problems);
}

function checkScheme({ type }: JsonObject, path: Path, problems: Problems): void {
  if (SCHEME_TYPES.has(String(type).toLowerCase())) return;
  const message = `'${String(path.at(-1))}' is no known way to authenticate (type '${String(type)}'); it is left out.`;
  problems.add('CONNECTOR_AUTHENTICATION_UNSUPPORTED', message, { pointer: formatPointer(path) });
}

export function isExtension(key: string | number): boolean {
  return typeof key === 'string' && key.startsWith('x-');
}

function isNumeric(value: Json): boolean {
  return typeof value === 'number' || typeof value === 'bigint';
}

function isPattern(value: Json): boolean {
  if (typeof value !== 'string') return false;
  try {
    return new RegExp(value) !== undefined;
  } catch {
    return false;
  }
}
