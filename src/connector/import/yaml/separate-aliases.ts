import { isJsonObject, type Json } from '../../../base/index.ts';
import { UnusableInput } from '../problems.ts';

/** A document may grow to so many times what is written, however often it repeats its parts. */
const MAX_GROWTH = 100;
const ALWAYS_ALLOWED = 100_000;

/**
 * Gives each place its own copy of what an alias repeats there: later steps change values where they stand.
 *
 * @throws UnusableInput when the copies would grow beyond all measure, or go in a circle
 */
export function separateAliases(name: string, value: Json, written: number): Json {
  let left = Math.max(ALWAYS_ALLOWED, written * MAX_GROWTH);
  const copy = (one: Json): Json => {
    left -= 1;
    if (left < 0) throw new RangeError('too many copies');
    if (Array.isArray(one)) return one.map(copy);
    if (!isJsonObject(one)) return one;
    return Object.fromEntries(Object.entries(one).map(([key, member]) => [key, copy(member)]));
  };
  try {
    return copy(value);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = `${name} cannot be read as YAML: its aliases go in a circle, or grow into too large a document.`;
    throw new UnusableInput('CONNECTOR_YAML_SYNTAX', message);
  }
}
