import { equalJson } from '../../base/index.ts';
import { type Argument, type Evaluate, readConstant, type Slow } from '../call.ts';
import { define, Fault } from '../define.ts';
import { compareNumbers, toNum } from '../numbers.ts';
import { value } from '../parameters.ts';
import { compareText } from '../text-case.ts';
import { describeKind, toJson, type Value } from '../value.ts';

export const COMPARISON_FUNCTIONS = [
  define({
    name: 'equals',
    group: 'logic',
    parameters: [value('value1'), value('value2')],
    returns: 'boolean',
    doc: 'Whether two values are the same: by depth for arrays and objects, minding case for texts.',
    example: { expression: "equals(createArray(1, 'a'), createArray(1, 'a'))", value: true },
    run: (a, b) => isEqual(a, b),
    quick: buildEquals,
  }),
  define({
    name: 'greater',
    group: 'logic',
    parameters: [value('value1'), value('value2')],
    returns: 'boolean',
    doc: 'Whether the first number or text is greater than the second.',
    example: { expression: 'greater(7, 6.5)', value: true },
    run: (a, b) => compare(a, b) > 0,
    quick: (slow, first, second) => buildGreater(slow, first, second, true),
  }),
  define({
    name: 'greaterOrEquals',
    group: 'logic',
    parameters: [value('value1'), value('value2')],
    returns: 'boolean',
    doc: 'Whether the first number or text is greater than the second or equal to it.',
    example: { expression: "greaterOrEquals('b', 'a')", value: true },
    run: (a, b) => compare(a, b) >= 0,
    quick: (slow, first, second) => buildLess(slow, first, second, false),
  }),
  define({
    name: 'less',
    group: 'logic',
    parameters: [value('value1'), value('value2')],
    returns: 'boolean',
    doc: 'Whether the first number or text is less than the second.',
    example: { expression: 'less(3, 2)', value: false },
    run: (a, b) => compare(a, b) < 0,
    quick: (slow, first, second) => buildLess(slow, first, second, true),
  }),
  define({
    name: 'lessOrEquals',
    group: 'logic',
    parameters: [value('value1'), value('value2')],
    returns: 'boolean',
    doc: 'Whether the first number or text is less than the second or equal to it.',
    example: { expression: 'lessOrEquals(2, 2)', value: true },
    run: (a, b) => compare(a, b) <= 0,
    quick: (slow, first, second) => buildGreater(slow, first, second, false),
  }),
];

function isEqual(a: Value, b: Value): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  if (typeof a === 'number' && typeof b === 'number') return a === b;
  const left = toNum(a);
  const right = toNum(b);
  if (left !== undefined && right !== undefined) return compareNumbers(left, right) === 0;
  return equalJson(toJson(a), toJson(b));
}

/** Two numbers by value, two texts by their letters without regard to case. */
function compare(a: Value, b: Value): number {
  if (typeof a === 'number' && typeof b === 'number') return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  const left = toNum(a);
  const right = toNum(b);
  if (left !== undefined && right !== undefined) return compareNumbers(left, right);
  const kinds = `${describeKind(a)} and ${describeKind(b)}`;
  throw new Fault(`compares two numbers or two texts, of matching types, not ${kinds}`);
}

function buildEquals(slow: Slow, { evaluate: first }: Argument, other: Argument): Evaluate {
  const known = readConstant(other);
  // Texts, booleans and null equal nothing but themselves.
  if (typeof known === 'string') {
    const text = keepOnce(known);
    return (scope) => first(scope) === text;
  }
  if (known === null || typeof known === 'boolean') return (scope) => first(scope) === known;
  const second = other.evaluate;
  return (scope) => {
    const a = first(scope);
    const b = second(scope);
    return typeof a === 'string' || (typeof a === 'number' && typeof b === 'number') ? a === b : slow(a, b);
  };
}

/** Engines keep texts that are names of properties once, and see at a glance that such are the same or not. */
function keepOnce(text: string): string | undefined {
  return Object.keys({ [text]: null })[0];
}

/** `greater`, and its opposite `lessOrEquals`, where `wanted` is false. */
function buildGreater(slow: Slow, { evaluate: first }: Argument, other: Argument, wanted: boolean): Evaluate {
  const known = readConstant(other);
  if (typeof known === 'number') {
    return (scope) => {
      const a = first(scope);
      return typeof a === 'number' ? a > known === wanted : slow(a, known);
    };
  }
  const second = other.evaluate;
  return (scope) => {
    const a = first(scope);
    const b = second(scope);
    return typeof a === 'number' && typeof b === 'number' ? a > b === wanted : slow(a, b);
  };
}

/** `less`, and its opposite `greaterOrEquals`, where `wanted` is false. */
function buildLess(slow: Slow, { evaluate: first }: Argument, other: Argument, wanted: boolean): Evaluate {
  const known = readConstant(other);
  if (typeof known === 'number') {
    return (scope) => {
      const a = first(scope);
      return typeof a === 'number' ? a < known === wanted : slow(a, known);
    };
  }
  const second = other.evaluate;
  return (scope) => {
    const a = first(scope);
    const b = second(scope);
    return typeof a === 'number' && typeof b === 'number' ? a < b === wanted : slow(a, b);
  };
}
