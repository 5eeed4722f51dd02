import { equalJson } from '../../base/index.ts';
import { define, defineLazy, type Evaluate, Fault, refuse } from '../define.ts';
import { compareNumbers, toNum } from '../numbers.ts';
import { boolean, value } from '../parameters.ts';
import { compareText } from '../text-case.ts';
import { describeKind, toJson, type Value } from '../value.ts';

export const LOGIC_FUNCTIONS = [
  defineLazy({
    name: 'and',
    group: 'logic',
    parameters: [boolean('condition')],
    variadic: true,
    returns: 'boolean',
    doc: 'True if all conditions are; the ones after the first false are not evaluated.',
    example: { expression: "and(true, startsWith('abc', 'a'))", value: true },
    build: (args) => buildJunction(args, false),
  }),
  defineLazy({
    name: 'or',
    group: 'logic',
    parameters: [boolean('condition')],
    variadic: true,
    returns: 'boolean',
    doc: 'True if any condition is; the ones after the first true are not evaluated.',
    example: { expression: 'or(false, greater(2, 1))', value: true },
    build: (args) => buildJunction(args, true),
  }),
  define({
    name: 'not',
    group: 'logic',
    parameters: [boolean('condition')],
    returns: 'boolean',
    doc: 'The opposite of a condition.',
    example: { expression: 'not(greater(1, 2))', value: true },
    run: (condition) => !condition,
  }),
  defineLazy({
    name: 'if',
    group: 'logic',
    parameters: [boolean('condition'), value('valueIfTrue'), value('valueIfFalse')],
    returns: 'any',
    doc: 'One of two values, by a condition; only that one is evaluated.',
    example: { expression: "if(less(3, 5), 'small', 'large')", value: 'small' },
    build: buildIf,
  }),
  define({
    name: 'equals',
    group: 'logic',
    parameters: [value('value1'), value('value2')],
    returns: 'boolean',
    doc: 'Whether two values are the same: by depth for arrays and objects, minding case for texts.',
    example: { expression: "equals(createArray(1, 'a'), createArray(1, 'a'))", value: true },
    run: (a, b) => isEqual(a, b),
  }),
  define({
    name: 'greater',
    group: 'logic',
    parameters: [value('value1'), value('value2')],
    returns: 'boolean',
    doc: 'Whether the first number or text is greater than the second.',
    example: { expression: 'greater(7, 6.5)', value: true },
    run: (a, b) => compare(a, b) > 0,
  }),
  define({
    name: 'greaterOrEquals',
    group: 'logic',
    parameters: [value('value1'), value('value2')],
    returns: 'boolean',
    doc: 'Whether the first number or text is greater than the second or equal to it.',
    example: { expression: "greaterOrEquals('b', 'a')", value: true },
    run: (a, b) => compare(a, b) >= 0,
  }),
  define({
    name: 'less',
    group: 'logic',
    parameters: [value('value1'), value('value2')],
    returns: 'boolean',
    doc: 'Whether the first number or text is less than the second.',
    example: { expression: 'less(3, 2)', value: false },
    run: (a, b) => compare(a, b) < 0,
  }),
  define({
    name: 'lessOrEquals',
    group: 'logic',
    parameters: [value('value1'), value('value2')],
    returns: 'boolean',
    doc: 'Whether the first number or text is less than the second or equal to it.',
    example: { expression: 'lessOrEquals(2, 2)', value: true },
    run: (a, b) => compare(a, b) <= 0,
  }),
];

/** The first condition that decides, decides. */
function buildJunction(args: readonly Evaluate[], decides: boolean): Evaluate {
  return (scope) => {
    for (const argument of args) if (readCondition(argument(scope)) === decides) return decides;
    return !decides;
  };
}

function readCondition(given: Value): boolean {
  if (typeof given === 'boolean') return given;
  throw new Fault(`expects its parameters to be booleans, not ${describeKind(given)}`, { seen: given });
}

function buildIf(args: readonly Evaluate[]): Evaluate {
  const [condition, yes, no] = args as [Evaluate, Evaluate, Evaluate];
  return (scope) => {
    const test = condition(scope);
    if (typeof test !== 'boolean') refuse('condition', 'a boolean', test);
    return test ? yes(scope) : no(scope);
  };
}

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
