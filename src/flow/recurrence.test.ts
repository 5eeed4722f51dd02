import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../base/index.ts';
import { nextOccurrence, parseRecurrence } from './recurrence.ts';

const at = (text: string) => Date.parse(text);

function occurrences(recurrence: JsonObject, from: string, count: number): string[] {
  const parsed = parseRecurrence(recurrence);
  if (typeof parsed === 'string') throw new Error(parsed);
  const anchor = at(from);
  const found: string[] = [];
  for (let after = anchor - 1; found.length < count; ) {
    after = nextOccurrence(parsed, after, anchor);
    found.push(new Date(after).toISOString());
  }
  return found;
}

describe('nextOccurrence', () => {
  test('counts intervals from when the flow was turned on, so late runs cause no drift', () => {
    const recurrence = parseRecurrence({ frequency: 'Minute', interval: 15 });
    if (typeof recurrence === 'string') throw new Error(recurrence);
    const anchor = at('2026-03-01T10:00:00Z');
    expect(nextOccurrence(recurrence, at('2026-03-01T10:17:42Z'), anchor)).toBe(at('2026-03-01T10:30:00Z'));
  });

  test('begins at the start time, in the time zone that is named', () => {
    const recurrence = {
      frequency: 'Day',
      interval: 1,
      startTime: '2026-03-10T08:00:00',
      timeZone: 'W. Europe Standard Time',
    };
    expect(occurrences(recurrence, '2026-03-01T00:00:00Z', 1)).toEqual(['2026-03-10T07:00:00.000Z']);
  });

  test('a run at 8 stays at 8 when the clocks change', () => {
    const recurrence = {
      frequency: 'Day',
      interval: 1,
      startTime: '2026-03-28T08:00:00',
      timeZone: 'W. Europe Standard Time',
    };
    expect(occurrences(recurrence, '2026-03-27T00:00:00Z', 3)).toEqual([
      '2026-03-28T07:00:00.000Z',
      '2026-03-29T06:00:00.000Z',
      '2026-03-30T06:00:00.000Z',
    ]);
  });

  test('a scheduled time that the clocks leave out in spring comes an hour later, once', () => {
    const recurrence = {
      frequency: 'Day',
      interval: 1,
      timeZone: 'W. Europe Standard Time',
      schedule: { hours: [2, 3], minutes: [0, 30] },
    };
    expect(occurrences(recurrence, '2026-03-28T12:00:00Z', 4)).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-29T01:30:00.000Z',
      '2026-03-30T00:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
  });

  test('a scheduled time that comes twice in autumn is taken once, the first time', () => {
    const recurrence = {
      frequency: 'Day',
      interval: 1,
      timeZone: 'W. Europe Standard Time',
      schedule: { hours: [2], minutes: [30] },
    };
    expect(occurrences(recurrence, '2026-10-24T12:00:00Z', 3)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
      '2026-10-27T01:30:00.000Z',
    ]);
  });

  test('follows hours, minutes and week days', () => {
    const recurrence = {
      frequency: 'Week',
      interval: 1,
      schedule: { hours: [9, 17], minutes: [30], weekDays: ['Monday', 'Friday'] },
    };
    expect(occurrences(recurrence, '2026-03-04T00:00:00Z', 4)).toEqual([
      '2026-03-06T09:30:00.000Z',
      '2026-03-06T17:30:00.000Z',
      '2026-03-09T09:30:00.000Z',
      '2026-03-09T17:30:00.000Z',
    ]);
  });

  test('months end where the month does', () => {
    const recurrence = { frequency: 'Month', interval: 1, startTime: '2026-01-31T12:00:00Z' };
    expect(occurrences(recurrence, '2026-01-01T00:00:00Z', 3)).toEqual([
      '2026-01-31T12:00:00.000Z',
      '2026-02-28T12:00:00.000Z',
      '2026-03-31T12:00:00.000Z',
    ]);
  });
});

describe('a schedule over months', () => {
  const monthly = (schedule: JsonObject, more: JsonObject = {}): JsonObject => ({
    frequency: 'Month',
    interval: 1,
    schedule: { hours: [8], ...schedule },
    ...more,
  });
  const days = (recurrence: JsonObject, from: string, count: number) =>
    occurrences(recurrence, from, count).map((text) => text.slice(0, 10));

  test('names days of the month, in their order, each once; months that lack a day pass it over', () => {
    expect(days(monthly({ monthDays: [31, 15, 1] }), '2026-03-20T00:00:00Z', 6)).toEqual([
      '2026-03-31',
      '2026-04-01',
      '2026-04-15',
      '2026-05-01',
      '2026-05-15',
      '2026-05-31',
    ]);
    expect(days(monthly({ monthDays: [28, -1] }), '2026-02-01T00:00:00Z', 3)).toEqual([
      '2026-02-28',
      '2026-03-28',
      '2026-03-31',
    ]);
  });

  test('counts negative days from the end, in leap years too', () => {
    expect(days(monthly({ monthDays: [-1, -3] }), '2028-01-31T09:00:00Z', 3)).toEqual([
      '2028-02-27',
      '2028-02-29',
      '2028-03-29',
    ]);
    expect(days(monthly({ monthDays: [29] }, { interval: 12 }), '2096-02-01T00:00:00Z', 2)).toEqual([
      '2096-02-29',
      '2104-02-29',
    ]);
  });

  test('names the second Tuesday, the last Friday, and a fifth day only where there is one', () => {
    const patchDay = { monthlyOccurrences: [{ day: 'Tuesday', occurrence: 2 }] };
    expect(days(monthly(patchDay), '2026-01-01T00:00:00Z', 3)).toEqual([
      '2026-01-13',
      '2026-02-10',
      '2026-03-10',
    ]);
    const lastFriday = { monthlyOccurrences: [{ day: 'friday', occurrence: -1 }] };
    expect(days(monthly(lastFriday), '2026-01-01T00:00:00Z', 3)).toEqual([
      '2026-01-30',
      '2026-02-27',
      '2026-03-27',
    ]);
    const fifthMonday = { monthlyOccurrences: [{ day: 'Monday', occurrence: 5 }] };
    expect(days(monthly(fifthMonday), '2026-01-01T00:00:00Z', 2)).toEqual(['2026-03-30', '2026-06-29']);
    const both = { monthDays: [13], ...patchDay };
    expect(days(monthly(both), '2026-01-01T00:00:00Z', 3)).toEqual([
      '2026-01-13',
      '2026-02-10',
      '2026-02-13',
    ]);
  });

  test('counts months from the start, and keeps the time of day when the clocks change', () => {
    const recurrence = monthly(
      { hours: [2], minutes: [30], monthDays: [-1], monthlyOccurrences: [{ day: 'Sunday', occurrence: -1 }] },
      { interval: 2, startTime: '2026-01-15T00:00:00', timeZone: 'W. Europe Standard Time' },
    );
    expect(occurrences(recurrence, '2026-01-01T00:00:00Z', 5)).toEqual([
      '2026-01-25T01:30:00.000Z',
      '2026-01-31T01:30:00.000Z',
      // The clocks leave 2:30 out on 29 March.
      '2026-03-29T01:30:00.000Z',
      '2026-03-31T00:30:00.000Z',
      '2026-05-31T00:30:00.000Z',
    ]);
  });

  test('without days, hours and minutes are those of the day of the start', () => {
    expect(occurrences(monthly({ minutes: [15] }), '2026-01-31T07:00:00Z', 2)).toEqual([
      '2026-01-31T08:15:00.000Z',
      '2026-02-28T08:15:00.000Z',
    ]);
  });

  test('a day that never comes is no occurrence, and is found out at once', () => {
    const never = parseRecurrence(monthly({ monthDays: [31] }, { interval: 12 }));
    if (typeof never === 'string') throw new Error(never);
    const start = at('2026-02-01T00:00:00Z');
    expect(nextOccurrence(never, start, start)).toBe(Number.POSITIVE_INFINITY);
  });
});

test('nothing comes after the end time', () => {
  const recurrence = parseRecurrence({ frequency: 'Hour', interval: 1, endTime: '2026-03-01T11:00:00Z' });
  if (typeof recurrence === 'string') throw new Error(recurrence);
  const anchor = at('2026-03-01T10:00:00Z');
  expect(nextOccurrence(recurrence, anchor, anchor)).toBe(at('2026-03-01T11:00:00Z'));
  expect(nextOccurrence(recurrence, at('2026-03-01T11:00:00Z'), anchor)).toBe(Number.POSITIVE_INFINITY);
});

test('an interval of many days is not searched day by day', () => {
  const recurrence = parseRecurrence({
    frequency: 'Day',
    interval: 100_000,
    schedule: { hours: [9] },
    startTime: '2026-01-01T00:00:00Z',
  });
  if (typeof recurrence === 'string') throw new Error(recurrence);
  expect(new Date(nextOccurrence(recurrence, at('2026-02-01T00:00:00Z'), 0)).toISOString()).toBe(
    '2299-10-17T09:00:00.000Z',
  );
});

describe('parseRecurrence', () => {
  test.each([
    [{ frequency: 'Fortnight', interval: 1 }, 'Fortnight'],
    [{ frequency: 'Day', interval: 0 }, 'interval 0'],
    [{ frequency: 'Day', interval: 1, timeZone: 'Mars' }, 'Mars'],
    [{ frequency: 'Day', interval: 1, startTime: 'soon' }, 'soon'],
    [{ frequency: 'Day', interval: 1, endTime: 'never' }, 'never'],
    [{ frequency: 'Day', schedule: { hours: [24] } }, '"hours" of the schedule holds 24'],
    [{ frequency: 'Day', schedule: { minutes: [''] } }, '"minutes" of the schedule holds ""'],
    [{ frequency: 'Week', schedule: { weekDays: ['Mon'] } }, '"weekDays" of the schedule holds "Mon"'],
    [{ frequency: 'Week', schedule: { weekDays: 'Monday' } }, 'a list of days'],
    [{ frequency: 'Month', schedule: { monthDays: [0] } }, '"monthDays" of the schedule holds 0'],
    [{ frequency: 'Month', schedule: { monthDays: [-32] } }, '-32'],
    [{ frequency: 'Month', schedule: { monthlyOccurrences: [{ day: 'Friday', occurrence: 6 }] } }, '6'],
    [{ frequency: 'Month', schedule: { monthlyOccurrences: ['Friday'] } }, '"Friday"'],
    [{ frequency: 'Month', schedule: 'monthly' }, 'object'],
  ])('says what is wrong with %j', (recurrence, part) => {
    expect(parseRecurrence(recurrence)).toContain(part);
  });
});
