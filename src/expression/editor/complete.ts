import type { JsonObject } from '../../base/index.ts';
import type { CallExpression, Expression, PathExpression, PathStep } from '../ast.ts';
import { formatSignature } from '../compile.ts';
import type { TypeName } from '../define.ts';
import { findFunction, functionTable } from '../functions/table.ts';
import { parseTolerant } from '../parse.ts';
import { inferNode, inferStep } from './infer.ts';
import { listProperties, typeOfSchema } from './schema-path.ts';
import type { KnownValue, TypeEnvironment } from './types.ts';

/** One thing that may stand at a place. */
export interface CompletionItem {
  readonly label: string;
  /** What replaces the text of the span. */
  readonly insert: string;
  readonly kind: 'function' | 'reference' | 'name' | 'property';
  readonly type: TypeName;
  readonly doc: string;
  /** It has the type that is wanted here. */
  readonly fits: boolean;
}

/** The call around a place, and which of its parameters is being written. */
export interface SignatureHelp {
  readonly label: string;
  readonly doc: string;
  readonly returns: TypeName;
  readonly parameters: readonly {
    readonly name: string;
    readonly type: TypeName;
    readonly optional: boolean;
  }[];
  readonly active: number;
}

export interface Completion {
  /** The text that an item replaces: offsets of UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** What fits the type that is wanted comes first. */
  readonly items: readonly CompletionItem[];
  readonly signature: SignatureHelp | undefined;
}

/** What may stand at an offset of an expression (without the `@`), however unfinished it is. */
export function complete(text: string, offset: number, environment: TypeEnvironment = {}): Completion {
  const { expression } = parseTolerant(text);
  const calls: CallExpression[] = [];
  const place = findPlace(expression, offset, calls) ?? {
    kind: 'value',
    prefix: '',
    start: offset,
    end: offset,
  };
  const call = calls.at(-1);
  const wanted = place.kind === 'value' && call ? parameterAt(call, offset)?.type : undefined;
  const items = listItems(place, call, environment, wanted);
  const { start, end } = place;
  return { start, end, items: rank(items, place.prefix), signature: describeCall(call, offset) };
}

/**
 * The same for a string of a definition: `@expression`, or `text @{expression} text`. `undefined` where the offset
 * stands in plain text.
 */
export function completeTemplate(
  text: string,
  offset: number,
  environment: TypeEnvironment = {},
): Completion | undefined {
  const from = findExpression(text, offset);
  if (from === undefined) return undefined;
  const found = complete(text.slice(from), offset - from, environment);
  return { ...found, start: found.start + from, end: found.end + from };
}

/** Where the expression begins that an offset stands in. */
function findExpression(text: string, offset: number): number | undefined {
  if (/^@(?![@{])/.test(text)) return offset >= 1 ? 1 : undefined;
  for (let from = text.indexOf('@{'); from !== -1 && from + 2 <= offset; from = text.indexOf('@{', from)) {
    if (text.charAt(from - 1) === '@') {
      from += 2;
      continue;
    }
    const { end } = parseTolerant(text, from + 2);
    if (offset <= end || text.charAt(end) !== '}') return from + 2;
    from = end;
  }
  return undefined;
}

interface Place {
  readonly kind: 'value' | 'name' | 'property' | 'none';
  /** What is written so far. */
  readonly prefix: string;
  readonly start: number;
  readonly end: number;
  /** Of a property: what it is selected from, and how it is written. */
  readonly from?: { readonly path: PathExpression; readonly step: number };
}

/** The innermost place that holds the offset; the calls around it are gathered from the outside in. */
function findPlace(node: Expression, offset: number, calls: CallExpression[]): Place | undefined {
  if (offset < node.start || offset > node.end) return undefined;
  switch (node.kind) {
    case 'missing':
      return { kind: 'value', prefix: node.name, start: node.start, end: node.end };
    case 'literal':
      return { kind: 'none', prefix: '', start: node.start, end: node.end };
    case 'call':
      return findInCall(node, offset, calls);
    case 'path':
      return findInPath(node, offset, calls);
  }
}

function findInCall(node: CallExpression, offset: number, calls: CallExpression[]): Place | undefined {
  if (offset <= node.nameEnd)
    return { kind: 'value', prefix: node.name, start: node.start, end: node.nameEnd };
  if (offset >= node.end) return { kind: 'none', prefix: '', start: offset, end: offset };
  calls.push(node);
  for (const [index, argument] of node.arguments.entries()) {
    const depth = calls.length;
    const found = findPlace(argument, offset, calls);
    if (found === undefined) continue;
    const isName = index === 0 && argument.kind === 'literal' && typeof argument.value === 'string';
    if (isName && calls.length === depth && NAME_TABLES[node.name.toLowerCase()]) {
      const { start, end } = argument;
      return { kind: 'name', prefix: argument.value as string, start, end };
    }
    return found;
  }
  return { kind: 'value', prefix: '', start: offset, end: offset };
}

function findInPath(node: PathExpression, offset: number, calls: CallExpression[]): Place | undefined {
  const inTarget = offset < node.target.end ? findPlace(node.target, offset, calls) : undefined;
  if (inTarget !== undefined) return inTarget;
  const step = node.steps.findIndex(({ start, end }) => offset > start && offset <= end);
  const found = node.steps[step];
  if (found === undefined) return undefined;
  const { key } = found;
  if (key.kind === 'literal' && typeof key.value !== 'string') return undefined;
  if (key.kind === 'call' || key.kind === 'path') return findPlace(key, offset, calls);
  const prefix = key.kind === 'literal' ? String(key.value) : key.name;
  return { kind: 'property', prefix, start: key.start, end: key.end, from: { path: node, step } };
}

function listItems(
  place: Place,
  call: CallExpression | undefined,
  environment: TypeEnvironment,
  wanted: TypeName | undefined,
): CompletionItem[] {
  if (place.kind === 'property' && place.from)
    return listPropertyItems(place.from.path, place.from.step, environment);
  if (place.kind === 'name' && call) {
    return (
      NAME_TABLES[call.name.toLowerCase()]?.(environment).map(([name, known]) => ({
        label: name,
        insert: quote(name),
        kind: 'name' as const,
        type: typeOfSchema(known.schema).type,
        doc: known.doc ?? '',
        fits: true,
      })) ?? []
    );
  }
  if (place.kind !== 'value') return [];
  return [...listReferences(environment, wanted), ...listFunctions(wanted)];
}

type Names = readonly (readonly [string, KnownValue])[];

/** What the first argument of a function names. */
const NAME_TABLES: Readonly<Record<string, (environment: TypeEnvironment) => Names>> = {
  parameters: ({ parameters }) => Object.entries(parameters ?? {}),
  variables: ({ variables }) => Object.entries(variables ?? {}),
  outputs: ({ actions }) => Object.entries(actions ?? {}),
  body: ({ actions }) => Object.entries(actions ?? {}),
  actions: ({ actions }) => Object.entries(actions ?? {}),
  actionoutputs: ({ actions }) => Object.entries(actions ?? {}),
  actionbody: ({ actions }) => Object.entries(actions ?? {}),
  formdatavalue: ({ actions }) => Object.entries(actions ?? {}),
  formdatamultivalues: ({ actions }) => Object.entries(actions ?? {}),
  multipartbody: ({ actions }) => Object.entries(actions ?? {}),
  items: ({ loops }) => Object.entries(loops ?? {}),
  iterationindexes: ({ loops }) => Object.entries(loops ?? {}),
  result: ({ scopes }) => (scopes ?? []).map((name) => [name, {}] as const),
};

function listPropertyItems(
  path: PathExpression,
  step: number,
  environment: TypeEnvironment,
): CompletionItem[] {
  const target = inferNode(path.target, environment);
  const from = path.steps.slice(0, step).reduce(inferStep, target);
  const written = path.steps[step];
  return listProperties(from.schema).map(([name, schema]) => ({
    label: name,
    insert: writeKey(name, written),
    kind: 'property',
    type: typeOfSchema(schema).type,
    doc: describeSchemaWords(schema),
    fits: true,
  }));
}

/** In brackets a name is quoted; after a dot only names that need no quotes can stand. */
function writeKey(name: string, step: PathStep | undefined): string {
  const isDot =
    step !== undefined && step.end === step.key.end && step.key.start - step.start <= 2 && !isQuoted(step);
  return isDot ? name : quote(name);
}

function isQuoted({ key }: PathStep): boolean {
  return key.kind === 'literal' && typeof key.value === 'string' && key.end - key.start > key.value.length;
}

function describeSchemaWords(schema: JsonObject): string {
  const words = [schema['x-ms-summary'], schema.title, schema.description];
  return words.find((word): word is string => typeof word === 'string') ?? '';
}

/** Whole references that can be named here: `body('Get')`, `variables('total')`. */
function listReferences(environment: TypeEnvironment, wanted: TypeName | undefined): CompletionItem[] {
  const groups: [call: string, names: Names][] = [
    ['variables', Object.entries(environment.variables ?? {})],
    ['parameters', Object.entries(environment.parameters ?? {})],
    ['body', Object.entries(environment.actions ?? {})],
    ['outputs', Object.entries(environment.actions ?? {})],
    ['items', Object.entries(environment.loops ?? {})],
  ];
  return groups.flatMap(([call, names]) =>
    names.map(([name, { doc = '' }]) => {
      const insert = `${call}(${quote(name)})`;
      const { type } = inferNode(parseTolerant(insert).expression, environment);
      return { label: insert, insert, kind: 'reference' as const, type, doc, fits: fits(type, wanted) };
    }),
  );
}

function listFunctions(wanted: TypeName | undefined): CompletionItem[] {
  return functionTable.map((spec) => ({
    label: spec.name,
    insert: spec.parameters.length === 0 ? `${spec.name}()` : `${spec.name}(`,
    kind: 'function',
    type: spec.returns,
    doc: `${formatSignature(spec)}: ${spec.doc}`,
    fits: fits(spec.returns, wanted),
  }));
}

const NUMBERS: readonly string[] = ['integer', 'number', 'float', 'decimal'];

/** Whether a value of a type may be what is wanted; types with several names fit where one of them does. */
function fits(type: TypeName, wanted: TypeName | undefined): boolean {
  if (wanted === undefined || wanted === 'any' || type === 'any') return true;
  const choices = wanted.split(' | ');
  return type
    .split(' | ')
    .some(
      (one) =>
        choices.includes(one) ||
        (NUMBERS.includes(one) && choices.some((choice) => NUMBERS.includes(choice))),
    );
}

/** What begins as it is written comes before what only holds it; what fits comes first. */
function rank(items: readonly CompletionItem[], prefix: string): CompletionItem[] {
  const wanted = prefix.toLowerCase();
  const score = ({ label, fits: isFit }: CompletionItem) =>
    (label.toLowerCase().startsWith(wanted) ? 0 : 2) + (isFit ? 0 : 1);
  return items
    .filter(({ label }) => label.toLowerCase().includes(wanted))
    .map((item, index) => ({ item, index }))
    .sort((a, b) => score(a.item) - score(b.item) || a.index - b.index)
    .map(({ item }) => item);
}

function parameterAt(call: CallExpression, offset: number) {
  const spec = findFunction(call.name);
  if (spec === undefined) return undefined;
  const active = activeArgument(call, offset);
  return spec.parameters[active] ?? (spec.variadic ? spec.parameters.at(-1) : undefined);
}

function activeArgument(call: CallExpression, offset: number): number {
  const index = call.arguments.findIndex(({ end }) => offset <= end);
  return index === -1 ? Math.max(0, call.arguments.length - 1) : index;
}

function describeCall(call: CallExpression | undefined, offset: number): SignatureHelp | undefined {
  const spec = call && findFunction(call.name);
  if (call === undefined || spec === undefined) return undefined;
  const active = activeArgument(call, offset);
  return {
    label: formatSignature(spec),
    doc: spec.doc,
    returns: spec.returns,
    parameters: spec.parameters.map(({ name, type, optional }) => ({
      name,
      type,
      optional: optional === true,
    })),
    active: spec.variadic ? Math.min(active, spec.parameters.length - 1) : active,
  };
}

function quote(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}
