import type { DocumentProblem } from '../../api/index.ts';
import { formatPointer } from '../../base/index.ts';

/** What is wrong with each place of the inputs, by JSON pointer, in a few words to stand under its field. */
export type FieldProblems = ReadonlyMap<string, string>;

/** Reads what the check of the inputs found. What an object lacks is shown at the field that is lacking. */
export function readProblems(problems: readonly DocumentProblem[]): FieldProblems {
  const found = new Map<string, string>();
  for (const { message, pointer = '' } of problems) {
    const lacking = /must have '(.+?)'\.?$/.exec(message)?.[1];
    const place = lacking === undefined ? pointer : `${pointer}${formatPointer([lacking])}`;
    if (!found.has(place)) found.set(place, lacking === undefined ? shorten(message) : 'This is required.');
  }
  return found;
}

/** The field stands beside it, so neither it nor the operation needs naming. */
function shorten(message: string): string {
  if (/ is required\.?$/.test(message)) return 'This is required.';
  const predicate = / (must .*)$/.exec(message)?.[1];
  if (predicate === undefined) return message;
  return `${predicate.charAt(0).toUpperCase()}${predicate.slice(1)}`;
}
