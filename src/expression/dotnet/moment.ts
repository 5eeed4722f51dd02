import { Fault } from '../define.ts';

/**
 * A point on a wall clock, as .NET's DateTime: with the knowledge that it is UTC, or without any zone. Times with
 * another offset are moved to UTC when they are read.
 */
export interface Moment {
  /** What the clock shows, as epoch milliseconds of a clock in UTC. */
  readonly ms: number;
  /** The 100 ns steps beyond the millisecond, 0 to 9999. */
  readonly ticks: number;
  readonly utc: boolean;
}

export const MS_PER_DAY = 86_400_000;
const MIN_MS = -62_135_596_800_000; // 0001-01-01
const MAX_MS = 253_402_300_800_000; // 10000-01-01

/** What a clock and a calendar show; the month counts from 1. */
export interface Fields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  /** 100 ns steps, 0 to 9,999,999. */
  readonly fraction?: number;
}

/** The moment of some fields, or `undefined` if there is no such day or time. */
export function createMoment(fields: Fields, utc: boolean): Moment | undefined {
  const { year, month, day, hour = 0, minute = 0, second = 0, fraction = 0 } = fields;
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > countDays(year, month)) {
    return undefined;
  }
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const time = ((hour * 60 + minute) * 60 + second) * 1000 + Math.floor(fraction / 10_000);
  return { ms: startOfDayMs(year, month, day) + time, ticks: fraction % 10_000, utc };
}

function startOfDayMs(year: number, month: number, day: number): number {
  // Date.UTC takes the years 0 to 99 for 1900 to 1999
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

function countDays(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Moves a moment by milliseconds; fractions of one are dropped, as .NET does. */
export function shiftMoment(moment: Moment, ms: number): Moment {
  return checkRange({ ...moment, ms: moment.ms + Math.round(ms) });
}

/** Moves by whole months; the day stops at the last of the month. */
export function shiftMonths(moment: Moment, months: number): Moment {
  const date = new Date(moment.ms);
  const index = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  const day = Math.min(date.getUTCDate(), countDays(year, month));
  const time = moment.ms - Math.floor(moment.ms / MS_PER_DAY) * MS_PER_DAY;
  return checkRange({ ...moment, ms: startOfDayMs(year, month, day) + time });
}

function checkRange(moment: Moment): Moment {
  if (moment.ms >= MIN_MS && moment.ms < MAX_MS) return moment;
  throw new Fault('gave a time outside of the years 1 to 9999');
}

/** 100 ns steps since 0001-01-01. */
export function countTicks({ ms, ticks }: Moment): bigint {
  return BigInt(ms - MIN_MS) * 10_000n + BigInt(ticks);
}
