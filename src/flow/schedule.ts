import { DateTime } from 'luxon';
import { isJsonObject, type Json } from '../base/index.ts';

/** A recurrence's `schedule`, read: on which days, and at which times of day. */
export interface Schedule {
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
  /** ISO numbers, Monday is 1; empty for every day. */
  readonly weekDays: readonly number[];
  /** Days of the month; negative ones count from its end, -1 is the last. */
  readonly monthDays: readonly number[];
  readonly monthlyOccurrences: readonly MonthlyOccurrence[];
}

/** The second Tuesday (2, 2) or the last Friday (5, -1) of a month. */
export interface MonthlyOccurrence {
  /** ISO number, Monday is 1. */
  readonly weekDay: number;
  readonly occurrence: number;
}

export type CalendarUnit = 'day' | 'week' | 'month';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
/** The week day may come five times in a month, and no more. */
const MOST_OCCURRENCES = 5;
/** How many days, weeks or months are looked at: 29 February lies within, at whatever interval it can be reached. */
const MOST_PERIODS = 2_400;

/** Reads a `schedule`, or says in a sentence what is wrong with it. */
export function parseSchedule(value: Json | undefined): Schedule | string {
  if (value !== undefined && value !== null && !isJsonObject(value)) {
    return 'The schedule is an object with "hours", "minutes", "weekDays", "monthDays" or "monthlyOccurrences".';
  }
  const { hours, minutes, weekDays, monthDays, monthlyOccurrences } = value ?? {};
  const read = {
    hours: readNumbers(hours, 'hours', (number) => number >= 0 && number <= 23, 'from 0 to 23'),
    minutes: readNumbers(minutes, 'minutes', (number) => number >= 0 && number <= 59, 'from 0 to 59'),
    weekDays: readList(weekDays, 'weekDays', readWeekDay, 'days of the week such as Monday'),
    monthDays: readNumbers(
      monthDays,
      'monthDays',
      (number) => number !== 0 && Math.abs(number) <= 31,
      'from 1 to 31, or from -1 (the last day) to -31',
    ),
    monthlyOccurrences: readList(
      monthlyOccurrences,
      'monthlyOccurrences',
      readOccurrence,
      'objects such as {"day": "Tuesday", "occurrence": 2}, or -1 for the last one',
    ),
  };
  const fault = Object.values(read).find((part) => typeof part === 'string');
  return fault ?? (read as Schedule);
}

/** The members of a schedule that say nothing at this frequency, by their names. */
export function listIdleMembers(schedule: Schedule, unit: string): string[] {
  const heeded: Readonly<Record<string, readonly string[]>> = {
    day: ['hours', 'minutes'],
    week: ['hours', 'minutes', 'weekDays'],
    month: ['hours', 'minutes', 'monthDays', 'monthlyOccurrences'],
  };
  return Object.entries(schedule).flatMap(([name, list]: [string, readonly unknown[]]) =>
    list.length > 0 && !heeded[unit]?.includes(name) ? [name] : [],
  );
}

function readNumbers(
  value: Json | undefined,
  name: string,
  isValid: (number: number) => boolean,
  range: string,
): number[] | string {
  const numbers = readList(
    value,
    name,
    (entry) => {
      const number = typeof entry === 'string' && entry.trim() === '' ? Number.NaN : Number(entry);
      return Number.isInteger(number) && isValid(number) ? number : undefined;
    },
    `whole numbers ${range}`,
  );
  return typeof numbers === 'string' ? numbers : numbers.sort((a, b) => a - b);
}

function readList<T>(
  value: Json | undefined,
  name: string,
  read: (entry: Json) => T | undefined,
  wanted: string,
): T[] | string {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return `"${name}" of the schedule is a list of ${wanted}.`;
  const entries: T[] = [];
  for (const entry of value) {
    const found = read(entry);
    if (found === undefined) {
      return `"${name}" of the schedule holds ${JSON.stringify(entry)}; it takes ${wanted}.`;
    }
    entries.push(found);
  }
  return entries;
}

function readWeekDay(value: Json | undefined): number | undefined {
  const day = DAYS.indexOf(String(value).toLowerCase()) + 1;
  return day > 0 ? day : undefined;
}

function readOccurrence(value: Json): MonthlyOccurrence | undefined {
  if (!isJsonObject(value)) return undefined;
  const weekDay = readWeekDay(value.day);
  const occurrence = Number(value.occurrence ?? Number.NaN);
  const isOne = Number.isInteger(occurrence) && occurrence !== 0 && Math.abs(occurrence) <= MOST_OCCURRENCES;
  return weekDay !== undefined && isOne ? { weekDay, occurrence } : undefined;
}

/**
 * The first time of a schedule that lies after `after` and not before `origin`, in epoch milliseconds; infinity when
 * there is none. Units are counted from the one that `origin` lies in.
 */
export function nextScheduled(
  schedule: Schedule,
  unit: CalendarUnit,
  interval: number,
  after: number,
  origin: DateTime,
): number {
  const start = origin.toMillis();
  const first = origin.startOf(unit);
  const from = DateTime.fromMillis(Math.max(after, start), { zone: origin.zone }).startOf(unit);
  const passed = Math.round(from.diff(first, unit).as(unit));
  const begin = Math.ceil(passed / interval) * interval;
  for (let count = 0; count < MOST_PERIODS; count++) {
    const period = first.plus({ [unit]: begin + count * interval });
    if (!period.isValid) break;
    const times = listDays(schedule, unit, period, origin).flatMap((day) => timesOf(schedule, day, origin));
    const time = times.find((instant) => instant > after && instant >= start);
    if (time !== undefined) return time;
  }
  return Number.POSITIVE_INFINITY;
}

/** The days of a period that count, in their order; without any that are named, the one of the start. */
function listDays(schedule: Schedule, unit: CalendarUnit, period: DateTime, origin: DateTime): DateTime[] {
  if (unit === 'day') return [period];
  if (unit === 'month') return listMonthDays(schedule, period, origin).map((day) => period.set({ day }));
  const wanted = schedule.weekDays.length > 0 ? schedule.weekDays : [origin.weekday];
  return [...wanted].sort((a, b) => a - b).map((weekDay) => period.plus({ days: weekDay - 1 }));
}

/** A month that lacks a day which is named (31 April) is passed over; the day of the start becomes its last one. */
function listMonthDays(
  { monthDays, monthlyOccurrences }: Schedule,
  month: DateTime,
  origin: DateTime,
): number[] {
  const length = month.daysInMonth ?? 0;
  if (monthDays.length === 0 && monthlyOccurrences.length === 0) return [Math.min(origin.day, length)];
  const days = [
    ...monthDays.map((day) => (day > 0 ? day : length + 1 + day)),
    ...monthlyOccurrences.map((wanted) => dayOf(wanted, month, length)),
  ];
  return [...new Set(days)].filter((day) => day >= 1 && day <= length).sort((a, b) => a - b);
}

function dayOf({ weekDay, occurrence }: MonthlyOccurrence, month: DateTime, length: number): number {
  const firstDay = 1 + ((weekDay - month.weekday + 7) % 7);
  if (occurrence > 0) return firstDay + (occurrence - 1) * 7;
  const lastDay = firstDay + Math.floor((length - firstDay) / 7) * 7;
  return lastDay + (occurrence + 1) * 7;
}

/** Hours without minutes mean the full hour; minutes without hours, the hour of the start. */
function timesOf({ hours, minutes }: Schedule, day: DateTime, origin: DateTime): number[] {
  const bothMissing = hours.length === 0 && minutes.length === 0;
  const hourList = hours.length > 0 ? hours : [origin.hour];
  const minuteList = minutes.length > 0 ? minutes : [bothMissing ? origin.minute : 0];
  const times = hourList.flatMap((hour) => minuteList.map((minute) => day.set({ hour, minute }).toMillis()));
  // Where the clocks leave an hour out, its times fall on those of the next one.
  return times.sort((a, b) => a - b);
}
