import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { compileCallTarget } from './call-target.ts';
import { at, type Compiler } from './compiler.ts';
import { readSecureData } from './secrecy.ts';
import type { CompiledTrigger } from './types.ts';

const CONNECTION_TYPES = new Set(['openapiconnection', 'apiconnection']);

/** Trigger types that start runs. */
const TRIGGER_TYPES: ReadonlySet<string> = new Set(['request', 'recurrence', ...CONNECTION_TYPES]);

/** Compiles a trigger: its inputs, `splitOn` and conditions. */
export function compileTrigger(
  name: string,
  value: Json,
  pointer: string,
  compiler: Compiler,
): CompiledTrigger | undefined {
  compiler.action = undefined;
  if (!isJsonObject(value)) {
    compiler.report('FLOW_TRIGGER', `Trigger '${name}' is not an object.`, pointer);
    return undefined;
  }
  const type = String(value.type ?? '');
  if (!TRIGGER_TYPES.has(type.toLowerCase())) {
    compiler.report(
      'FLOW_TRIGGER_TYPE',
      `Trigger '${name}' has the type '${type}', which Patchbay cannot start from.`,
      at(pointer, 'type'),
    );
  }
  return {
    name,
    type,
    kind: typeof value.kind === 'string' ? value.kind : undefined,
    pointer,
    definition: value,
    inputs: compiler.template(inputsWithoutHost(value), at(pointer, 'inputs')),
    target: CONNECTION_TYPES.has(type.toLowerCase())
      ? compileTarget(name, type, value, pointer, compiler)
      : undefined,
    splitOn:
      value.splitOn === undefined ? undefined : compiler.template(value.splitOn, at(pointer, 'splitOn')),
    secure: readSecureData(value).secureOutputs,
    conditions: compileConditions(value.conditions, at(pointer, 'conditions'), compiler),
  };
}

function compileTarget(name: string, type: string, value: JsonObject, pointer: string, compiler: Compiler) {
  const target = compileCallTarget(type, isJsonObject(value.inputs) ? value.inputs : {});
  if (target.kind === 'operation' && target.reference === undefined) {
    compiler.report(
      'FLOW_CONNECTION_MISSING',
      `Trigger '${name}' names no connection in inputs.host.`,
      at(pointer, 'inputs', 'host'),
    );
  }
  return target;
}

/** A Request trigger's schema may hold text that begins with `@`: it describes data and is no template. */
function inputsWithoutHost(value: JsonObject): Json {
  if (!isJsonObject(value.inputs)) return null;
  const { host: _host, authentication: _authentication, schema: _schema, ...rest } = value.inputs;
  return rest;
}

function compileConditions(value: Json | undefined, pointer: string, compiler: Compiler) {
  return (Array.isArray(value) ? value : []).map((entry, index) => {
    const expression = isJsonObject(entry) ? entry.expression : entry;
    return {
      text: String(expression ?? ''),
      condition: compiler.template(expression, at(pointer, index, 'expression')),
    };
  });
}
