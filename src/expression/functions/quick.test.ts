import { expect, test } from 'vitest';
import type { Json, JsonObject } from '../../base/index.ts';
import { createContextScope } from '../context-scope.ts';
import { ExpressionError } from '../errors.ts';
import { compileExpression } from '../template.ts';

const VALUES: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  3,
  2.5,
  9007199254740991,
  9223372036854775807n,
  '',
  'a',
  'A',
  'open',
  [],
  [1],
  {},
  { a: 1 },
];

const BINARY = [
  'equals',
  'greater',
  'greaterOrEquals',
  'less',
  'lessOrEquals',
  'add',
  'sub',
  'mul',
  'and',
  'or',
];
const UNARY = ['not', 'empty', 'length', 'toUpper', 'toLower'];

/** The value or the sentence of the error. */
function outcomeOf(expression: string, variables: JsonObject): Json {
  try {
    return compileExpression(expression).evaluate(createContextScope({ variables }));
  } catch (error) {
    if (error instanceof ExpressionError) return error.sentence;
    throw error;
  }
}

/** An argument that is known at compilation, as the language writes it. */
function writeConstant(value: Json): string | undefined {
  if (typeof value === 'object' && value !== null) return undefined;
  return typeof value === 'string' ? `'${value}'` : String(value);
}

test.for(BINARY)('%s gives the same for arguments that are known beforehand and for others', (name) => {
  for (const a of VALUES) {
    for (const b of VALUES) {
      const later = outcomeOf(`${name}(variables('a'), variables('b'))`, { a, b });
      const known = writeConstant(b);
      if (known === undefined) continue;
      expect(outcomeOf(`${name}(variables('a'), ${known})`, { a })).toEqual(later);
      const first = writeConstant(a);
      if (first !== undefined) expect(outcomeOf(`${name}(${first}, ${known})`, {})).toEqual(later);
    }
  }
});

test.for(UNARY)('%s gives the same for an argument that is known beforehand and for others', (name) => {
  for (const a of VALUES) {
    const known = writeConstant(a);
    if (known === undefined) continue;
    expect(outcomeOf(`${name}(${known})`, {})).toEqual(outcomeOf(`${name}(variables('a'))`, { a }));
  }
});

test.for([
  ["equals(variables('a'), variables('b'))", { a: [1, { x: 'y' }], b: [1, { x: 'y' }] }, true],
  ["equals(variables('a'), float('3'))", { a: 3 }, true],
  ["equals(variables('a'), 'open')", { a: 'Open' }, false],
  ["greater(variables('a'), variables('b'))", { a: 'b', b: 'A' }, true],
  ["lessOrEquals(variables('a'), 3)", { a: 3 }, true],
  ["greaterOrEquals(variables('a'), 3)", { a: 9007199254740993n }, true],
  ["add(variables('a'), 1)", { a: 9007199254740991 }, 9007199254740992n],
  ["mul(variables('a'), -1)", { a: 0 }, 0],
  ["div(add(variables('a'), 0.5), 2)", { a: 2.5 }, 1.5],
  ["div(add(variables('a'), 0.5), 4)", { a: 2.5 }, 0.75],
  ["empty(variables('a'))", { a: null }, true],
  ["empty(variables('a'))", { a: { b: 1 } }, false],
] as const)('%s is right', ([expression, variables, wanted]) => {
  expect(outcomeOf(expression, variables as unknown as JsonObject)).toBe(wanted);
});

test('an error of a quick way is that of the long one: the same sentence, place and value', () => {
  const run = () =>
    compileExpression("not(length(variables('a')))").evaluate(createContextScope({ variables: { a: [] } }));
  expect(run).toThrow(
    "The function 'not' expects its parameter 'condition' to be a boolean, not an integer.",
  );
  expect(outcomeOf("and(true, variables('a'), false)", { a: 1 })).toBe(
    "The function 'and' expects its parameters to be booleans, not an integer.",
  );
});

test('conditions of any number decide in their order, and none after the first that decides is evaluated', () => {
  for (let count = 1; count <= 11; count++) {
    for (let decides = 0; decides < count; decides++) {
      const names = Array.from({ length: count }, (_, index) => (index === decides ? 'yes' : 'no'));
      const asked: string[] = [];
      const scope = {
        ...createContextScope({}),
        variable: (name: string) => {
          asked.push(name);
          return name === 'yes';
        },
      };
      const list = names.map((name) => `variables('${name}')`).join(', ');
      expect(compileExpression(`or(${list})`).evaluate(scope)).toBe(true);
      expect(asked).toEqual(names.slice(0, decides + 1));
    }
  }
});
