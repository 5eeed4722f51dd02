import type { Json } from '../../base/index.ts';

/** A point in time as the browser's picker takes it, in local time; `undefined` when it cannot be shown there. */
export function readDateTime(value: Json | undefined): string | undefined {
  if (value === undefined || value === null || value === '') return '';
  if (typeof value !== 'string') return undefined;
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?$/.test(value)) return value;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/.test(value)) return undefined;
  const date = new Date(value);
  if (Number.isNaN(date.getTime())) return undefined;
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** What the picker gives as ISO 8601 in UTC, or as it stands for services that want no time zone. */
export function writeDateTime(entered: string, withoutZone: boolean): string {
  const seconds = entered.length === 16 ? `${entered}:00` : entered;
  if (withoutZone) return seconds;
  const date = new Date(seconds);
  return Number.isNaN(date.getTime()) ? entered : date.toISOString().replace('.000Z', 'Z');
}
