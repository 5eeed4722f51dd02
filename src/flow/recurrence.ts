import { DateTime, type DurationLike, IANAZone } from 'luxon';
import { findIana } from 'windows-iana';
import { isJsonObject, type Json } from '../base/index.ts';
import { type CalendarUnit, nextScheduled, parseSchedule, type Schedule } from './schedule.ts';

/** A trigger's `recurrence`, read. */
export interface Recurrence {
  readonly unit: 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
  readonly interval: number;
  /** Epoch milliseconds of `startTime`. */
  readonly startAt: number | undefined;
  /** Epoch milliseconds of `endTime`: no occurrence lies after it. */
  readonly endAt: number | undefined;
  /** IANA name. */
  readonly zone: string;
  readonly schedule: Schedule;
}

const UNITS = new Set(['second', 'minute', 'hour', 'day', 'week', 'month', 'year']);

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
  const startAt = readInstant(value.startTime, zone);
  if (Number.isNaN(startAt)) return `The start time '${String(value.startTime)}' is not a timestamp.`;
  const endAt = readInstant(value.endTime, zone);
  if (Number.isNaN(endAt)) return `The end time '${String(value.endTime)}' is not a timestamp.`;
  const schedule = parseSchedule(value.schedule);
  if (typeof schedule === 'string') return schedule;
  return { unit: unit as Recurrence['unit'], interval, startAt, endAt, zone, schedule };
}

function readZone(value: Json | undefined): string | undefined {
  if (value === undefined || value === null || value === '') return 'Etc/UTC';
  const name = String(value);
  const [iana] = findIana(name);
  const zone = iana ?? name;
  return IANAZone.isValidZone(zone) ? zone : undefined;
}

/** A time without offset is local to the recurrence's time zone. */
function readInstant(value: Json | undefined, zone: string): number | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return DateTime.fromISO(String(value), { zone }).toMillis();
}

const CALENDAR_UNITS: readonly string[] = ['day', 'week', 'month'] satisfies CalendarUnit[];

/**
 * The first occurrence after `after`, in epoch milliseconds; infinity when none is left. Occurrences are counted from
 * the start (or `anchor`, when the flow was turned on), never from the last run, so they do not drift; days and longer
 * units follow the calendar of the zone, so a run at 8 stays at 8 when the clocks change.
 */
export function nextOccurrence(recurrence: Recurrence, after: number, anchor: number): number {
  const { unit, interval, schedule, zone, endAt = Number.POSITIVE_INFINITY } = recurrence;
  const start = recurrence.startAt ?? anchor;
  const isScheduled =
    CALENDAR_UNITS.includes(unit) && Object.values(schedule).some(({ length }) => length > 0);
  const next = isScheduled
    ? nextScheduled(schedule, unit as CalendarUnit, interval, after, DateTime.fromMillis(start, { zone }))
    : nextInterval(recurrence, after, start);
  return next > endAt ? Number.POSITIVE_INFINITY : next;
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
