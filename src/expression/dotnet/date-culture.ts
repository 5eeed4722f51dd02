import { createCultureCache } from './culture.ts';

/** How a locale writes dates: names, and the .NET patterns behind the standard letters. */
export interface DateCulture {
  readonly months: readonly string[];
  /** The form beside a day, where a language has one (`20 октября`). */
  readonly genitiveMonths: readonly string[];
  readonly shortMonths: readonly string[];
  /** Sunday first. */
  readonly days: readonly string[];
  readonly shortDays: readonly string[];
  readonly am: string;
  readonly pm: string;
  readonly dateSeparator: string;
  readonly timeSeparator: string;
  readonly shortDate: string;
  readonly longDate: string;
  readonly shortTime: string;
  readonly longTime: string;
  readonly monthDay: string;
  readonly yearMonth: string;
}

export const getDateCulture = createCultureCache(deriveDateCulture);

function deriveDateCulture(locale: string): DateCulture {
  const names = deriveNames(locale);
  const write = (options: Intl.DateTimeFormatOptions) => derivePattern(locale, options, names);
  const shortDate = write({ dateStyle: 'short' }).replace(/y+/, 'yyyy');
  const shortTime = write({ timeStyle: 'short' });
  return {
    ...names,
    dateSeparator: /[^\p{L}\p{N}]/u.exec(shortDate)?.[0] ?? '/',
    timeSeparator: /[^\p{L}\p{N}]/u.exec(shortTime)?.[0] ?? ':',
    shortDate,
    longDate: locale === 'en-US' ? 'dddd, MMMM d, yyyy' : write({ dateStyle: 'full' }).replace(/y+/, 'yyyy'),
    shortTime,
    longTime: write({ timeStyle: 'medium' }),
    monthDay: write({ month: 'long', day: 'numeric' }),
    yearMonth: write({ month: 'long', year: 'numeric' }),
  };
}

type Names = Pick<
  DateCulture,
  'months' | 'genitiveMonths' | 'shortMonths' | 'days' | 'shortDays' | 'am' | 'pm'
>;

/** Every pattern is read from this moment; each of its fields has another value, of one digit. */
const SAMPLE = Date.UTC(2003, 1, 5, 3, 4, 9);

function deriveNames(locale: string): Names {
  const pick = (part: string, options: Intl.DateTimeFormatOptions, ms: number) =>
    split(locale, options, ms).find(({ type }) => type === part)?.value ?? '';
  const months = Array.from({ length: 12 }, (_, index) => Date.UTC(2003, index, 5));
  const days = Array.from({ length: 7 }, (_, index) => Date.UTC(2003, 5, 1 + index)); // a Sunday first
  return {
    months: months.map((ms) => pick('month', { month: 'long' }, ms)),
    genitiveMonths: months.map((ms) => pick('month', { month: 'long', day: 'numeric' }, ms)),
    shortMonths: months.map((ms) => pick('month', { month: 'short' }, ms)),
    days: days.map((ms) => pick('weekday', { weekday: 'long' }, ms)),
    shortDays: days.map((ms) => pick('weekday', { weekday: 'short' }, ms)),
    am: pick('dayPeriod', { hour: 'numeric', hourCycle: 'h12' }, SAMPLE),
    pm: pick('dayPeriod', { hour: 'numeric', hourCycle: 'h12' }, SAMPLE + 12 * 3_600_000),
  };
}

function split(locale: string, options: Intl.DateTimeFormatOptions, ms: number): Intl.DateTimeFormatPart[] {
  const format = new Intl.DateTimeFormat(locale, {
    ...options,
    timeZone: 'UTC',
    calendar: 'gregory',
    numberingSystem: 'latn',
  });
  return format.formatToParts(ms);
}

/** The .NET pattern that writes the sample as Intl does. */
function derivePattern(locale: string, options: Intl.DateTimeFormatOptions, names: Names): string {
  const parts = split(locale, options, SAMPLE);
  const hour = parts.some(({ type }) => type === 'dayPeriod') ? 'h' : 'H';
  return parts.map((part) => nameField(part, hour, names)).join('');
}

function nameField({ type, value }: Intl.DateTimeFormatPart, hour: string, names: Names): string {
  const twice = value.startsWith('0');
  switch (type) {
    case 'weekday':
      return value === names.days[3] ? 'dddd' : 'ddd';
    case 'day':
      return twice ? 'dd' : 'd';
    case 'month':
      if (/^\d/.test(value)) return (twice ? 'MM' : 'M') + quoteLiteral(value.replace(/^\d+/, ''));
      return value === names.months[1] || value === names.genitiveMonths[1] ? 'MMMM' : 'MMM';
    case 'year':
      return value.length === 2 ? 'yy' : 'yyyy';
    case 'hour':
      return twice ? hour + hour : hour;
    case 'minute':
      return 'mm';
    case 'second':
      return 'ss';
    case 'dayPeriod':
      return 'tt';
    default:
      return quoteLiteral(value);
  }
}

/** Letters between fields must not be taken for fields (`15 de março`). */
function quoteLiteral(text: string): string {
  const plain = text.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll(/[\u200e\u200f\u061c]/g, '');
  return plain.replaceAll(/\p{L}+/gu, (letters) => `'${letters}'`);
}
