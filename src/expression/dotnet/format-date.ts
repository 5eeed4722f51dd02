import { type DateCulture, getDateCulture } from './date-culture.ts';
import { isInvariant, type PatternPiece, parsePattern } from './date-pattern.ts';
import type { Moment } from './moment.ts';

type Write = (date: Date, moment: Moment) => string;

/** Formats by locale and text. A flow has a handful; a flow that makes them up at run time must not fill memory. */
const compiled = new Map<string | undefined, Map<string, readonly Write[]>>();
const MAX_COMPILED = 500;
let count = 0;

/** Writes a moment in a .NET format: a standard letter or a custom pattern; `o` by default. */
export function formatDate(moment: Moment, format = 'o', locale?: string): string {
  if (format === '' || format === 'o' || format === 'O') return formatRoundTrip(moment);
  const date = new Date(moment.ms);
  let text = '';
  for (const write of compileFormat(format, locale)) text += write(date, moment);
  return text;
}

/** `2018-03-15T13:27:36.1234567Z`: nearly everything that is printed, so without a pattern. */
function formatRoundTrip({ ms, ticks, utc }: Moment): string {
  const iso = new Date(ms).toISOString();
  const fine = ticks === 0 ? '0000' : pad(ticks, 4);
  return iso.slice(0, -1) + (utc ? `${fine}Z` : fine);
}

function compileFormat(format: string, locale: string | undefined): readonly Write[] {
  const known = compiled.get(locale)?.get(format);
  if (known !== undefined) return known;
  const culture = getDateCulture(isInvariant(format) ? undefined : locale);
  const pieces = parsePattern(format, culture);
  const besideDay = pieces.some((piece) => piece.kind === 'field' && piece.letter === 'd' && piece.count < 3);
  const writes = pieces.map((piece, index) => {
    const next = pieces[index + 1];
    return isPointOf(piece, next) ? pointBefore(next.count) : compilePiece(piece, culture, besideDay);
  });
  keep(locale, format, writes);
  return writes;
}

function keep(locale: string | undefined, format: string, writes: readonly Write[]): void {
  if (++count > MAX_COMPILED) {
    compiled.clear();
    count = 1;
  }
  const formats = compiled.get(locale) ?? new Map<string, readonly Write[]>();
  formats.set(format, writes);
  compiled.set(locale, formats);
}

type Field = PatternPiece & { kind: 'field' };

/** `F` writes no zeros, and takes the point before it away where no digit is left. */
function isPointOf(piece: PatternPiece, next: PatternPiece | undefined): next is Field {
  return piece.kind === 'literal' && piece.text === '.' && next?.kind === 'field' && next.letter === 'F';
}

function pointBefore(count: number): Write {
  return (date, moment) => (/[1-9]/.test(writeFraction(date, moment).slice(0, count)) ? '.' : '');
}

function compilePiece(piece: PatternPiece, culture: DateCulture, besideDay: boolean): Write {
  if (piece.kind === 'literal') return () => piece.text;
  const { count } = piece;
  switch (piece.letter) {
    case 'd':
      if (count <= 2) return (date) => pad(date.getUTCDate(), count);
      return pickName((date) => date.getUTCDay(), count === 3 ? culture.shortDays : culture.days);
    case 'M':
      if (count <= 2) return (date) => pad(date.getUTCMonth() + 1, count);
      return pickName((date) => date.getUTCMonth(), pickMonths(count, culture, besideDay));
    case 'y':
      return count <= 2
        ? (date) => pad(date.getUTCFullYear() % 100, count)
        : (date) => pad(date.getUTCFullYear(), count);
    case 'h':
      return (date) => pad(date.getUTCHours() % 12 || 12, Math.min(count, 2));
    case 'H':
      return (date) => pad(date.getUTCHours(), Math.min(count, 2));
    case 'm':
      return (date) => pad(date.getUTCMinutes(), Math.min(count, 2));
    case 's':
      return (date) => pad(date.getUTCSeconds(), Math.min(count, 2));
    case 'f':
      return (date, moment) => writeFraction(date, moment).slice(0, count);
    case 'F':
      return (date, moment) => writeFraction(date, moment).slice(0, count).replace(/0+$/, '');
    default:
      return compileMark(piece.letter, count, culture);
  }
}

/** Designators, zone and separators. */
function compileMark(letter: string, count: number, culture: DateCulture): Write {
  switch (letter) {
    case 't':
      return (date) => {
        const name = date.getUTCHours() < 12 ? culture.am : culture.pm;
        return count === 1 ? name.slice(0, 1) : name;
      };
    case 'g':
      return () => 'A.D.';
    case 'K':
      return (_, { utc }) => (utc ? 'Z' : '');
    case 'z':
      return () => ['+0', '+00', '+00:00'][Math.min(count, 3) - 1] ?? '';
    case '/':
      return () => culture.dateSeparator;
    default:
      return () => culture.timeSeparator;
  }
}

function pickMonths(count: number, culture: DateCulture, besideDay: boolean): readonly string[] {
  if (count === 3) return culture.shortMonths;
  return besideDay ? culture.genitiveMonths : culture.months;
}

function pickName(index: (date: Date) => number, names: readonly string[]): Write {
  return (date) => names[index(date)] ?? '';
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

function writeFraction(date: Date, { ticks }: Moment): string {
  return pad(date.getUTCMilliseconds(), 3) + pad(ticks, 4);
}
