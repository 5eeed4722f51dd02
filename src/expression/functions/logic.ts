import { type Argument, type Evaluate, type Explain, guardValue, type Slow } from '../call.ts';
import { define, defineLazy, Fault, refuse } from '../define.ts';
import { boolean, value } from '../parameters.ts';
import { describeKind, type Value } from '../value.ts';
import { COMPARISON_FUNCTIONS } from './comparisons.ts';

export const LOGIC_FUNCTIONS = [
  defineLazy({
    name: 'and',
    group: 'logic',
    parameters: [boolean('condition')],
    variadic: true,
    returns: 'boolean',
    doc: 'True if all conditions are; the ones after the first false are not evaluated.',
    example: { expression: "and(true, startsWith('abc', 'a'))", value: true },
    build: (args, explain) => buildJunction(args, false, explain),
  }),
  defineLazy({
    name: 'or',
    group: 'logic',
    parameters: [boolean('condition')],
    variadic: true,
    returns: 'boolean',
    doc: 'True if any condition is; the ones after the first true are not evaluated.',
    example: { expression: 'or(false, greater(2, 1))', value: true },
    build: (args, explain) => buildJunction(args, true, explain),
  }),
  define({
    name: 'not',
    group: 'logic',
    parameters: [boolean('condition')],
    returns: 'boolean',
    doc: 'The opposite of a condition.',
    example: { expression: 'not(greater(1, 2))', value: true },
    run: (condition) => !condition,
    quick: buildNot,
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
  ...COMPARISON_FUNCTIONS,
];

function buildNot(slow: Slow, { evaluate }: Argument): Evaluate {
  return (scope) => {
    const given = evaluate(scope);
    return typeof given === 'boolean' ? !given : slow(given);
  };
}

/** The first condition that decides, decides. */
function buildJunction(args: readonly Evaluate[], decides: boolean, explain: Explain): Evaluate {
  const refuseOther = guardValue((given) => {
    throw new Fault(`expects its parameters to be booleans, not ${describeKind(given)}`, { seen: given });
  }, explain);
  return joinConditions(args, decides, refuseOther);
}

/** Without a loop for three, or for three groups of them: engines have more to go by in calls that stand apart. */
function joinConditions(
  args: readonly Evaluate[],
  decides: boolean,
  refuseOther: (given: Value) => Value,
): Evaluate {
  const otherwise = !decides;
  const size = Math.ceil(args.length / 3);
  const [first, second, third] = [0, size, 2 * size].map((start) => {
    const group = args.slice(start, start + size);
    return group.length > 1 ? joinConditions(group, decides, refuseOther) : (group[0] ?? (() => otherwise));
  }) as [Evaluate, Evaluate, Evaluate];
  return (scope) => {
    const a = first(scope);
    if (a !== otherwise) return a === decides ? decides : refuseOther(a);
    const b = second(scope);
    if (b !== otherwise) return b === decides ? decides : refuseOther(b);
    const c = third(scope);
    return c === otherwise || c === decides ? c : refuseOther(c);
  };
}

function buildIf(args: readonly Evaluate[], explain: Explain): Evaluate {
  const [condition, yes, no] = args as [Evaluate, Evaluate, Evaluate];
  const refuseOther = guardValue((given) => refuse('condition', 'a boolean', given), explain);
  return (scope) => {
    const test = condition(scope);
    if (test === true) return yes(scope);
    return test === false ? no(scope) : refuseOther(test);
  };
}
