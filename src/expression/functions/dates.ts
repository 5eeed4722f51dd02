import { define, defineScoped, Fault, type FunctionSpec, type Parameter, refuse } from '../define.ts';
import { formatDate } from '../dotnet/format-date.ts';
import { countTicks, type Moment, MS_PER_DAY, shiftMoment, shiftMonths } from '../dotnet/moment.ts';
import { parseDateText } from '../dotnet/parse-date-text.ts';
import { parseExact } from '../dotnet/parse-exact.ts';
import { parseTimestamp } from '../dotnet/parse-timestamp.ts';
import { findZone, fromZone, toZone } from '../dotnet/zone.ts';
import { toFloat } from '../numbers.ts';
import { numeric, optional, text } from '../parameters.ts';
import type { Scope } from '../types.ts';
import { createInteger } from '../value.ts';

const format = optional(text('format'));

function timestamp(name: string): Parameter<Moment> {
  return {
    name,
    type: 'string',
    read: (given) => {
      const moment = typeof given === 'string' ? parseTimestamp(given) : refuse(name, 'a string', given);
      if (moment !== undefined) return moment;
      throw new Fault("was given a text that was not valid as a timestamp, such as '2018-03-15T13:27:36Z'", {
        parameter: name,
        seen: given,
      });
    },
  };
}

type Shift = (moment: Moment, amount: number) => Moment;

function shiftBy(ms: number): Shift {
  return (moment, amount) => shiftMoment(moment, amount * ms);
}

function shiftByMonths(months: number): Shift {
  return (moment, amount) => {
    if (!Number.isInteger(amount))
      throw new Fault('moves by whole months and years only', { parameter: 'interval' });
    return shiftMonths(moment, amount * months);
  };
}

const UNITS: ReadonlyMap<string, Shift> = new Map([
  ['second', shiftBy(1000)],
  ['minute', shiftBy(60_000)],
  ['hour', shiftBy(3_600_000)],
  ['day', shiftBy(MS_PER_DAY)],
  ['week', shiftBy(7 * MS_PER_DAY)],
  ['month', shiftByMonths(1)],
  ['year', shiftByMonths(12)],
]);

function unit(name: string): Parameter<Shift> {
  const wanted = 'one of Second, Minute, Hour, Day, Week, Month and Year';
  return {
    name,
    type: 'string',
    read: (given) => {
      const found = typeof given === 'string' ? UNITS.get(given.toLowerCase()) : refuse(name, wanted, given);
      if (found !== undefined) return found;
      throw new Fault(`expects its parameter '${name}' to be ${wanted}`, { parameter: name, seen: given });
    },
  };
}

export const DATE_FUNCTIONS: readonly FunctionSpec[] = [
  defineAddition('addDays', 'days', MS_PER_DAY, '2024-02-28', '2024-02-29T00:00:00.0000000'),
  defineAddition('addHours', 'hours', 3_600_000, '2024-05-31T23:00:00Z', '2024-06-01T00:00:00.0000000Z'),
  defineAddition('addMinutes', 'minutes', 60_000, '2024-05-31T08:00:00Z', '2024-05-31T08:01:00.0000000Z'),
  defineAddition('addSeconds', 'seconds', 1000, '2024-05-31T08:00:00Z', '2024-05-31T08:00:01.0000000Z'),
  define({
    name: 'addToTime',
    group: 'date',
    parameters: [timestamp('timestamp'), numeric('interval'), unit('timeUnit'), format],
    returns: 'string',
    doc: 'A timestamp moved by so many units; months and years stop at the last day of the month.',
    example: { expression: "addToTime('2024-01-31', 1, 'Month', 'yyyy-MM-dd')", value: '2024-02-29' },
    run: (moment, amount, shift, pattern) => formatDate(shift(moment, toFloat(amount)), pattern),
  }),
  define({
    name: 'convertFromUtc',
    group: 'date',
    parameters: [timestamp('timestamp'), text('destinationTimeZone'), format],
    returns: 'string',
    doc: 'A UTC timestamp as the clocks of a time zone show it.',
    example: {
      expression: "convertFromUtc('2024-07-01T12:00:00Z', 'W. Europe Standard Time', 'HH:mm')",
      value: '14:00',
    },
    run: (moment, name, pattern) =>
      formatDate(toZone({ ...moment, utc: true }, findZone(name, 'destinationTimeZone')), pattern),
  }),
  define({
    name: 'convertTimeZone',
    group: 'date',
    parameters: [timestamp('timestamp'), text('sourceTimeZone'), text('destinationTimeZone'), format],
    returns: 'string',
    doc: 'A timestamp of one time zone as the clocks of another show it.',
    example: {
      expression: "convertTimeZone('2024-01-01T09:00:00', 'Tokyo Standard Time', 'UTC')",
      value: '2024-01-01T00:00:00.0000000Z',
    },
    run: (moment, from, to, pattern) => {
      const source = findZone(from, 'sourceTimeZone');
      const target = findZone(to, 'destinationTimeZone');
      return formatDate(toZone(fromZone(moment, source, 'sourceTimeZone'), target), pattern);
    },
  }),
  define({
    name: 'convertToUtc',
    group: 'date',
    parameters: [timestamp('timestamp'), text('sourceTimeZone'), format],
    returns: 'string',
    doc: 'A timestamp of a time zone in UTC.',
    example: {
      expression: "convertToUtc('2024-01-01T09:00:00', 'Tokyo Standard Time')",
      value: '2024-01-01T00:00:00.0000000Z',
    },
    run: (moment, name, pattern) =>
      formatDate(fromZone(moment, findZone(name, 'sourceTimeZone'), 'sourceTimeZone'), pattern),
  }),
  define({
    name: 'dateDifference',
    group: 'date',
    parameters: [timestamp('startDate'), timestamp('endDate')],
    returns: 'string',
    doc: 'The time from the first timestamp to the second, as `[-][d.]hh:mm:ss`.',
    example: { expression: "dateDifference('2024-01-01', '2024-01-03T06:00:00')", value: '2.06:00:00' },
    run: (start, end) => formatTimeSpan(countTicks(end) - countTicks(start)),
  }),
  definePart('dayOfMonth', 'The day of the month.', 31, (date) => date.getUTCDate()),
  definePart('dayOfWeek', 'The day of the week; 0 is Sunday.', 5, (date) => date.getUTCDay()),
  definePart('dayOfYear', 'The day of the year, from 1.', 152, (date) => {
    const newYear = new Date(date.getTime()).setUTCMonth(0, 1);
    return Math.round((date.getTime() - newYear) / MS_PER_DAY) + 1;
  }),
  define({
    name: 'formatDateTime',
    group: 'date',
    parameters: [timestamp('timestamp'), format, optional(text('locale'))],
    returns: 'string',
    doc: 'A timestamp in a .NET format such as `yyyy-MM-dd` or `D`.',
    example: {
      expression: "formatDateTime('2024-05-31T08:09:00Z', 'dd.MM.yyyy HH:mm')",
      value: '31.05.2024 08:09',
    },
    run: (moment, pattern, locale) => formatDate(moment, pattern, locale),
  }),
  defineFromNow('getFutureTime', 'The current UTC time plus so many units.', 1, '1970-01-04'),
  defineFromNow('getPastTime', 'The current UTC time less so many units.', -1, '1969-12-29'),
  define({
    name: 'parseDateTime',
    group: 'date',
    parameters: [text('text'), optional(text('locale')), format],
    returns: 'string',
    doc: 'The timestamp of a text in the forms of a locale, or in exactly the given format.',
    example: { expression: "parseDateTime('31.05.2024', 'de-DE')", value: '2024-05-31T00:00:00.0000000' },
    run: (given, locale, pattern) => formatDate(parseDate(given, locale, pattern)),
  }),
  defineStart('startOfDay', 'Midnight of the day of a timestamp.', '2024-05-31T00:00:00.0000000Z', (date) =>
    date.setUTCHours(0, 0, 0, 0),
  ),
  defineStart(
    'startOfHour',
    'The beginning of the hour of a timestamp.',
    '2024-05-31T08:00:00.0000000Z',
    (date) => date.setUTCMinutes(0, 0, 0),
  ),
  defineStart(
    'startOfMonth',
    'Midnight of the first day of the month.',
    '2024-05-01T00:00:00.0000000Z',
    (date) => {
      date.setUTCHours(0, 0, 0, 0);
      return date.setUTCDate(1);
    },
  ),
  define({
    name: 'subtractFromTime',
    group: 'date',
    parameters: [timestamp('timestamp'), numeric('interval'), unit('timeUnit'), format],
    returns: 'string',
    doc: 'A timestamp moved back by so many units.',
    example: { expression: "subtractFromTime('2024-03-01', 1, 'Week', 'MMM d')", value: 'Feb 23' },
    run: (moment, amount, shift, pattern) => formatDate(shift(moment, -toFloat(amount)), pattern),
  }),
  define({
    name: 'ticks',
    group: 'date',
    parameters: [timestamp('timestamp')],
    returns: 'integer',
    doc: 'The 100 nanosecond steps since the year 1.',
    example: {
      expression: "sub(ticks('2024-01-01T00:00:01Z'), ticks('2024-01-01T00:00:00Z'))",
      value: 10_000_000,
    },
    run: (moment) => createInteger(countTicks(moment)),
  }),
  defineScoped({
    name: 'utcNow',
    group: 'date',
    parameters: [format],
    returns: 'string',
    doc: 'The current UTC time.',
    example: {
      expression: "utcNow('yyyy-MM-dd')",
      value: '2024-05-31',
      context: { now: '2024-05-31T08:00:00Z' },
    },
    run: (scope, pattern) => formatDate(readNow(scope), pattern),
  }),
];

function defineAddition(name: string, amount: string, ms: number, start: string, next: string): FunctionSpec {
  return define({
    name,
    group: 'date',
    parameters: [timestamp('timestamp'), numeric(amount), format],
    returns: 'string',
    doc: `A timestamp moved by so many ${amount}; a negative number moves it back.`,
    example: { expression: `${name}('${start}', 1)`, value: next },
    run: (moment, count, pattern) => formatDate(shiftMoment(moment, toFloat(count) * ms), pattern),
  });
}

function definePart(name: string, doc: string, result: number, read: (date: Date) => number): FunctionSpec {
  return define({
    name,
    group: 'date',
    parameters: [timestamp('timestamp')],
    returns: 'integer',
    doc,
    example: { expression: `${name}('2024-05-31T08:09:10Z')`, value: result },
    run: (moment) => read(new Date(moment.ms)),
  });
}

function defineStart(name: string, doc: string, result: string, cut: (date: Date) => number): FunctionSpec {
  return define({
    name,
    group: 'date',
    parameters: [timestamp('timestamp'), format],
    returns: 'string',
    doc,
    example: { expression: `${name}('2024-05-31T08:09:10Z')`, value: result },
    run: (moment, pattern) => formatDate({ ...moment, ms: cut(new Date(moment.ms)), ticks: 0 }, pattern),
  });
}

function defineFromNow(name: string, doc: string, sign: 1 | -1, result: string): FunctionSpec {
  return defineScoped({
    name,
    group: 'date',
    parameters: [numeric('interval'), unit('timeUnit'), format],
    returns: 'string',
    doc,
    example: {
      expression: `${name}(3, 'Day', 'yyyy-MM-dd')`,
      value: result,
      context: { now: '1970-01-01T00:00:00Z' },
    },
    run: (scope, amount, shift, pattern) =>
      formatDate(shift(readNow(scope), sign * toFloat(amount)), pattern),
  });
}

function readNow(scope: Scope): Moment {
  return { ms: Math.floor(scope.now()), ticks: scope.nowTicks?.() ?? 0, utc: true };
}

function parseDate(given: string, locale: string | undefined, pattern: string | undefined): Moment {
  const moment = pattern ? parseExact(given, pattern, locale) : parseInLocale(given, locale);
  if (moment !== undefined) return moment;
  const wanted = pattern ? 'a date in its format' : 'a date in the forms of its locale';
  throw new Fault(`was given a text that is not ${wanted}`, { parameter: 'text', seen: given });
}

/** ISO forms mean the same everywhere; all else is read in the order of the locale. */
function parseInLocale(given: string, locale: string | undefined): Moment | undefined {
  if (/^\s*\d{4}-\d/.test(given)) return parseTimestamp(given);
  return given.length > 200 ? undefined : parseDateText(given, locale);
}

/** .NET's constant format of a TimeSpan. */
function formatTimeSpan(ticks: bigint): string {
  const size = ticks < 0n ? -ticks : ticks;
  const seconds = Number(size / 10_000_000n);
  const fraction = size % 10_000_000n;
  const pad = (value: number) => String(value).padStart(2, '0');
  const days = Math.floor(seconds / 86_400);
  const time = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60]
    .map(pad)
    .join(':');
  const tail = fraction === 0n ? '' : `.${String(fraction).padStart(7, '0')}`;
  return `${ticks < 0n ? '-' : ''}${days === 0 ? '' : `${days}.`}${time}${tail}`;
}
