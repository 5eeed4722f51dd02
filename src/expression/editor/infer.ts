import type { JsonObject } from '../../base/index.ts';
import type { CallExpression, Expression, PathStep } from '../ast.ts';
import { findFunction } from '../functions/table.ts';
import { parseTolerant } from '../parse.ts';
import { DecimalNumber, SpecialNumber, type Value } from '../value.ts';
import { ANY, getElementType, getPropertyType, typeOfSchema } from './schema-path.ts';
import type { InferredType, KnownValue, TypeEnvironment } from './types.ts';

/**
 * The type of what an expression (without the `@`) gives, as far as it can be told before it runs. Unfinished text
 * gives the type of what is there.
 */
export function inferType(text: string, environment: TypeEnvironment = {}): InferredType {
  return inferNode(parseTolerant(text).expression, environment);
}

export function inferNode(node: Expression, environment: TypeEnvironment): InferredType {
  switch (node.kind) {
    case 'literal':
      return inferLiteral(node.value);
    case 'call':
      return inferCall(node, environment);
    case 'path':
      return node.steps.reduce(inferStep, inferNode(node.target, environment));
    case 'missing':
      return ANY;
  }
}

function inferLiteral(value: Value): InferredType {
  if (typeof value === 'string') return { type: 'string' };
  if (typeof value === 'boolean') return { type: 'boolean' };
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return { type: 'integer' };
  if (value instanceof DecimalNumber) return { type: 'decimal' };
  return { type: typeof value === 'number' || value instanceof SpecialNumber ? 'float' : 'any' };
}

/** One step of a path further. */
export function inferStep(from: InferredType, { key }: PathStep): InferredType {
  if (key.kind !== 'literal') return from.type === 'array' ? getElementType(from) : ANY;
  if (typeof key.value === 'string') return getPropertyType(from, key.value);
  return from.type === 'array' ? getElementType(from) : ANY;
}

type Infer = (
  argument: (index: number) => InferredType,
  name: string | undefined,
  environment: TypeEnvironment,
  count: number,
) => InferredType;

const RECORD_PROPERTIES: JsonObject = {
  name: { type: 'string' },
  status: { type: 'string', description: 'Succeeded, Failed, Skipped, TimedOut, Cancelled' },
  code: { type: 'string' },
  startTime: { type: 'string', format: 'date-time' },
  endTime: { type: 'string', format: 'date-time' },
  inputs: {},
  outputs: {},
  error: { type: 'object', properties: { code: { type: 'string' }, message: { type: 'string' } } },
};

/** Functions whose type follows from what they name, or from their arguments. */
const RULES: Readonly<Record<string, Infer>> = {
  parameters: (_, name, { parameters }) => known(parameters, name),
  variables: (_, name, { variables }) => known(variables, name),
  outputs: (_, name, { actions }) => known(actions, name),
  actionoutputs: (_, name, { actions }) => known(actions, name),
  body: (_, name, { actions }) => getPropertyType(known(actions, name), 'body'),
  actionbody: (_, name, { actions }) => getPropertyType(known(actions, name), 'body'),
  actions: (_, name, { actions }) => recordOf(known(actions, name)),
  trigger: (_, __, { trigger }) => recordOf(typeOfSchema(trigger?.schema)),
  triggeroutputs: (_, __, { trigger }) => typeOfSchema(trigger?.schema),
  triggerbody: (_, __, { trigger }) => getPropertyType(typeOfSchema(trigger?.schema), 'body'),
  item: (_, __, { item, loops }) => typeOfSchema((item ?? Object.values(loops ?? {})[0])?.schema),
  items: (_, name, { loops }) => known(loops, name),
  result: () => typeOfSchema({ type: 'array', items: recordOf(ANY).schema ?? {} }),
  first: (argument) => elementOf(argument(0)),
  last: (argument) => elementOf(argument(0)),
  skip: (argument) => argument(0),
  take: (argument) => argument(0),
  reverse: (argument) => argument(0),
  sort: (argument) => argument(0),
  union: (argument) => argument(0),
  intersection: (argument) => argument(0),
  if: (argument) => common([argument(1), argument(2)]),
  coalesce: (argument, _, __, count) =>
    common(Array.from({ length: count }, (_item, index) => argument(index))),
  createarray: (argument, _, __, count) => {
    const element = common(Array.from({ length: count }, (_item, index) => argument(index)));
    const items = element.schema ?? (element.type === 'any' ? {} : { type: element.type });
    return typeOfSchema({ type: 'array', items });
  },
  array: (argument) => typeOfSchema({ type: 'array', items: argument(0).schema ?? {} }),
  range: () => typeOfSchema({ type: 'array', items: { type: 'integer' } }),
  split: () => typeOfSchema({ type: 'array', items: { type: 'string' } }),
  setproperty: (argument) => argument(0),
  addproperty: (argument) => argument(0),
};

function inferCall(node: CallExpression, environment: TypeEnvironment): InferredType {
  const spec = findFunction(node.name);
  if (spec === undefined) return ANY;
  const rule = Object.hasOwn(RULES, spec.name.toLowerCase()) ? RULES[spec.name.toLowerCase()] : undefined;
  if (rule === undefined) return { type: spec.returns };
  const argument = (index: number): InferredType => {
    const given = node.arguments[index];
    return given === undefined ? ANY : inferNode(given, environment);
  };
  const [first] = node.arguments;
  const name = first?.kind === 'literal' && typeof first.value === 'string' ? first.value : undefined;
  const found = rule(argument, name, environment, node.arguments.length);
  return found.type === 'any' && found.schema === undefined ? { type: spec.returns } : found;
}

function known(
  table: Readonly<Record<string, KnownValue>> | undefined,
  name: string | undefined,
): InferredType {
  const lower = name?.toLowerCase();
  const entry = Object.entries(table ?? {}).find(([key]) => key.toLowerCase() === lower);
  return typeOfSchema(entry?.[1].schema);
}

function recordOf({ schema }: InferredType): InferredType {
  return typeOfSchema({ type: 'object', properties: { ...RECORD_PROPERTIES, outputs: schema ?? {} } });
}

function elementOf(type: InferredType): InferredType {
  return type.type === 'string' ? type : getElementType(type);
}

/** The one type of several values, where they have one; null says nothing. */
function common(types: readonly InferredType[]): InferredType {
  const [first, ...rest] = types.filter((type) => type.type !== 'any' || type.schema !== undefined);
  if (first === undefined) return ANY;
  return rest.every(({ type }) => type === first.type) ? first : ANY;
}
