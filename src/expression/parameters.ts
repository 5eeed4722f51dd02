import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { type Parameter, refuse, type TypeName } from './define.ts';
import { type Num, toNum } from './numbers.ts';
import { toJson, toText, type Value, WholeFloat } from './value.ts';

/** The argument with its special kind of number, for functions that tell floats from integers. */
export function value(name: string): Parameter<Value> {
  return { name, type: 'any', read: (given) => given };
}

/** The argument as JSON, whatever it is. */
export function json(name: string): Parameter<Json> {
  return { name, type: 'any', read: toJson };
}

export function text(name: string): Parameter<string> {
  return {
    name,
    type: 'string',
    read: (given) => (typeof given === 'string' ? given : refuse(name, 'a string', given)),
  };
}

/** Any argument in its text form. */
export function anyText(name: string): Parameter<string> {
  return { name, type: 'any', read: toText };
}

/** A whole number that positions, sizes and counts can be; as a plain number. */
export function integer(name: string): Parameter<number> {
  return { name, type: 'integer', read: (given) => readInteger(name, given) };
}

function readInteger(name: string, given: Value): number {
  if (typeof given === 'number' && Number.isSafeInteger(given)) return given;
  return given instanceof WholeFloat ? given.float : refuse(name, 'an integer', given);
}

/** A number of any kind: integer, float or decimal. */
export function numeric(name: string): Parameter<Num> {
  return {
    name,
    type: 'number',
    read: (given) => toNum(given) ?? refuse(name, 'an integer, a float or a decimal number', given),
  };
}

export function boolean(name: string): Parameter<boolean> {
  return {
    name,
    type: 'boolean',
    read: (given) => (typeof given === 'boolean' ? given : refuse(name, 'a boolean', given)),
  };
}

export function array(name: string): Parameter<Json[]> {
  return {
    name,
    type: 'array',
    read: (given) => (Array.isArray(given) ? given : refuse(name, 'an array', given)),
  };
}

export function object(name: string): Parameter<JsonObject> {
  const wanted = 'an object';
  return { name, type: 'object', read: (given) => asObject(given) ?? refuse(name, wanted, given) };
}

export function arrayOrText(name: string): Parameter<Json[] | string> {
  return {
    name,
    type: 'array | string',
    read: (given) =>
      Array.isArray(given) || typeof given === 'string' ? given : refuse(name, 'an array or a string', given),
  };
}

export function arrayOrObject(name: string): Parameter<Json[] | JsonObject> {
  return {
    name,
    type: 'array | object',
    read: (given) =>
      Array.isArray(given) ? given : (asObject(given) ?? refuse(name, 'an array or an object', given)),
  };
}

export function collection(name: string): Parameter<Json[] | JsonObject | string> {
  const wanted = 'an object, an array or a string';
  return {
    name,
    type: 'array | object | string',
    read: (given) =>
      Array.isArray(given) || typeof given === 'string'
        ? given
        : (asObject(given) ?? refuse(name, wanted, given)),
  };
}

/** An optional parameter; null counts as omitted. */
export function optional<T>(parameter: Parameter<T>): Parameter<T | undefined> {
  return {
    name: parameter.name,
    type: parameter.type,
    optional: true,
    read: (given) => (given === null ? undefined : parameter.read(given)),
  };
}

/** The same parameter under another type in the documentation. */
export function shownAs<T>(type: TypeName, parameter: Parameter<T>): Parameter<T> {
  return { ...parameter, type };
}

function asObject(given: Value): JsonObject | undefined {
  const plain = toJson(given);
  return isJsonObject(plain) ? plain : undefined;
}
