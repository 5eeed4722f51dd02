import { Decimal as DecimalJs } from 'decimal.js';
import { Fault } from '../define.ts';
import { isInteger, type Num } from '../numbers.ts';
import { DecimalNumber, WholeFloat } from '../value.ts';
import { formatCustom } from './custom-number.ts';
import { getNumberCulture, type NumberCulture } from './number-culture.ts';

/** Exact for every double and 64-bit integer; rounds half away from zero, as .NET formats. */
const Exact = DecimalJs.clone({
  precision: 800,
  rounding: DecimalJs.ROUND_HALF_UP,
  toExpPos: 1e6,
  toExpNeg: -1e6,
});

const STANDARD = /^([A-Za-z])(\d{0,3})$/;

/**
 * Writes a number in a .NET format: a standard letter with an optional precision (`C2`, `N0`, `E3`, `X4`), or a
 * custom pattern (`#,##0.00;(#)`).
 */
export function formatNumber(number: Num, format: string, locale: string | undefined): string {
  const culture = getNumberCulture(locale);
  const value = toExact(number);
  const [, letter, digits] = STANDARD.exec(format || 'G') ?? [];
  if (letter === undefined) return formatCustom(value, format, culture);
  const write = STANDARD_FORMATS[letter.toUpperCase()];
  if (write === undefined) return failFormat(format);
  const precision = digits === '' || digits === undefined ? undefined : Number(digits);
  const text = write(value, precision, culture, isInteger(number) || number instanceof WholeFloat);
  return /[egrx]/.test(letter) ? text.toLowerCase() : text;
}

function toExact(number: Num): DecimalJs {
  if (number instanceof DecimalNumber) return new Exact(number.decimal);
  if (number instanceof WholeFloat) return new Exact(number.float);
  return new Exact(typeof number === 'bigint' ? number.toString() : number);
}

type Write = (
  value: DecimalJs,
  precision: number | undefined,
  culture: NumberCulture,
  whole: boolean,
) => string;

const STANDARD_FORMATS: Readonly<Record<string, Write | undefined>> = {
  C: (value, precision, culture) =>
    fill(value, culture.currency, writeGrouped(value.abs(), precision ?? culture.currency.digits, culture)),
  D: (value, precision = 1, culture, whole) => {
    if (!whole) throw new Fault('writes only integers in the format D', { parameter: 'format' });
    return sign(value, culture) + value.abs().toFixed(0).padStart(precision, '0');
  },
  E: (value, precision = 6, culture) => writeExponent(value, precision, 3, culture),
  F: (value, precision = 2, culture) => signed(value, culture, writeFixed(value.abs(), precision, culture)),
  G: (value, precision, culture) => writeGeneral(value, precision, culture),
  N: (value, precision = 2, culture) => signed(value, culture, writeGrouped(value.abs(), precision, culture)),
  P: (value, precision = 2, culture) =>
    fill(value, culture.percent, writeGrouped(value.abs().times(100), precision, culture)),
  R: (value, _precision, culture) => writeGeneral(value, undefined, culture),
  X: (value, precision = 1, _culture, whole) => {
    if (!whole) throw new Fault('writes only integers in the format X', { parameter: 'format' });
    const digits = BigInt.asUintN(64, BigInt(value.toFixed(0))).toString(16);
    return digits.toUpperCase().padStart(precision, '0');
  },
};

export function failFormat(format: string): never {
  throw new Fault('cannot read its format', { parameter: 'format', seen: format });
}

function sign(value: DecimalJs, culture: NumberCulture): string {
  return value.isNegative() && !value.isZero() ? culture.negative : '';
}

/** .NET keeps the sign of a value that rounds to zero: -0.001 in F2 is -0.00. */
function signed(value: DecimalJs, culture: NumberCulture, digits: string): string {
  return sign(value, culture) + digits;
}

function fill(value: DecimalJs, patterns: { positive: string; negative: string }, digits: string): string {
  const pattern = value.isNegative() && !value.isZero() ? patterns.negative : patterns.positive;
  return pattern.replace('n', () => digits);
}

function writeFixed(value: DecimalJs, precision: number, culture: NumberCulture): string {
  return value.toFixed(precision, DecimalJs.ROUND_HALF_UP).replace('.', () => culture.decimal);
}

function writeGrouped(value: DecimalJs, precision: number, culture: NumberCulture): string {
  const [whole = '', fraction] = value.toFixed(precision, DecimalJs.ROUND_HALF_UP).split('.');
  const grouped = groupDigits(whole, culture);
  return fraction === undefined ? grouped : grouped + culture.decimal + fraction;
}

function groupDigits(digits: string, { group, groupSizes }: NumberCulture): string {
  const groups: string[] = [];
  let rest = digits;
  let [size] = groupSizes;
  while (rest.length > size) {
    groups.unshift(rest.slice(-size));
    rest = rest.slice(0, -size);
    size = groupSizes[1];
  }
  return [rest, ...groups].join(group);
}

function writeExponent(value: DecimalJs, precision: number, minimum: number, culture: NumberCulture): string {
  const [digits = '', exponent = '0'] = value
    .abs()
    .toExponential(precision, DecimalJs.ROUND_HALF_UP)
    .split('e');
  const power = Number(exponent);
  const mark = power < 0 ? '-' : '+';
  const text = Math.abs(power).toString().padStart(minimum, '0');
  return `${sign(value, culture)}${digits.replace('.', () => culture.decimal)}E${mark}${text}`;
}

/** The shorter of fixed and scientific notation. */
function writeGeneral(value: DecimalJs, precision: number | undefined, culture: NumberCulture): string {
  const limit = precision === undefined || precision === 0 ? undefined : precision;
  const rounded = limit === undefined ? value : value.toSignificantDigits(limit, DecimalJs.ROUND_HALF_UP);
  const most = limit ?? (value.isInteger() ? 19 : 15);
  if (!rounded.isZero() && (rounded.e >= most || rounded.e <= -5)) {
    return writeExponent(rounded, Math.max(0, rounded.precision() - 1), 2, culture);
  }
  return (
    sign(rounded, culture) +
    rounded
      .abs()
      .toFixed()
      .replace('.', () => culture.decimal)
  );
}
