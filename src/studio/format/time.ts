const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** `just now`, `3 minutes ago`, `yesterday`; from a week on the date. */
export function formatAgo(instant: string, now: number): string {
  const passed = now - Date.parse(instant);
  if (passed < 45_000) return 'just now';
  if (passed > 7 * 86_400_000) return formatDate(instant);
  const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  for (const [unit, size] of UNITS) {
    if (passed >= size) return relative.format(-Math.round(passed / size), unit);
  }
  return '1 minute ago';
}

export function formatDate(instant: string): string {
  return new Date(instant).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}

/** To the second, in the reader's time zone. */
export function formatInstant(instant: string): string {
  return new Date(instant).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
}
