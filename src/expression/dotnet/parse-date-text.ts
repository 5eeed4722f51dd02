import { type DateCulture, getDateCulture } from './date-culture.ts';
import { createMoment, type Moment } from './moment.ts';
import { applyOffset, readFraction } from './parse-timestamp.ts';

const TIME = /(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?/;
const ZONE = /(?:\b(?:z|gmt|utc)|[+-]\d{1,2}:\d{2})\s*$/i;
const HOUR = /\b(\d{1,2})\s*(?=[ap]\.?m\b)/i;

/**
 * Reads a date as people write it in a locale, the way of .NET's `DateTime.Parse`: numbers in the locale's order,
 * names of months and days, an optional time with designator and zone. `undefined` if it is none.
 */
export function parseDateText(text: string, locale?: string): Moment | undefined {
  const culture = getDateCulture(locale);
  const time = takeTime(text.trim().replaceAll(/[\u00a0\u202f]/g, ' '), culture);
  if (time === undefined) return undefined;
  const date = readDate(time.rest, culture);
  const moment = date && createMoment({ ...date, ...time.fields }, time.zone !== undefined);
  if (moment && date?.weekday !== undefined && new Date(moment.ms).getUTCDay() !== date.weekday) {
    return undefined; // "Friday, March 15, 2018" was a Thursday: .NET refuses it too
  }
  return moment && time.zone !== undefined ? applyOffset(moment, time.zone) : moment;
}

interface Time {
  readonly fields: { hour?: number; minute?: number; second?: number; fraction?: number };
  readonly zone: string | undefined;
  /** The text without its time. */
  readonly rest: string;
}

function takeTime(text: string, culture: DateCulture): Time | undefined {
  const match = TIME.exec(text) ?? HOUR.exec(text);
  if (match === null) return { fields: {}, zone: undefined, rest: text };
  const before = text.slice(0, match.index).replace(/T$/, '');
  let after = text.slice(match.index + match[0].length);
  const zone = ZONE.exec(after)?.[0].trim();
  if (zone !== undefined) after = after.slice(0, after.length - (ZONE.exec(after)?.[0].length ?? 0));
  const half = readDesignator(after, culture);
  const [, hours, minute, second, fraction] = match;
  const hour = half === undefined ? Number(hours) : to24Hours(Number(hours), half.afternoon);
  if (hour === undefined) return undefined;
  return {
    fields: {
      hour,
      minute: Number(minute ?? 0),
      second: Number(second ?? 0),
      fraction: readFraction(fraction),
    },
    zone,
    rest: `${before} ${half === undefined ? after : half.rest}`,
  };
}

function readDesignator(
  text: string,
  { am, pm }: DateCulture,
): { afternoon: boolean; rest: string } | undefined {
  const trimmed = text.trimStart();
  for (const [name, afternoon] of [
    ['AM', false],
    ['PM', true],
    [am, false],
    [pm, true],
  ] as const) {
    if (name !== '' && trimmed.slice(0, name.length).toUpperCase() === name.toUpperCase()) {
      return { afternoon, rest: trimmed.slice(name.length) };
    }
  }
  return undefined;
}

export function to24Hours(hour: number, afternoon: boolean): number | undefined {
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (afternoon ? 12 : 0);
}

interface DateFields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** The day of the week that stands beside the date, 0 for Sunday. */
  readonly weekday?: number | undefined;
}

/** Weekday, ordinal and filler words: `Thursday, the 15th of March`, `jueves, 15 de marzo`. */
const FILLERS: ReadonlySet<string> = new Set([
  'of',
  'the',
  'st',
  'nd',
  'rd',
  'th',
  'de',
  'del',
  'den',
  'le',
  'er',
]);

function readDate(text: string, culture: DateCulture): DateFields | undefined {
  const numbers: string[] = [];
  let named: number | undefined;
  let namedAt = 0;
  let weekday: number | undefined;
  for (const token of text.match(/\d+|[\p{L}\p{M}.]*\p{L}\.?|[^\s,./\-年月日]/gu) ?? []) {
    if (/^\d/.test(token)) numbers.push(token);
    else if (FILLERS.has(token.toLowerCase()) || '年月日'.includes(token)) continue;
    else {
      const month = findMonth(token, culture);
      const day = month === undefined ? findDay(token, culture) : undefined;
      if (day !== undefined) {
        weekday = day;
        continue;
      }
      if (month === undefined || named !== undefined) return undefined;
      named = month;
      namedAt = numbers.length;
    }
  }
  const fields = named === undefined ? orderNumbers(numbers, culture) : orderNamed(numbers, named, namedAt);
  return fields && { ...fields, weekday };
}

/** Day and year beside the name of a month: the number of more than two digits is the year. */
function orderNamed(numbers: readonly string[], month: number, namedAt: number): DateFields | undefined {
  const [first, second] = numbers;
  if (first === undefined || numbers.length > 2) return undefined;
  if (second === undefined) return first.length > 2 ? { year: Number(first), month, day: 1 } : undefined;
  const yearFirst = first.length > 2 && namedAt > 0;
  const [day, year] = yearFirst ? [second, first] : [first, second];
  return { year: widenYear(year), month, day: Number(day) };
}

function orderNumbers(numbers: readonly string[], culture: DateCulture): DateFields | undefined {
  if (numbers.length !== 3 || numbers.some((digits) => digits.length > 4)) return undefined;
  const order = (numbers[0] ?? '').length > 2 ? 'yMd' : readOrder(culture.shortDate);
  const pick = (letter: string) => numbers[order.indexOf(letter)] ?? '';
  return { year: widenYear(pick('y')), month: Number(pick('M')), day: Number(pick('d')) };
}

/** `dd.MM.yyyy` → `dMy`. */
function readOrder(pattern: string): string {
  return pattern.replaceAll(/[^yMd]/g, '').replaceAll(/(.)\1+/g, '$1');
}

/** Two digits mean 1950 to 2049. */
export function widenYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year + (year < 50 ? 2000 : 1900);
}

function findMonth(word: string, culture: DateCulture): number | undefined {
  const lists = [culture.months, culture.genitiveMonths, culture.shortMonths, ...englishMonths()];
  for (const names of lists) {
    const index = names.findIndex((name) => sameWord(name, word));
    if (index !== -1) return index + 1;
  }
  return undefined;
}

function englishMonths(): (readonly string[])[] {
  const { months, shortMonths } = getDateCulture();
  return [months, shortMonths];
}

function findDay(word: string, culture: DateCulture): number | undefined {
  const english = getDateCulture();
  for (const names of [culture.days, culture.shortDays, english.days, english.shortDays]) {
    const index = names.findIndex((name) => sameWord(name, word));
    if (index !== -1) return index;
  }
  return undefined;
}

function sameWord(a: string, b: string): boolean {
  return a.replace(/\.$/, '').toLowerCase() === b.replace(/\.$/, '').toLowerCase();
}
