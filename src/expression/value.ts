import { Decimal as DecimalJs } from 'decimal.js';
import { isJsonObject, type Json, stringifyJson } from '../base/index.ts';
import { decodeContent, isContent } from './content.ts';

/** Decimals of the language: 28 or 29 digits, as .NET's. */
export const Decimal = DecimalJs.clone({ precision: 29, rounding: DecimalJs.ROUND_HALF_EVEN });
export type Decimal = DecimalJs;

/** .NET's decimal has 96 bits for its digits, and at most 28 of them behind the point. */
const DECIMAL_LIMIT = new Decimal('79228162514264337593543950336');

/** Rounds to what .NET's decimal holds; `undefined` for a number that is too large for it. */
export function fitDecimal(value: Decimal): Decimal | undefined {
  if (!value.abs().lessThan(DECIMAL_LIMIT)) return undefined;
  const rounded = value.toDecimalPlaces(28);
  const digits = rounded.abs().times(new Decimal(10).pow(rounded.decimalPlaces()));
  return digits.lessThan(DECIMAL_LIMIT) ? rounded : rounded.toSignificantDigits(28);
}

/**
 * A number whose kind JSON cannot tell: it lives between nested calls and becomes a plain JSON number where it
 * meets anything else. Without it `div(7, 2.0)` would be a division of two integers.
 */
export abstract class SpecialNumber {
  abstract toJson(): number | bigint;
}

/** A float without a fraction. Every other float is a plain number. */
export class WholeFloat extends SpecialNumber {
  readonly float: number;

  constructor(float: number) {
    super();
    this.float = float;
  }

  toJson(): number {
    return this.float;
  }
}

export class DecimalNumber extends SpecialNumber {
  readonly decimal: Decimal;

  constructor(decimal: Decimal) {
    super();
    this.decimal = decimal;
  }

  toJson(): number | bigint {
    const number = this.decimal.toNumber();
    return this.decimal.isInteger() && !Number.isSafeInteger(number)
      ? BigInt(this.decimal.toFixed(0))
      : number;
  }
}

/** What nested calls hand each other. */
export type Value = Json | SpecialNumber;

export function toJson(value: Value): Json {
  return typeof value === 'object' && value instanceof SpecialNumber ? value.toJson() : (value as Json);
}

/** A float: wrapped where a plain number would be taken for an integer. */
export function createFloat(value: number): Value {
  return Number.isSafeInteger(value) ? new WholeFloat(value) : value;
}

/** A 64-bit integer: a plain number where it is exact, a bigint beyond. */
export function createInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/**
 * The text form of a value: null is empty, booleans are `True` and `False` (.NET), content envelopes give their
 * text, other objects and arrays compact JSON.
 */
export function toText(value: Value): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (typeof value === 'number') return formatNumberText(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof DecimalNumber) return value.decimal.toFixed();
  if (value instanceof SpecialNumber) return formatFloatText(Number(value.toJson()));
  if (isContent(value)) return decodeContent(value);
  return stringifyJson(value);
}

function formatNumberText(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : formatFloatText(value);
}

/** As .NET prints a double: `1E+20`, `1.5E-07`. */
function formatFloatText(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-4 && size < 1e15)) return String(value);
  const [digits = '', exponent = ''] = value.toExponential().split('e');
  const sign = exponent.startsWith('-') ? '-' : '+';
  return `${digits}E${sign}${exponent.slice(1).padStart(2, '0')}`;
}

/** A value's kind with its article, for sentences: `a string`, `an integer`, `null`. */
export function describeKind(value: Value): string {
  if (value === null) return 'null';
  if (value instanceof DecimalNumber) return 'a decimal number';
  if (value instanceof SpecialNumber) return 'a float';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'an integer' : 'a float';
  if (typeof value === 'bigint') return 'an integer';
  if (isJsonObject(value)) return 'an object';
  return `a ${typeof value}`;
}

/** The beginning of a value's text, for people who may see it. */
export function previewValue(value: Value): string {
  const text = toText(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
