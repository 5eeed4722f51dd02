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

describe('parseRecurrence', () => {
  test.each([
    [{ frequency: 'Fortnight', interval: 1 }, 'Fortnight'],
    [{ frequency: 'Day', interval: 0 }, 'interval 0'],
    [{ frequency: 'Day', interval: 1, timeZone: 'Mars' }, 'Mars'],
    [{ frequency: 'Day', interval: 1, startTime: 'soon' }, 'soon'],
  ])('says what is wrong with %j', (recurrence, part) => {
    expect(parseRecurrence(recurrence)).toContain(part);
  });
});
