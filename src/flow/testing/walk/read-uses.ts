import { getByPointer, isJsonObject, type Json, type JsonObject } from '../../../base/index.ts';
import {
  type CallExpression,
  type Expression,
  ExpressionError,
  functionTable,
  type PathExpression,
  parseTemplateText,
} from '../../../expression/index.ts';
import { makeSample } from '../../../schema/index.ts';
import type { CompiledAction, CompiledFlow } from '../../types.ts';
import { Shape } from './shape.ts';

/** The shapes of what comes into a flow from outside, by how the flow uses it. */
export interface Uses {
  readonly trigger: Shape;
  readonly actions: ReadonlyMap<string, Shape>;
  readonly parameters: ReadonlyMap<string, Shape>;
  /** The elements of loops whose lists are made inside the flow. */
  readonly elements: ReadonlyMap<string, Shape>;
}

/** What a function reads that its types do not tell. */
const SAMPLES: Readonly<Record<string, Json>> = {
  int: '1',
  float: '1.5',
  decimal: '1.5',
  bool: 'true',
  xml: '<sample/>',
  datauritobinary: 'data:text/plain;base64,c2FtcGxl',
  datauritostring: 'data:text/plain;base64,c2FtcGxl',
  decodedatauri: 'data:text/plain;base64,c2FtcGxl',
};
const BY_TYPE: Readonly<Record<string, Json>> = { integer: 1, number: 1, float: 1.5, boolean: true };
const BASE64 = new Set(['base64tostring', 'base64tobinary', 'decodebase64']);
/** What comes out of them is like what goes in, as far as a test's data are concerned. */
const LIKE_THEIR_TEXT = new Set([
  'replace',
  'trim',
  'tolower',
  'toupper',
  'string',
  'coalesce',
  'uricomponenttostring',
]);
const ANSWERS = new Set(['call', 'child', 'unsupported']);
const NUMERIC = new Set(['greater', 'greaterorequals', 'less', 'lessorequals']);
const TIMESTAMP = '2026-01-01T00:00:00Z';
const FUNCTIONS = new Map(functionTable.map((spec) => [spec.name.toLowerCase(), spec]));

/** Looks through all expressions of a flow. */
export function readUses(flow: CompiledFlow): Uses {
  const reader = new UseReader(flow);
  for (const action of flow.actions.values()) reader.readVariables(action);
  reader.readValue(flow.definition.triggers ?? null, undefined);
  for (const action of flow.actions.values()) reader.readAction(action);
  return reader;
}

class UseReader implements Uses {
  readonly trigger = new Shape();
  readonly actions = new Map<string, Shape>();
  readonly parameters = new Map<string, Shape>();
  readonly elements = new Map<string, Shape>();
  readonly #flow: CompiledFlow;
  readonly #variables = new Map<string, Shape>();
  /** Actions whose outputs are being looked up: one that reads itself leads nowhere. */
  readonly #asked = new Set<string>();
  readonly #types = new Map<string, string>();

  constructor(flow: CompiledFlow) {
    this.#flow = flow;
  }

  /** A variable is what it starts as; its type says what that must be. */
  readVariables(action: CompiledAction): void {
    const { inputs } = definitionOf(this.#flow, action);
    if (action.work.kind === 'wait')
      this.#resolveText(getByPointer(inputs, '/interval/count'), action)?.suggest(1);
    if (action.work.kind !== 'variable' || !isJsonObject(inputs)) return;
    const list = Array.isArray(inputs.variables) ? inputs.variables.filter(isJsonObject) : [];
    for (const { name, type, value } of list) {
      const key = String(name).toLowerCase();
      const shape = this.#resolveText(value, action) ?? this.#variables.get(key);
      if (shape !== undefined) this.#variables.set(key, shape);
      this.#types.set(key, String(type).toLowerCase());
    }
    const key = String(inputs.name ?? '').toLowerCase();
    this.#fillVariable(key, action, inputs.value);
    for (const [shape, type] of [
      [this.#resolveText(inputs.value, action), this.#types.get(key)],
      ...list.map(
        ({ value, type }) => [this.#resolveText(value, action), String(type).toLowerCase()] as const,
      ),
    ] as const) {
      if (type === 'array' && action.work.operation !== 'appendArray') shape?.asArray();
      else if (type !== undefined && BY_TYPE[type] !== undefined) shape?.suggest(BY_TYPE[type] as Json);
    }
  }

  /** A variable that starts empty is what it is set to, or holds what is appended to it. */
  #fillVariable(key: string, action: CompiledAction, value: Json | undefined): void {
    const operation = action.work.kind === 'variable' ? action.work.operation : undefined;
    if (key === '' || this.#variables.has(key)) return;
    const shape = this.#resolveText(value, action);
    if (shape === undefined) return;
    if (operation === 'set') this.#variables.set(key, shape);
    if (operation === 'appendArray') this.#variables.set(key, new Shape().linkElement(shape));
  }

  /** An action's own members; nested actions are read as themselves. */
  readAction(action: CompiledAction): void {
    const definition = definitionOf(this.#flow, action);
    const { actions: _inner, else: _else, cases, default: _default, ...own } = definition;
    const cased = isJsonObject(cases)
      ? Object.values(cases).map((one) => (isJsonObject(one) ? (one.case ?? null) : null))
      : [];
    const inputs: JsonObject = isJsonObject(own.inputs) ? own.inputs : {};
    for (const list of [own.foreach, inputs.from]) this.#resolveText(list, action)?.asArray();
    const schema = action.work.kind === 'parseJson' ? inputs.schema : undefined;
    if (isJsonObject(schema)) {
      this.#outputs(action.name).member('body').resemble(makeSample(schema));
    }
    this.readValue(own, action);
    this.readValue(cased, action);
  }

  readValue(value: Json, action: CompiledAction | undefined): void {
    if (typeof value === 'string') {
      for (const expression of parse(value)) this.#read(expression, action);
    } else if (Array.isArray(value)) {
      this.#readOperands(value, action);
      for (const item of value) this.readValue(item, action);
    } else if (isJsonObject(value)) {
      for (const [name, item] of Object.entries(value)) {
        this.readValue(name, action);
        if (name !== 'schema') this.readValue(item, action);
      }
    }
  }

  /** `{"greater": ["@x", 5]}`: what stands beside a constant is most likely like it. */
  #readOperands(pair: readonly Json[], action: CompiledAction | undefined): void {
    const [left, right] = pair;
    if (pair.length !== 2 || left === undefined || right === undefined) return;
    if (typeof right !== 'string' || !right.includes('@')) this.#resolveText(left, action)?.suggest(right);
  }

  #read(node: Expression, action: CompiledAction | undefined): void {
    if (node.kind === 'path') {
      this.#resolve(node, action);
      this.#read(node.target, action);
      for (const step of node.steps) this.#read(step.key, action);
    }
    if (node.kind !== 'call') return;
    this.#resolve(node, action);
    const name = node.name.toLowerCase();
    for (const [index, argument] of node.arguments.entries()) {
      this.#read(argument, action);
      const shape = this.#resolve(argument, action);
      if (shape !== undefined) this.#expect(shape, name, node, index);
    }
  }

  /** What an argument must be to be read by its function. */
  #expect(shape: Shape, name: string, node: CallExpression, index: number): void {
    const spec = FUNCTIONS.get(name);
    const parameter = spec?.parameters[Math.min(index, spec.parameters.length - 1)];
    if (name === 'json') shape.parsed();
    else if (BASE64.has(name)) shape.decoded();
    else if (name === 'substring' && index === 0) shape.lengthen();
    else if ((name === 'indexof' || name === 'lastindexof') && index === 0) {
      const part = node.arguments[1];
      if (part?.kind === 'literal') shape.contain(String(part.value));
    } else if (SAMPLES[name] !== undefined) shape.suggest(SAMPLES[name] as Json);
    else if (NUMERIC.has(name) || name === 'equals') {
      const other = node.arguments[1 - index];
      if (other?.kind === 'literal') shape.suggest(other.value as Json);
      else if (name === 'equals') this.#suggestDefault(shape, other);
    } else if (parameter?.type === 'array' || (name === 'join' && index === 0)) shape.asArray();
    else if (name === 'union' || name === 'intersection') shape.suggest([]);
    else if (parameter?.type === 'object') shape.resemble({});
    else if (parameter !== undefined && BY_TYPE[parameter.type] !== undefined) {
      shape.suggest(BY_TYPE[parameter.type] as Json);
    } else if (spec?.group === 'date' && index === 0 && parameter?.type === 'string')
      shape.suggest(TIMESTAMP);
    else if (spec?.group === 'uri') shape.suggest('https://service.example/path?query=1');
  }

  /** What is compared with a parameter may well be its default. */
  #suggestDefault(shape: Shape, other: Expression | undefined): void {
    if (other?.kind !== 'call' || other.name.toLowerCase() !== 'parameters') return;
    const [name] = other.arguments;
    const wanted = name?.kind === 'literal' ? String(name.value).toLowerCase() : '';
    for (const parameter of this.#flow.parameters.values()) {
      const { defaultValue } = parameter;
      if (parameter.name.toLowerCase() === wanted && defaultValue !== undefined) shape.suggest(defaultValue);
    }
  }

  #resolveText(value: Json | undefined, action: CompiledAction | undefined): Shape | undefined {
    if (typeof value !== 'string') return undefined;
    const whole = /^@\{.*\}$|^@(?![@{])/s.test(value) ? parse(value) : [];
    return whole.length === 1 && whole[0] ? this.#resolve(whole[0], action) : undefined;
  }

  /** The shape that an expression gives, where it comes from outside. */
  #resolve(node: Expression, action: CompiledAction | undefined): Shape | undefined {
    if (node.kind === 'call') return this.#resolveCall(node, action);
    if (node.kind !== 'path') return undefined;
    const text = this.#resolveParts(node, action);
    if (text !== undefined) return text;
    let shape = this.#resolve(node.target, action);
    for (const { key } of node.steps) {
      if (shape === undefined) return undefined;
      if (key.kind === 'call') this.#resolve(key, action)?.suggest(0);
      const value = key.kind === 'literal' ? key.value : 0; // what is computed is most likely an index
      if (typeof value === 'number') shape = shape.element(value);
      else if (typeof value !== 'string') return undefined;
      else
        for (const part of value.split('/'))
          shape = /^\d+$/.test(part) ? shape.element() : shape.member(part);
    }
    return shape;
  }

  /** `split(x, '/')[2]`: of a text with so many parts. What is known of a part counts for the text. */
  #resolveParts(
    { target, steps: [step] }: PathExpression,
    action: CompiledAction | undefined,
  ): Shape | undefined {
    if (target.kind !== 'call' || target.name.toLowerCase() !== 'split' || step === undefined)
      return undefined;
    const [text, delimiter] = target.arguments;
    const index = step.key.kind === 'literal' ? step.key.value : undefined;
    if (text === undefined || typeof index !== 'number' || delimiter?.kind !== 'literal') return undefined;
    const shape = this.#resolve(text, action);
    if (index > 0) shape?.contain(String(delimiter.value), index);
    return shape;
  }

  #resolveCall(node: CallExpression, action: CompiledAction | undefined): Shape | undefined {
    const [first] = node.arguments;
    const name = first?.kind === 'literal' && typeof first.value === 'string' ? first.value : undefined;
    const called = node.name.toLowerCase();
    if (LIKE_THEIR_TEXT.has(called)) return first && this.#resolve(first, action);
    if (BASE64.has(called)) return first && this.#resolve(first, action)?.decoded();
    switch (called) {
      case 'triggeroutputs':
        return this.trigger;
      case 'trigger':
        return new Shape().link('outputs', this.trigger);
      case 'actions':
        return name === undefined ? undefined : new Shape().link('outputs', this.#outputs(name));
      case 'triggerbody':
        return this.trigger.member('body');
      case 'outputs':
      case 'actionoutputs':
        return name === undefined ? undefined : this.#outputs(name);
      case 'body':
      case 'actionbody':
        return name === undefined ? undefined : this.#bodyOf(name);
      case 'parameters':
        return name === undefined ? undefined : this.#parameter(name);
      case 'variables':
        return name === undefined ? undefined : getShape(this.#variables, name.toLowerCase());
      case 'items':
        return name === undefined ? undefined : this.#itemOf(this.#find(name));
      case 'item':
        return this.#itemOf(action);
      case 'first':
      case 'last':
        return first && this.#resolve(first, action)?.element();
      case 'json':
        return first && this.#resolve(first, action)?.parsed();
      default:
        return undefined;
    }
  }

  #find(name: string): CompiledAction | undefined {
    return (
      this.#flow.actions.get(name) ?? this.#flow.actions.get(this.#flow.names.get(name.toLowerCase()) ?? '')
    );
  }

  #outputs(name: string): Shape {
    const action = this.#find(name);
    const key = action?.name ?? name;
    const known = this.actions.get(key);
    if (known !== undefined) return known;
    const shape = (action && this.#passedOn(action)) ?? new Shape();
    if (ANSWERS.has(action?.work.kind ?? '')) shape.member('statusCode').suggest(200);
    this.actions.set(key, shape);
    return shape;
  }

  /** A Compose gives what it takes, a filter the list, and who reads JSON what it says. */
  #passedOn(action: CompiledAction): Shape | undefined {
    if (this.#asked.has(action.name)) return undefined;
    this.#asked.add(action.name);
    const { inputs } = definitionOf(this.#flow, action);
    const member = (key: string) =>
      isJsonObject(inputs) ? this.#resolveText(inputs[key], action) : undefined;
    switch (action.work.kind) {
      case 'compose':
        return this.#resolveText(inputs, action);
      case 'query':
        return new Shape().link('body', member('from') ?? new Shape());
      case 'parseJson':
        return new Shape().link('body', member('content')?.parsed() ?? new Shape());
      default:
        return undefined;
    }
  }

  #bodyOf(name: string): Shape {
    return this.#outputs(name).member('body');
  }

  #parameter(name: string): Shape {
    return getShape(this.parameters, name);
  }

  /** The elements that the nearest repeating action goes through: the action itself, or a loop around it. */
  #itemOf(action: CompiledAction | undefined): Shape | undefined {
    for (let place = action; place; place = place.block.owner) {
      const definition = definitionOf(this.#flow, place);
      const from = isJsonObject(definition.inputs) ? definition.inputs.from : undefined;
      const list = definition.foreach ?? from;
      if (list === undefined) continue;
      const element = this.#resolveText(list, place.block.owner)?.element();
      if (element !== undefined) this.elements.set(place.name, element);
      return element ?? getShape(this.elements, place.name);
    }
    return undefined;
  }
}

/** What the definition says of an action. */
function definitionOf(flow: CompiledFlow, action: CompiledAction): JsonObject {
  const found = getByPointer(flow.definition as Json, action.pointer);
  return isJsonObject(found) ? found : {};
}

function getShape(shapes: Map<string, Shape>, name: string): Shape {
  const shape = shapes.get(name) ?? new Shape();
  shapes.set(name, shape);
  return shape;
}

function parse(text: string): Expression[] {
  if (!text.includes('@')) return [];
  try {
    return parseTemplateText(text);
  } catch (error) {
    if (error instanceof ExpressionError) return []; // `flow check` tells of it
    throw error;
  }
}
