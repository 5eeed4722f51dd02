import { DateTime, type DurationLike, IANAZone } from 'luxon';
import { findIana } from 'windows-iana';
import { isJsonObject, type Json } from '../base/index.ts';

/** A trigger's `recurrence`, read. */
export interface Recurrence {
  readonly unit: 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
  readonly interval: number;
  /** Epoch milliseconds of `startTime`. */
  readonly startAt: number | undefined;
  /** IANA name. */
  readonly zone: string;
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
  /** ISO numbers, Monday is 1; empty for every day. */
  readonly weekDays: readonly number[];
}

const UNITS = new Set(['second', 'minute', 'hour', 'day', 'week', 'month', 'year']);
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
/** How far ahead a schedule is searched: a month-end in a leap year lies within it. */
const MAX_DAYS = 366 * 5;

/** Reads a `recurrence`, or says in a sentence what is wrong with it. */
export function parseRecurrence(value: Json | undefined): Recurrence | string {
  if (!isJsonObject(value)) return 'A recurrence has "frequency" and "interval".';
  const unit = String(value.frequency ?? '').toLowerCase();
  if (!UNITS.has(unit))
    return `The frequency '${String(value.frequency)}' is none of Second, Minute, Hour, Day, Week, Month, Year.`;
  const interval = Number(value.interval ?? 1);
  if (!Number.isInteger(interval) || interval < 1)
    return `The interval ${JSON.stringify(value.interval)} is not a whole number from 1.`;
  const zone = readZone(value.timeZone);
  if (zone === undefined) return `The time zone '${String(value.timeZone)}' is unknown.`;
  const startAt = readStart(value.startTime, zone);
  if (Number.isNaN(startAt)) return `The start time '${String(value.startTime)}' is not a timestamp.`;
  const schedule = isJsonObject(value.schedule) ? value.schedule : {};
  return {
    unit: unit as Recurrence['unit'],
    interval,
    startAt,
    zone,
    hours: readNumbers(schedule.hours, 23),
    minutes: readNumbers(schedule.minutes, 59),
    weekDays: readDays(schedule.weekDays),
  };
}

function readZone(value: Json | undefined): string | undefined {
  if (value === undefined || value === null || value === '') return 'Etc/UTC';
  const name = String(value);
  const [iana] = findIana(name);
  const zone = iana ?? name;
  return IANAZone.isValidZone(zone) ? zone : undefined;
}

/** A start time without offset is local to the recurrence's time zone. */
function readStart(value: Json | undefined, zone: string): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return DateTime.fromISO(String(value), { zone }).toMillis();
}

function readNumbers(value: Json | undefined, highest: number): number[] {
  const numbers = (Array.isArray(value) ? value : []).map(Number);
  return numbers
    .filter((number) => Number.isInteger(number) && number >= 0 && number <= highest)
    .sort((a, b) => a - b);
}

function readDays(value: Json | undefined): number[] {
  const names = Array.isArray(value) ? value : [];
  return names.map((name) => DAYS.indexOf(String(name).toLowerCase()) + 1).filter((day) => day > 0);
}

/**
 * The first occurrence after `after`, in epoch milliseconds. Occurrences are counted from the start (or
 * `anchor`, when the flow was turned on), never from the last run, so they do not drift; days and longer units
 * follow the calendar of the zone, so a run at 8 stays at 8 when the clocks change.
 */
export function nextOccurrence(recurrence: Recurrence, after: number, anchor: number): number {
  const start = recurrence.startAt ?? anchor;
  const scheduled = recurrence.hours.length + recurrence.minutes.length + recurrence.weekDays.length > 0;
  if (scheduled && (recurrence.unit === 'day' || recurrence.unit === 'week'))
    return nextScheduled(recurrence, after, start);
  return nextInterval(recurrence, after, start);
}

function nextInterval({ unit, interval, zone }: Recurrence, after: number, start: number): number {
  if (start > after) return start;
  const origin = DateTime.fromMillis(start, { zone });
  const step = (count: number): number =>
    origin.plus({ [unit]: count * interval } as DurationLike).toMillis();
  const elapsed = DateTime.fromMillis(after, { zone }).diff(origin, unit).as(unit);
  let count = Math.max(0, Math.floor(elapsed / interval) - 1);
  while (step(count) <= after) count++;
  return step(count);
}

function nextScheduled(recurrence: Recurrence, after: number, start: number): number {
  const origin = DateTime.fromMillis(start, { zone: recurrence.zone });
  let day = DateTime.fromMillis(Math.max(after, start - 1), { zone: recurrence.zone }).startOf('day');
  for (let count = 0; count < MAX_DAYS * recurrence.interval; count++, day = day.plus({ days: 1 })) {
    if (!matchesDay(recurrence, day, origin)) continue;
    const time = timesOf(recurrence, day, origin).find((instant) => instant > after && instant >= start);
    if (time !== undefined) return time;
  }
  return Number.POSITIVE_INFINITY;
}

function matchesDay({ unit, interval, weekDays }: Recurrence, day: DateTime, origin: DateTime): boolean {
  if (unit === 'day') return Math.round(day.diff(origin.startOf('day'), 'days').days) % interval === 0;
  const weeks = Math.round(day.startOf('week').diff(origin.startOf('week'), 'weeks').weeks);
  const wanted = weekDays.length > 0 ? weekDays : [origin.weekday];
  return weeks % interval === 0 && wanted.includes(day.weekday);
}

/** Hours without minutes mean the full hour; minutes without hours, the hour of the start. */
function timesOf({ hours, minutes }: Recurrence, day: DateTime, origin: DateTime): number[] {
  const bothMissing = hours.length === 0 && minutes.length === 0;
  const hourList = hours.length > 0 ? hours : [origin.hour];
  const minuteList = minutes.length > 0 ? minutes : [bothMissing ? origin.minute : 0];
  const times = hourList.flatMap((hour) => minuteList.map((minute) => day.set({ hour, minute }).toMillis()));
  // Where the clocks leave an hour out, its times fall on those of the next one.
  return times.sort((a, b) => a - b);
}
