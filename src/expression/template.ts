import { type Json, type JsonObject, joinPointer } from '../base/index.ts';
import type { Expression } from './ast.ts';
import { NOWHERE } from './call.ts';
import { type Compiled, compileNode, givesJson } from './compile.ts';
import { ExpressionError, type Source } from './errors.ts';
import { parseBraced, parseWhole } from './parse.ts';
import type { CompiledTemplate, Reference, Scope } from './types.ts';
import { toJson, toText } from './value.ts';

/** Deeper values are no work of people, and would bring recursion to the end of the stack. */
const MAX_DEPTH = 512;

/**
 * Compiles a value of a definition. In its strings, keys included, `@expr` gives a value of its own type,
 * `@{expr}` text inside text, `@@` at the start and `@@{` anywhere a plain `@`.
 *
 * @throws ExpressionError whose pointer names the string inside the value
 */
export function compileTemplate(value: Json): CompiledTemplate {
  const references: Reference[] = [];
  return new Template(compileValue(value, '', 0, references), references, { text: '', pointer: '' });
}

/** Compiles an expression without the leading `@`. */
export function compileExpression(text: string): CompiledTemplate {
  const source: Source = { text, pointer: '' };
  const references: Reference[] = [];
  return new Template(compileWhole(source, 0, references), references, source);
}

class Template implements CompiledTemplate {
  readonly constant: boolean;
  readonly references: readonly Reference[];
  readonly #evaluate: JsonCompiled['evaluate'];
  readonly #source: Source;

  constructor(compiled: JsonCompiled, references: readonly Reference[], source: Source) {
    this.constant = compiled.constant;
    this.references = references;
    this.#evaluate = compiled.evaluate;
    this.#source = source;
  }

  evaluate(scope: Scope): Json {
    try {
      return this.#evaluate(scope);
    } catch (error) {
      // The only errors of JavaScript itself that data can bring about: too deep, or too long a string.
      if (!(error instanceof RangeError)) throw error;
      const sentence = `The values are too large or too deep to evaluate: ${error.message}.`;
      throw new ExpressionError('limit', sentence, this.#source, 0, this.#source.text.length, {
        cause: error,
      });
    }
  }
}

/** A part of a definition, compiled: a text or a value of JSON, never a special number. */
interface JsonCompiled extends Compiled {
  evaluate(scope: Scope): Json;
}

function compileValue(value: Json, pointer: string, depth: number, references: Reference[]): JsonCompiled {
  if (typeof value === 'string') return compileText({ text: value, pointer }, references);
  if (typeof value !== 'object' || value === null) return createConstant(value);
  if (depth > MAX_DEPTH) {
    const sentence = `The value nests deeper than ${MAX_DEPTH} levels.`;
    throw new ExpressionError('limit', sentence, { text: '', pointer }, 0, 0);
  }
  return Array.isArray(value)
    ? compileArray(value, pointer, depth, references)
    : compileObject(value, pointer, depth, references);
}

function createConstant(value: Json): JsonCompiled {
  return { constant: true, evaluate: () => value };
}

function compileArray(items: Json[], pointer: string, depth: number, references: Reference[]): JsonCompiled {
  const parts = items.map((item, index) =>
    compileValue(item, joinPointer(pointer, index), depth + 1, references),
  );
  const evaluate = (scope: Scope) => parts.map((part) => part.evaluate(scope));
  return settle(parts, evaluate);
}

interface Entry {
  /** Its text, where it holds no expression. */
  readonly name: string | undefined;
  readonly key: JsonCompiled;
  readonly value: JsonCompiled;
}

function compileObject(
  object: JsonObject,
  pointer: string,
  depth: number,
  references: Reference[],
): JsonCompiled {
  const entries = Object.entries(object).map(([name, value]): Entry => {
    const inner = joinPointer(pointer, name);
    const key = compileText({ text: name, pointer: inner }, references);
    return {
      name: key.constant ? toText(key.evaluate(NOWHERE)) : undefined,
      key,
      value: compileValue(value, inner, depth + 1, references),
    };
  });
  const parts = entries.flatMap(({ key, value }) => [key, value]);
  return settle(parts, fillShape(entries) ?? ((scope) => evaluateEntries(entries, scope)));
}

/**
 * Where all names are known the object is copied from one that has them, with the values that are known, and only
 * the others are evaluated: engines copy a known shape much faster than they let one grow.
 */
function fillShape(entries: readonly Entry[]): JsonCompiled['evaluate'] | undefined {
  const shape: JsonObject = {};
  const names: string[] = [];
  const values: JsonCompiled['evaluate'][] = [];
  for (const { name, value } of entries) {
    if (name === undefined || name === '__proto__' || Object.hasOwn(shape, name)) return undefined;
    shape[name] = value.constant ? value.evaluate(NOWHERE) : null;
    if (value.constant) continue;
    names.push(name);
    values.push(value.evaluate);
  }
  return copyShape(shape, names, values);
}

type Tuple6<T> = [T, T, T, T, T, T];

/** The first six without a loop: engines have more to go by in calls that stand apart. */
function copyShape(
  shape: JsonObject,
  names: readonly string[],
  values: readonly JsonCompiled['evaluate'][],
): JsonCompiled['evaluate'] {
  const count = names.length;
  const [name0, name1, name2, name3, name4, name5] = names as Tuple6<string>;
  const [value0, value1, value2, value3, value4, value5] = values as Tuple6<JsonCompiled['evaluate']>;
  return (scope) => {
    const result: JsonObject = Object.assign({}, shape);
    if (count > 0) result[name0] = value0(scope);
    if (count > 1) result[name1] = value1(scope);
    if (count > 2) result[name2] = value2(scope);
    if (count > 3) result[name3] = value3(scope);
    if (count > 4) result[name4] = value4(scope);
    if (count > 5) result[name5] = value5(scope);
    for (let index = 6; index < count; index++) {
      result[names[index] as string] = (values[index] as JsonCompiled['evaluate'])(scope);
    }
    return result;
  };
}

function evaluateEntries(entries: readonly Entry[], scope: Scope): JsonObject {
  const result: JsonObject = {};
  for (const { name, key, value } of entries) {
    setOwn(result, name ?? toText(key.evaluate(scope)), value.evaluate(scope));
  }
  return result;
}

/** Assignment would take `__proto__` for the prototype. */
function setOwn(object: JsonObject, key: string, value: Json): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}

/** A value without expressions is built once; what holds one, at every evaluation. */
function settle(parts: readonly Compiled[], evaluate: JsonCompiled['evaluate']): JsonCompiled {
  if (!parts.every((part) => part.constant)) return { constant: false, evaluate };
  return createConstant(evaluate(NOWHERE));
}

function compileText(source: Source, references: Reference[]): JsonCompiled {
  const { text } = source;
  if (!text.includes('@')) return createConstant(text);
  if (/^@(?![@{])/.test(text)) return compileWhole(source, 1, references);
  return joinParts(splitText(source, references));
}

/** An expression that is all of a string, from an offset. */
function compileWhole(source: Source, offset: number, references: Reference[]): JsonCompiled {
  const node = parseWhole(source, offset);
  const { constant, evaluate } = compileNode(node, source, references);
  if (givesJson(node)) return { constant, evaluate: evaluate as JsonCompiled['evaluate'] };
  return { constant, evaluate: (scope) => toJson(evaluate(scope)) };
}

/** The parts of a string between and in `@{…}`; `@@` at the start and `@@{` anywhere are a plain `@`. */
function splitText(source: Source, references: Reference[]): (string | Compiled)[] {
  const { text } = source;
  const parts: (string | Compiled)[] = [];
  let offset = text.startsWith('@@') ? 1 : 0;
  let literal = offset === 1 ? '@' : '';
  offset *= 2;
  for (;;) {
    const at = text.indexOf('@{', offset);
    if (at === -1) break;
    if (at > offset && text.charAt(at - 1) === '@') {
      literal += `${text.slice(offset, at - 1)}@{`;
      offset = at + 2;
      continue;
    }
    const { expression, end } = parseBraced(source, at + 2);
    parts.push(literal + text.slice(offset, at), compileNode(expression, source, references));
    literal = '';
    offset = end;
  }
  parts.push(literal + text.slice(offset));
  return parts;
}

/**
 * The expressions in a text of a definition, parsed and not compiled: for what looks at how values are used.
 *
 * @throws ExpressionError
 */
export function parseTemplateText(text: string): Expression[] {
  const source: Source = { text, pointer: '' };
  if (/^@(?![@{])/.test(text)) return [parseWhole(source, 1)];
  const found: Expression[] = [];
  for (let at = text.indexOf('@{'); at !== -1; at = text.indexOf('@{', at)) {
    if (at > 0 && text.charAt(at - 1) === '@') {
      at += 2;
      continue;
    }
    const { expression, end } = parseBraced(source, at + 2);
    found.push(expression);
    at = end;
  }
  return found;
}

function joinParts(parts: readonly (string | Compiled)[]): JsonCompiled {
  const compiled = parts
    .filter((part) => part !== '')
    .map((part) => (typeof part === 'string' ? createConstant(part) : part));
  const [only] = compiled;
  if (only === undefined) return createConstant('');
  if (compiled.length === 1) return settle(compiled, (scope) => toText(only.evaluate(scope)));
  return settle(compiled, joinTexts(compiled));
}

/** The texts that are known, one before each value that is not and one after the last. */
function joinTexts(parts: readonly Compiled[]): JsonCompiled['evaluate'] {
  const texts = [''];
  const values: Compiled['evaluate'][] = [];
  for (const { constant, evaluate } of parts) {
    if (constant) texts[values.length] += toText(evaluate(NOWHERE));
    else texts[values.push(evaluate)] = '';
  }
  return (scope) => {
    let text = texts[0] as string;
    for (let index = 0; index < values.length; index++) {
      const value = (values[index] as Compiled['evaluate'])(scope);
      text += toText(value) + (texts[index + 1] as string);
    }
    return text;
  };
}
