import { Fault } from './define.ts';
import {
  createFloat,
  createInteger,
  Decimal,
  DecimalNumber,
  fitDecimal,
  type Value,
  WholeFloat,
} from './value.ts';

/**
 * The numbers of the language: 64-bit integers (plain where exact, else bigint), floats (plain with a fraction or
 * beyond 2^53, else `WholeFloat`) and decimals.
 */
export type Num = number | bigint | WholeFloat | DecimalNumber;

export function toNum(value: Value): Num | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  return value instanceof WholeFloat || value instanceof DecimalNumber ? value : undefined;
}

export function isInteger(value: Num): value is number | bigint {
  return typeof value === 'bigint' || Number.isSafeInteger(value);
}

/** How an operation is done on each kind; two kinds meet in the wider: integer, float, decimal. */
export interface Arithmetic {
  /** On integers that a double holds exactly; the result counts only if it is one too. */
  smallIntegers(a: number, b: number): number;
  integers(a: bigint, b: bigint): bigint;
  floats(a: number, b: number): number;
  decimals(a: Decimal, b: Decimal): Decimal;
}

export function calculate(a: Num, b: Num, by: Arithmetic): Value {
  if (typeof a === 'number' && typeof b === 'number') {
    if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b)) return createFloat(by.floats(a, b));
    const result = by.smallIntegers(a, b) + 0; // + 0 makes -0 plain
    if (Number.isSafeInteger(result)) return result;
  }
  if (a instanceof DecimalNumber || b instanceof DecimalNumber) {
    return createDecimal(by.decimals(toDecimal(a), toDecimal(b)));
  }
  if (isInteger(a) && isInteger(b)) return checkRange(by.integers(BigInt(a), BigInt(b)));
  return createFloat(by.floats(toFloat(a), toFloat(b)));
}

/** -1, 0 or 1. */
export function compareNumbers(a: Num, b: Num): number {
  if (a instanceof DecimalNumber || b instanceof DecimalNumber) return toDecimal(a).comparedTo(toDecimal(b));
  const left = a instanceof WholeFloat ? a.float : a;
  const right = b instanceof WholeFloat ? b.float : b;
  return left < right ? -1 : left > right ? 1 : 0; // JavaScript compares number and bigint by value
}

function createDecimal(value: Decimal): DecimalNumber {
  const fitting = fitDecimal(value);
  if (fitting === undefined) throw new Fault('gave a result that is too large for a decimal number');
  return new DecimalNumber(fitting);
}

function checkRange(value: bigint): Value {
  if (BigInt.asIntN(64, value) !== value) throw new Fault('gave a result that does not fit into 64 bits');
  return createInteger(value);
}

export function toFloat(value: Num): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return value instanceof WholeFloat ? value.float : value.decimal.toNumber();
}

function toDecimal(value: Num): Decimal {
  if (value instanceof DecimalNumber) return value.decimal;
  return new Decimal(typeof value === 'bigint' ? value.toString() : toFloat(value));
}
