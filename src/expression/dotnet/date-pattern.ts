import { Fault } from '../define.ts';
import type { DateCulture } from './date-culture.ts';

/** A piece of a custom pattern: a run of a letter that names a field, or a literal. */
export type PatternPiece =
  | { readonly kind: 'field'; readonly letter: string; readonly count: number }
  | { readonly kind: 'literal'; readonly text: string };

const FIELDS: ReadonlySet<string> = new Set('dfFghHKmMstyz');

/** Patterns of the standard letters; those that depend on the culture are read from it. */
const STANDARD: Readonly<Record<string, ((culture: DateCulture) => string) | undefined>> = {
  d: (culture) => culture.shortDate,
  D: (culture) => culture.longDate,
  f: (culture) => `${culture.longDate} ${culture.shortTime}`,
  F: (culture) => `${culture.longDate} ${culture.longTime}`,
  g: (culture) => `${culture.shortDate} ${culture.shortTime}`,
  G: (culture) => `${culture.shortDate} ${culture.longTime}`,
  m: (culture) => culture.monthDay,
  M: (culture) => culture.monthDay,
  o: () => "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK",
  O: () => "yyyy'-'MM'-'dd'T'HH':'mm':'ss'.'fffffffK",
  r: () => "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
  R: () => "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'",
  s: () => "yyyy'-'MM'-'dd'T'HH':'mm':'ss",
  t: (culture) => culture.shortTime,
  T: (culture) => culture.longTime,
  u: () => "yyyy'-'MM'-'dd HH':'mm':'ss'Z'",
  U: (culture) => `${culture.longDate} ${culture.longTime}`,
  y: (culture) => culture.yearMonth,
  Y: (culture) => culture.yearMonth,
};

/** Standard letters whose output no culture changes. */
export function isInvariant(format: string): boolean {
  return format.length === 1 && 'oOrRsu'.includes(format);
}

/**
 * Splits a .NET date format, a standard letter or a custom pattern, into its pieces.
 *
 * @throws Fault for a letter that is no standard format, and for a literal without end
 */
export function parsePattern(format: string, culture: DateCulture): readonly PatternPiece[] {
  if (format.length !== 1) return splitPattern(format);
  const pattern = STANDARD[format];
  return pattern === undefined ? failFormat(format) : splitPattern(pattern(culture));
}

function splitPattern(pattern: string): PatternPiece[] {
  const pieces: PatternPiece[] = [];
  for (let index = 0; index < pattern.length; ) {
    const char = pattern.charAt(index);
    if (FIELDS.has(char)) {
      const count = countRun(pattern, index);
      if ((char === 'f' || char === 'F') && count > 7) failFormat(pattern);
      pieces.push({ kind: 'field', letter: char, count });
      index += count;
    } else if (char === '/' || char === ':') {
      pieces.push({ kind: 'field', letter: char, count: 1 });
      index += 1;
    } else {
      const { text, length } = readLiteral(pattern, index, char);
      pieces.push({ kind: 'literal', text });
      index += length;
    }
  }
  return pieces;
}

function countRun(pattern: string, start: number): number {
  let end = start + 1;
  while (pattern.charAt(end) === pattern.charAt(start)) end++;
  return end - start;
}

function readLiteral(pattern: string, start: number, char: string): { text: string; length: number } {
  if (char === "'" || char === '"') {
    const end = pattern.indexOf(char, start + 1);
    if (end === -1) return failFormat(pattern);
    return { text: pattern.slice(start + 1, end), length: end - start + 1 };
  }
  if (char === '%') {
    const next = pattern.charAt(start + 1);
    return next === '' || next === '%' ? failFormat(pattern) : { text: '', length: 1 };
  }
  if (char !== '\\') return { text: char, length: 1 };
  const escaped = pattern.charAt(start + 1);
  return escaped === '' ? failFormat(pattern) : { text: escaped, length: 2 };
}

function failFormat(format: string): never {
  throw new Fault('cannot read its format', { parameter: 'format', seen: format });
}
