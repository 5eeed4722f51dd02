import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { type CompiledTemplate, compileExpression, type Reference, type Scope } from '../expression/index.ts';
import { at, type Compiler } from './compiler.ts';

/** The comparison operators of a condition object, each with two operands. */
const COMPARISONS = new Map(
  ['equals', 'greater', 'greaterOrEquals', 'less', 'lessOrEquals', 'contains', 'startsWith', 'endsWith'].map(
    (name) => [name.toLowerCase(), compileExpression(`${name}(parameters('left'), parameters('right'))`)],
  ),
);

/**
 * Compiles a condition: an expression (`"@equals(1, 1)"`), or the object form that designers write,
 * `{"and": [{"equals": ["@a", "@b"]}, {"not": {…}}]}` (Workflow Definition Language, If action).
 */
export function compileCondition(
  value: Json | undefined,
  pointer: string,
  compiler: Compiler,
): CompiledTemplate {
  if (!isJsonObject(value)) return compiler.template(value ?? null, pointer);
  const entries = Object.entries(value);
  const [operator, operand] = entries[0] ?? [];
  if (operator === undefined || entries.length !== 1) {
    compiler.report(
      'FLOW_CONDITION',
      `A condition object holds exactly one operator, this one holds ${entries.length}.`,
      pointer,
    );
    return compiler.template(false, pointer);
  }
  return compileOperator(operator, operand, at(pointer, operator), compiler);
}

function compileOperator(
  operator: string,
  operand: Json | undefined,
  pointer: string,
  compiler: Compiler,
): CompiledTemplate {
  const name = operator.toLowerCase();
  if (name === 'and' || name === 'or') return compileJunction(name, operand, pointer, compiler);
  if (name === 'not') return negate(compileCondition(firstOf(operand), pointer, compiler));
  const comparison = COMPARISONS.get(name);
  if (comparison === undefined || !Array.isArray(operand) || operand.length !== 2) {
    const known =
      'and, or, not, equals, greater, greaterOrEquals, less, lessOrEquals, contains, startsWith, endsWith';
    compiler.report(
      'FLOW_CONDITION',
      `'${operator}' is not a condition with two operands; known operators: ${known}.`,
      pointer,
    );
    return compiler.template(false, pointer);
  }
  const left = compiler.template(operand[0], at(pointer, 0));
  const right = compiler.template(operand[1], at(pointer, 1));
  return fromParts([left, right], (scope) =>
    comparison.evaluate(withOperands(scope, left.evaluate(scope), right.evaluate(scope))),
  );
}

/** Designers write `not` with an object; some hand-written flows wrap it in a list of one. */
function firstOf(operand: Json | undefined): Json | undefined {
  return Array.isArray(operand) && operand.length === 1 ? operand[0] : operand;
}

function compileJunction(
  name: 'and' | 'or',
  operand: Json | undefined,
  pointer: string,
  compiler: Compiler,
): CompiledTemplate {
  if (!Array.isArray(operand)) {
    compiler.report('FLOW_CONDITION', `'${name}' takes a list of conditions.`, pointer);
    return compiler.template(false, pointer);
  }
  const parts = operand.map((part, index) => compileCondition(part, at(pointer, index), compiler));
  const evaluate =
    name === 'and'
      ? (scope: Scope) => parts.every((part) => part.evaluate(scope) === true)
      : (scope: Scope) => parts.some((part) => part.evaluate(scope) === true);
  return fromParts(parts, evaluate);
}

function negate(part: CompiledTemplate): CompiledTemplate {
  return fromParts([part], (scope) => part.evaluate(scope) !== true);
}

function fromParts(parts: readonly CompiledTemplate[], evaluate: (scope: Scope) => Json): CompiledTemplate {
  const references: Reference[] = parts.flatMap((part) => part.references);
  return { constant: parts.every((part) => part.constant), references, evaluate };
}

function withOperands(scope: Scope, left: Json, right: Json): Scope {
  const operands: JsonObject = { left, right };
  return Object.assign(Object.create(scope) as Scope, { parameter: (name: string) => operands[name] });
}
