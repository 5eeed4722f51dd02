import type { Json } from '../../base/index.ts';
import { define, defineScoped, defineVariadic, Fault, refuse } from '../define.ts';
import { type Arithmetic, calculate, compareNumbers, type Num, toFloat, toNum } from '../numbers.ts';
import { integer, numeric, value } from '../parameters.ts';
import type { Value } from '../value.ts';

const ADDITION: Arithmetic = {
  smallIntegers: (a, b) => a + b,
  integers: (a, b) => a + b,
  floats: (a, b) => a + b,
  decimals: (a, b) => a.plus(b),
};
const SUBTRACTION: Arithmetic = {
  smallIntegers: (a, b) => a - b,
  integers: (a, b) => a - b,
  floats: (a, b) => a - b,
  decimals: (a, b) => a.minus(b),
};
const MULTIPLICATION: Arithmetic = {
  smallIntegers: (a, b) => a * b,
  integers: (a, b) => a * b,
  floats: (a, b) => a * b,
  decimals: (a, b) => a.times(b),
};
const DIVISION: Arithmetic = {
  smallIntegers: (a, b) => (a - (a % b)) / b,
  integers: (a, b) => a / b,
  floats: (a, b) => a / b,
  decimals: (a, b) => a.dividedBy(b),
};
const REMAINDER: Arithmetic = {
  smallIntegers: (a, b) => a % b,
  integers: (a, b) => a % b,
  floats: (a, b) => a % b,
  decimals: (a, b) => a.modulo(b),
};

const MAX_RANGE = 100_000;
const MAX_INT32 = 2_147_483_647;

export const MATH_FUNCTIONS = [
  define({
    name: 'add',
    group: 'math',
    parameters: [numeric('summand1'), numeric('summand2')],
    returns: 'number',
    doc: 'The sum of two numbers.',
    example: { expression: 'add(2, 1.5)', value: 3.5 },
    run: (a, b) => calculate(a, b, ADDITION),
    quick:
      (slow, { evaluate: first }, { evaluate: second }) =>
      (scope) => {
        const a = first(scope);
        const b = second(scope);
        if (typeof a !== 'number' || typeof b !== 'number') return slow(a, b);
        const result = a + b + 0;
        return isPlain(a, b, result) ? result : slow(a, b);
      },
  }),
  define({
    name: 'sub',
    group: 'math',
    parameters: [numeric('minuend'), numeric('subtrahend')],
    returns: 'number',
    doc: 'The first number less the second.',
    example: { expression: 'sub(10, 4)', value: 6 },
    run: (a, b) => calculate(a, b, SUBTRACTION),
    quick:
      (slow, { evaluate: first }, { evaluate: second }) =>
      (scope) => {
        const a = first(scope);
        const b = second(scope);
        if (typeof a !== 'number' || typeof b !== 'number') return slow(a, b);
        const result = a - b + 0;
        return isPlain(a, b, result) ? result : slow(a, b);
      },
  }),
  define({
    name: 'mul',
    group: 'math',
    parameters: [numeric('factor1'), numeric('factor2')],
    returns: 'number',
    doc: 'The product of two numbers.',
    example: { expression: 'mul(6, 7)', value: 42 },
    run: (a, b) => calculate(a, b, MULTIPLICATION),
    quick:
      (slow, { evaluate: first }, { evaluate: second }) =>
      (scope) => {
        const a = first(scope);
        const b = second(scope);
        if (typeof a !== 'number' || typeof b !== 'number') return slow(a, b);
        const result = a * b + 0;
        return isPlain(a, b, result) ? result : slow(a, b);
      },
  }),
  define({
    name: 'div',
    group: 'math',
    parameters: [numeric('dividend'), numeric('divisor')],
    returns: 'number',
    doc: 'The quotient; of two integers an integer, cut toward zero.',
    example: { expression: 'div(17, 5)', value: 3 },
    run: (a, b) => calculate(a, refuseZero(b), DIVISION),
  }),
  define({
    name: 'mod',
    group: 'math',
    parameters: [numeric('dividend'), numeric('divisor')],
    returns: 'number',
    doc: 'The remainder of a division, with the sign of the dividend.',
    example: { expression: 'mod(17, 5)', value: 2 },
    run: (a, b) => calculate(a, refuseZero(b), REMAINDER),
  }),
  defineVariadic({
    name: 'max',
    group: 'math',
    parameter: value('number'),
    returns: 'number',
    doc: 'The largest of the given numbers, or of the numbers of one array.',
    example: { expression: 'max(4, 9, 2)', value: 9 },
    run: (items) => pick(items, 1),
  }),
  defineVariadic({
    name: 'min',
    group: 'math',
    parameter: value('number'),
    returns: 'number',
    doc: 'The smallest of the given numbers, or of the numbers of one array.',
    example: { expression: 'min(4, 9, 2)', value: 2 },
    run: (items) => pick(items, -1),
  }),
  defineScoped({
    name: 'rand',
    group: 'math',
    parameters: [integer('minimum'), integer('maximum')],
    returns: 'integer',
    doc: 'A random integer, from the minimum up to but without the maximum.',
    example: { expression: 'rand(7, 8)', value: 7 },
    run: (scope, low, high) => {
      if (low > high) throw new Fault(`expects a minimum up to its maximum, not ${low} and ${high}`);
      return low + Math.floor(scope.random() * (high - low));
    },
  }),
  define({
    name: 'range',
    group: 'math',
    parameters: [integer('start'), integer('count')],
    returns: 'array',
    doc: 'An array of so many integers, counting up from the start.',
    example: { expression: 'range(3, 4)', value: [3, 4, 5, 6] },
    run: (start, count) => buildRange(start, count),
  }),
];

/**
 * Whether plain numbers gave a plain result: two integers an integer, others one that no integer can be taken for.
 * (`+ 0` makes -0 plain.)
 */
function isPlain(a: number, b: number, result: number): boolean {
  return (Number.isSafeInteger(a) && Number.isSafeInteger(b)) === Number.isSafeInteger(result);
}

function refuseZero(divisor: Num): Num {
  if (toFloat(divisor) === 0) throw new Fault('cannot divide by zero', { parameter: 'divisor' });
  return divisor;
}

/** The extreme of the arguments, or of the one array among them. */
function pick(given: readonly Value[], sign: 1 | -1): Value {
  const [first] = given;
  const items: readonly Value[] = given.length === 1 && Array.isArray(first) ? first : given;
  let best: Num | undefined;
  for (const item of items) {
    const number = toNum(item) ?? refuse('number', 'an integer, a float or a decimal number', item);
    if (best === undefined || compareNumbers(number, best) === sign) best = number;
  }
  if (best === undefined) throw new Fault('expects an array with at least one number');
  return best;
}

function buildRange(start: number, count: number): Json[] {
  if (count < 1 || count > MAX_RANGE) {
    throw new Fault(`makes 1 to ${MAX_RANGE} integers, not ${count}`, { parameter: 'count' });
  }
  if (start + count > MAX_INT32) throw new Fault(`counts no further than ${MAX_INT32}`);
  return Array.from({ length: count }, (_, index) => start + index);
}
