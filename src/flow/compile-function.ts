import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { compileExpression, createContextScope, type Scope } from '../expression/index.ts';
import type { Source } from './compile-action.ts';
import { at } from './compiler.ts';
import type { Work } from './types.ts';

/**
 * Actions that are one function (`"type": "Expression"` with a kind; "Convert time zone", "Format number" …): the
 * function and the inputs that are its arguments, in order; those with `?` may be missing.
 */
const FUNCTIONS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  currenttime: ['utcNow'],
  converttimezone: ['convertTimeZone', 'baseTime', 'sourceTimeZone', 'destinationTimeZone', 'formatString?'],
  addtotime: ['addToTime', 'baseTime', 'interval', 'timeUnit'],
  subtractfromtime: ['subtractFromTime', 'baseTime', 'interval', 'timeUnit'],
  getfuturetime: ['getFutureTime', 'interval', 'timeUnit'],
  getpasttime: ['getPastTime', 'interval', 'timeUnit'],
  formatnumber: ['formatNumber', 'number', 'format', 'locale?'],
  substring: ['substring', 'text', 'startIndex', 'length?'],
  indexof: ['indexOf', 'text', 'searchText'],
};

/** Compiles such an action: its outputs are `{body: value}`. */
export function buildFunction(source: Source, kind: string): Work {
  const { inputs, pointer, compiler, name } = source;
  const known = Object.hasOwn(FUNCTIONS, kind.toLowerCase()) ? FUNCTIONS[kind.toLowerCase()] : undefined;
  if (known === undefined) {
    const kinds =
      'CurrentTime, ConvertTimeZone, AddToTime, SubtractFromTime, GetFutureTime, GetPastTime, FormatNumber, Substring, IndexOf';
    const message = `Action '${name}' is an Expression of the kind '${kind}'; known kinds: ${kinds}.`;
    compiler.report('FLOW_ACTION_TYPE', message, at(pointer, 'kind'));
  }
  const [called, ...parameters] = known ?? ['utcNow'];
  const present = parameters.filter((parameter) => isGiven(source, parameter));
  const texts = present.map((parameter) => `parameters('${parameter.replace('?', '')}')`);
  const body = compileExpression(`${called}(${texts.join(', ')})`);
  const template = compiler.template(inputs, at(pointer, 'inputs'));
  return {
    kind: 'function',
    inputs: template,
    compute: (given, scope) => body.evaluate(withArguments(scope, given)),
  };
}

function isGiven({ inputs, compiler, name, pointer }: Source, parameter: string): boolean {
  const key = parameter.replace('?', '');
  const given = inputs[key] !== undefined && inputs[key] !== null && inputs[key] !== '';
  if (!given && !parameter.endsWith('?')) {
    const message = `Action '${name}' needs "${key}" in its inputs.`;
    compiler.report('FLOW_INPUT_MISSING', message, at(pointer, 'inputs'));
  }
  return given;
}

/** Numbers come as texts where a designer's field holds an expression. */
function withArguments(scope: Scope, given: Json): Scope {
  const parameters: JsonObject = isJsonObject(given) ? { ...given } : {};
  for (const name of ['interval', 'startIndex', 'length']) {
    const value = parameters[name];
    if (typeof value === 'string' && /^-?\d+$/.test(value)) parameters[name] = Number(value);
  }
  const { number } = parameters;
  if (typeof number === 'string' && /^-?\d+(?:\.\d+)?$/.test(number)) parameters.number = Number(number);
  return createContextScope({ parameters }, { now: () => scope.now(), random: () => scope.random() });
}
