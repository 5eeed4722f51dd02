import { Duration } from 'luxon';

/** An ISO 8601 duration (`PT1H`, `P14D`) in milliseconds, or `undefined` when the text is none. */
export function parseDurationMs(text: string): number | undefined {
  const duration = Duration.fromISO(text);
  if (!duration.isValid) return undefined;
  const milliseconds = duration.toMillis();
  return milliseconds >= 0 ? milliseconds : undefined;
}

const UNIT_MS: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

/** Milliseconds of `count` units as a Wait action or a recurrence names them (`Second` … `Week`, any case). */
export function unitToMs(count: number, unit: string): number | undefined {
  const unitMs = UNIT_MS[unit.toLowerCase()];
  return unitMs === undefined ? undefined : count * unitMs;
}
