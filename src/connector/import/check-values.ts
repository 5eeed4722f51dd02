import { formatPointer, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { Problems } from './problems.ts';
import { showValue } from './show-value.ts';

const FITS: Readonly<Record<string, (value: Json) => boolean>> = {
  array: Array.isArray,
  boolean: (value) => typeof value === 'boolean',
  integer: (value) => Number.isInteger(value) || typeof value === 'bigint',
  number: (value) => typeof value === 'number' || typeof value === 'bigint',
  object: isJsonObject,
  string: (value) => typeof value === 'string',
};

const BOUNDS: readonly (readonly [string, string])[] = [
  ['minimum', 'maximum'],
  ['minLength', 'maxLength'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
];

/** Warns of a default, sample or allowed value that its own schema does not allow, and of bounds that leave nothing. */
export function checkValues(
  object: JsonObject,
  path: readonly (string | number)[],
  problems: Problems,
): void {
  for (const [low, high] of BOUNDS) {
    if (!isAbove(object[low], object[high])) continue;
    const message = `No value fits: '${low}' (${showValue(object[low])}) is above '${high}' (${showValue(object[high])}).`;
    problems.add('CONNECTOR_KEYWORD', message, { pointer: formatPointer([...path, low]) });
  }
  const { type } = object;
  const fits = typeof type === 'string' && Object.hasOwn(FITS, type) ? FITS[type] : undefined;
  if (fits === undefined) return;
  for (const [key, value] of listValues(object)) {
    if (value === null || fits(value)) continue;
    const message = `'${key}' has a value (${showValue(value)}) that is not of the type '${String(type)}'.`;
    problems.add('CONNECTOR_VALUE_TYPE', message, { pointer: formatPointer([...path, key]) });
  }
}

/** The first of each kind is enough: the others are written alike. */
function listValues({ default: fallback, example, enum: allowed }: JsonObject): [string, Json][] {
  const [first] = Array.isArray(allowed) ? allowed : [];
  const found: [string, Json | undefined][] = [
    ['default', fallback],
    ['example', example],
    ['enum', first],
  ];
  return found.filter((entry): entry is [string, Json] => entry[1] !== undefined);
}

function isAbove(low: Json | undefined, high: Json | undefined): boolean {
  return typeof low === 'number' && typeof high === 'number' && low > high;
}
