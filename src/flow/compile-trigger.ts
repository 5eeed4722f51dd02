import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { adviseOnTrigger } from './action-kinds.ts';
import { hasOption } from './action-settings.ts';
import { compileCallTarget } from './call-target.ts';
import { compileRequestRules } from './compile-request.ts';
import { at, type Compiler } from './compiler.ts';
import { readSecureData } from './secrecy.ts';
import type { CompiledTrigger, TriggerMode } from './types.ts';

/** Trigger types that start runs, by their lower-case name. */
const MODES: ReadonlyMap<string, TriggerMode> = new Map([
  ['request', 'request'],
  ['manual', 'request'],
  ['recurrence', 'recurrence'],
  ['slidingwindow', 'recurrence'],
  ['openapiconnection', 'polling'],
  ['apiconnection', 'polling'],
  ['openapiconnectionwebhook', 'webhook'],
  ['apiconnectionwebhook', 'webhook'],
  ['openapiconnectionnotification', 'webhook'],
  ['apiconnectionnotification', 'webhook'],
  ['http', 'polling'],
  ['httpwebhook', 'webhook'],
]);

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
  const mode = MODES.get(type.toLowerCase());
  if (mode === undefined) reportType(name, type, at(pointer, 'type'), compiler);
  return {
    name,
    type,
    kind: typeof value.kind === 'string' ? value.kind : undefined,
    pointer,
    definition: value,
    inputs: compiler.template(inputsWithoutHost(value), at(pointer, 'inputs')),
    mode: mode ?? 'none',
    request: mode === 'request' ? compileRequestRules(value) : undefined,
    target:
      mode === 'polling' || mode === 'webhook'
        ? compileTarget(name, type, value, pointer, compiler)
        : undefined,
    clientTrackingId: compileTrackingId(value, pointer, compiler),
    splitOn:
      value.splitOn === undefined ? undefined : compiler.template(value.splitOn, at(pointer, 'splitOn')),
    secure: readSecureData(value).secureOutputs,
    conditions: compileConditions(value.conditions, at(pointer, 'conditions'), compiler),
    recurrence:
      value.recurrence === undefined
        ? undefined
        : compiler.template(value.recurrence, at(pointer, 'recurrence')),
    concurrency: readTriggerConcurrency(value),
  };
}

/** A warning where the type is known, an error where nobody has heard of it. */
function reportType(name: string, type: string, pointer: string, compiler: Compiler): void {
  const advice = adviseOnTrigger(type);
  const message = `Trigger '${name}' has the type '${type}', which Patchbay cannot start from`;
  if (advice === undefined) compiler.report('FLOW_TRIGGER_TYPE', `${message}.`, pointer);
  else compiler.warn('FLOW_TRIGGER_NOT_RUN', `${message}: ${advice}.`, pointer);
}

/** How many runs wait at most beside `runs` of them (the published limits: ten more than run). */
function readTriggerConcurrency(value: JsonObject): CompiledTrigger['concurrency'] {
  if (hasOption(value, 'SingleInstance')) return { runs: 1, maximumWaiting: 0 };
  const configuration = isJsonObject(value.runtimeConfiguration) ? value.runtimeConfiguration : {};
  const concurrency = isJsonObject(configuration.concurrency) ? configuration.concurrency : {};
  const runs = Number(concurrency.runs ?? Number.NaN);
  if (!Number.isInteger(runs) || runs < 1) return undefined;
  const waiting = Number(concurrency.maximumWaitingRuns ?? Number.NaN);
  return {
    runs: Math.min(runs, 100),
    maximumWaiting: Number.isInteger(waiting) && waiting >= 0 ? waiting : undefined,
  };
}

function compileTarget(name: string, type: string, value: JsonObject, pointer: string, compiler: Compiler) {
  const inputs = isJsonObject(value.inputs) ? value.inputs : {};
  if (type.toLowerCase() === 'httpwebhook' && !isJsonObject(inputs.subscribe)) {
    const message = `Trigger '${name}' (${type}) needs "subscribe" with a "uri" in its inputs.`;
    compiler.report('FLOW_INPUT_MISSING', message, at(pointer, 'inputs'));
  }
  if (type.toLowerCase() === 'http' && inputs.uri === undefined) {
    const message = `Trigger '${name}' (${type}) needs "uri" in its inputs.`;
    compiler.report('FLOW_INPUT_MISSING', message, at(pointer, 'inputs'));
  }
  const target = compileCallTarget(type, inputs);
  if (target.kind === 'operation' && target.reference === undefined) {
    compiler.report(
      'FLOW_CONNECTION_MISSING',
      `Trigger '${name}' names no connection in inputs.host.`,
      at(pointer, 'inputs', 'host'),
    );
  }
  return target;
}

/** Split runs have a configuration of their own. */
function compileTrackingId(value: JsonObject, pointer: string, compiler: Compiler) {
  const split = isJsonObject(value.splitOnConfiguration) ? value.splitOnConfiguration : undefined;
  const place = split === undefined ? pointer : at(pointer, 'splitOnConfiguration');
  const { correlation } = split ?? value;
  const id = isJsonObject(correlation) ? correlation.clientTrackingId : undefined;
  return id === undefined ? undefined : compiler.template(id, at(place, 'correlation', 'clientTrackingId'));
}

/** A Request trigger's schema may hold text that begins with `@`: it describes data and is no template. */
function inputsWithoutHost(value: JsonObject): Json {
  if (!isJsonObject(value.inputs)) return null;
  const { host: _host, authentication, schema: _schema, ...rest } = value.inputs;
  // The authentication of a connector's trigger is the platform's own token; that of a request is the author's.
  const isRequest = /^http(?:webhook)?$/i.test(String(value.type));
  return isRequest && authentication !== undefined ? { ...rest, authentication } : rest;
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
