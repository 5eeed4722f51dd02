import { type DateCulture, getDateCulture } from './date-culture.ts';
import { type PatternPiece, parsePattern } from './date-pattern.ts';
import { createMoment, type Moment } from './moment.ts';
import { to24Hours, widenYear } from './parse-date-text.ts';
import { applyOffset, readFraction } from './parse-timestamp.ts';

/** What has been read so far. */
interface Reading {
  text: string;
  offset: number;
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  fraction: number;
  afternoon: boolean | undefined;
  zone: string | undefined;
}

/** Reads a text that must fit a .NET format exactly; `undefined` if it does not. */
export function parseExact(text: string, format: string, locale?: string): Moment | undefined {
  const culture = getDateCulture(locale);
  const reading: Reading = {
    text: text.trim(),
    offset: 0,
    year: 1,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    fraction: 0,
    afternoon: undefined,
    zone: undefined,
  };
  for (const piece of parsePattern(format, culture)) {
    if (!readPiece(reading, piece, culture)) return undefined;
  }
  return reading.offset === reading.text.length ? finish(reading) : undefined;
}

function finish(reading: Reading): Moment | undefined {
  const { afternoon, zone } = reading;
  const hour = afternoon === undefined ? reading.hour : to24Hours(reading.hour, afternoon);
  const moment = hour === undefined ? undefined : createMoment({ ...reading, hour }, zone !== undefined);
  return moment && zone !== undefined ? applyOffset(moment, zone) : moment;
}

function readPiece(reading: Reading, piece: PatternPiece, culture: DateCulture): boolean {
  if (piece.kind === 'literal') return readWord(reading, piece.text);
  const { letter, count } = piece;
  switch (letter) {
    case 'd':
      if (count <= 2) return readNumber(reading, 'day', count);
      return findName(reading, [count === 3 ? culture.shortDays : culture.days]) !== undefined;
    case 'M':
      return count <= 2 ? readNumber(reading, 'month', count) : readMonth(reading, count, culture);
    case 'y':
      return readYear(reading, count);
    case 'h':
    case 'H':
      return readNumber(reading, 'hour', count);
    case 'm':
      return readNumber(reading, 'minute', count);
    case 's':
      return readNumber(reading, 'second', count);
    case 'f':
    case 'F':
      return readFractionDigits(reading, count, letter === 'F');
    case 't':
      return readHalf(reading, culture, count);
    case 'K':
    case 'z':
      return readZone(reading, letter === 'K');
    default:
      return readWord(reading, letter === '/' ? culture.dateSeparator : culture.timeSeparator);
  }
}

function take(reading: Reading, pattern: RegExp): string | undefined {
  pattern.lastIndex = reading.offset;
  const found = pattern.exec(reading.text)?.[0];
  if (found !== undefined) reading.offset += found.length;
  return found;
}

function readWord(reading: Reading, word: string): boolean {
  const found = reading.text.slice(reading.offset, reading.offset + word.length);
  if (found.toLowerCase() !== word.toLowerCase()) return false;
  reading.offset += word.length;
  return true;
}

const ONE_OR_TWO = /\d{1,2}/y;
const TWO = /\d{2}/y;

function readNumber(
  reading: Reading,
  field: 'day' | 'month' | 'hour' | 'minute' | 'second',
  count: number,
): boolean {
  const digits = take(reading, count === 1 ? ONE_OR_TWO : TWO);
  if (digits === undefined) return false;
  reading[field] = Number(digits);
  return true;
}

function readYear(reading: Reading, count: number): boolean {
  const digits = take(reading, count === 1 ? ONE_OR_TWO : count === 2 ? TWO : /\d{4}/y);
  if (digits === undefined) return false;
  reading.year = widenYear(digits);
  return true;
}

function readMonth(reading: Reading, count: number, culture: DateCulture): boolean {
  const lists = count === 3 ? [culture.shortMonths] : [culture.genitiveMonths, culture.months];
  const index = findName(reading, lists);
  if (index === undefined) return false;
  reading.month = index + 1;
  return true;
}

/** The position of the longest name that stands here. */
function findName(reading: Reading, lists: readonly (readonly string[])[]): number | undefined {
  const here = reading.text.slice(reading.offset).toLowerCase();
  let best = { index: -1, length: 0 };
  for (const names of lists) {
    for (const [index, name] of names.entries()) {
      if (name.length > best.length && here.startsWith(name.toLowerCase()))
        best = { index, length: name.length };
    }
  }
  reading.offset += best.length;
  return best.index === -1 ? undefined : best.index;
}

function readFractionDigits(reading: Reading, count: number, optional: boolean): boolean {
  const digits = take(reading, new RegExp(`\\d{${optional ? 0 : count},${count}}`, 'y'));
  if (digits === undefined) return false;
  reading.fraction = readFraction(digits);
  return true;
}

function readHalf(reading: Reading, { am, pm }: DateCulture, count: number): boolean {
  const index = findName(reading, [count === 1 ? [am.slice(0, 1), pm.slice(0, 1)] : [am, pm]]);
  if (index === undefined) return false;
  reading.afternoon = index === 1;
  return true;
}

function readZone(reading: Reading, optional: boolean): boolean {
  const zone = take(reading, /z|[+-]\d{1,2}(?::?\d{2})?/iy);
  if (zone !== undefined) reading.zone = zone;
  return zone !== undefined || optional;
}
