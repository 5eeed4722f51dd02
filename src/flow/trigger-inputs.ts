import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import type { Scope } from '../expression/index.ts';
import { readSecureData } from './secrecy.ts';
import type { CompiledFlow, CompiledTrigger } from './types.ts';

/** Stands for inputs that nobody is to see. */
const HIDDEN: Json = { hidden: 'The inputs are not shown, because the flow marks them as secure.' };

/**
 * `trigger()['inputs']` as the record of a firing keeps it: only what has to be evaluated. What the definition itself
 * says is added when a run is made, and takes no room in every run's row.
 */
export function evaluateRecordInputs(
  flow: CompiledFlow,
  trigger: CompiledTrigger,
  createScope: () => Scope,
): Json {
  if (isStated(trigger) || hidesInputs(flow, trigger)) return null;
  try {
    return withHost(trigger, trigger.inputs.evaluate(createScope()));
  } catch {
    // Data has arrived and starts a run, whether or not what was asked for can still be told.
    return null;
  }
}

/** A trigger's record with the inputs that are the same for every firing. */
export function completeRecord(flow: CompiledFlow, record: JsonObject): JsonObject {
  const trigger = flow.triggers.find(({ name }) => name === record.name);
  if (trigger === undefined || !isJsonObject(trigger.definition.inputs)) return record;
  if (hidesInputs(flow, trigger)) return { ...record, inputs: HIDDEN };
  if ((record.inputs ?? null) !== null || !isStated(trigger)) return record;
  // The schema of a Request trigger may hold text that begins with `@`: nothing in its inputs is a template.
  const inputs =
    trigger.mode === 'request'
      ? trigger.definition.inputs
      : withHost(trigger, trigger.inputs.evaluate({} as Scope));
  return { ...record, inputs };
}

function isStated({ mode, inputs }: CompiledTrigger): boolean {
  return mode === 'request' || inputs.constant;
}

/** The host names connection and operation; where it is an expression, that is over the platform's own connections. */
function withHost({ definition }: CompiledTrigger, inputs: Json): Json {
  const host = isJsonObject(definition.inputs) ? definition.inputs.host : undefined;
  if (!isJsonObject(host) || !isJsonObject(inputs)) return inputs;
  const stated = Object.entries(host).filter(
    ([, value]) => typeof value === 'string' && !value.includes('@'),
  );
  return stated.length === 0 ? inputs : { host: Object.fromEntries(stated), ...inputs };
}

const hiding = new WeakMap<CompiledTrigger, boolean>();

/** Marked as secure, or read from a secure parameter; the same for every firing, so found out once. */
function hidesInputs(flow: CompiledFlow, trigger: CompiledTrigger): boolean {
  const known = hiding.get(trigger);
  if (known !== undefined) return known;
  const hides = readsSecrets(flow, trigger);
  hiding.set(trigger, hides);
  return hides;
}

function readsSecrets({ parameters }: CompiledFlow, { definition, inputs }: CompiledTrigger): boolean {
  if (readSecureData(definition).secureInputs) return true;
  const secrets = [...parameters.values()]
    .filter(({ secure }) => secure)
    .map(({ name }) => name.toLowerCase());
  return inputs.references.some(
    (reference) =>
      reference.function.toLowerCase() === 'parameters' &&
      secrets.some((name) => reference.name === undefined || name === reference.name.toLowerCase()),
  );
}
