import { createMoment, type Moment, shiftMoment } from './moment.ts';
import { parseDateText } from './parse-date-text.ts';

const ISO =
  /^\s*(\d{4})-(\d\d?)(?:-(\d\d?)(?:(?:[Tt]|\s+)(\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?\s*(Z|z|[+-]\d\d(?::?\d\d)?)?)?\s*$/;

/**
 * Reads a timestamp: ISO 8601, or the English forms that .NET takes (`03/15/2018 1:27 PM`,
 * `Thu, 15 Mar 2018 13:27:36 GMT`). `undefined` if it is none.
 */
export function parseTimestamp(text: string): Moment | undefined {
  const match = ISO.exec(text);
  if (match === null) return text.length > 200 ? undefined : parseDateText(text);
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const moment = createMoment(
    {
      year: Number(year),
      month: Number(month),
      day: Number(day ?? 1),
      hour: Number(hour ?? 0),
      minute: Number(minute ?? 0),
      second: Number(second ?? 0),
      fraction: readFraction(fraction),
    },
    zone !== undefined,
  );
  return moment && zone !== undefined ? applyOffset(moment, zone) : moment;
}

/** Digits after the decimal mark as 100 ns steps, rounded. */
export function readFraction(digits = ''): number {
  if (digits.length <= 7) return Number(digits.padEnd(7, '0'));
  return Math.min(9_999_999, Math.round(Number(`0.${digits.slice(0, 15)}`) * 10_000_000));
}

/** Moves what a clock with an offset (`+02:00`, `Z`) shows to UTC. */
export function applyOffset(moment: Moment, zone: string): Moment | undefined {
  const minutes = readOffset(zone);
  if (minutes === undefined) return undefined;
  return minutes === 0 ? { ...moment, utc: true } : shiftMoment({ ...moment, utc: true }, -minutes * 60_000);
}

function readOffset(zone: string): number | undefined {
  const match = /^([+-])(\d{1,2}):?(\d\d)?$/.exec(zone);
  if (match === null) return /^(?:z|gmt|utc)$/i.test(zone) ? 0 : undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  if (minutes > 14 * 60) return undefined;
  return match[1] === '-' ? -minutes : minutes;
}
