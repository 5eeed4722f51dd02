import { isJsonObject, type JsonObject } from '../base/index.ts';
import type { Reference } from '../expression/index.ts';
import type { CompiledAction, CompiledParameter, PlacedTemplate } from './types.ts';

/** Reads `runtimeConfiguration.secureData.properties` (Logic Apps, secure inputs and outputs). */
export function readSecureData(definition: JsonObject): { secureInputs: boolean; secureOutputs: boolean } {
  const configuration = definition.runtimeConfiguration;
  const secureData = isJsonObject(configuration) ? configuration.secureData : undefined;
  const properties =
    isJsonObject(secureData) && Array.isArray(secureData.properties) ? secureData.properties : [];
  return { secureInputs: properties.includes('inputs'), secureOutputs: properties.includes('outputs') };
}

/** Types of parameters whose values are never shown. */
export function isSecretType(type: string): boolean {
  return type === 'securestring' || type === 'secureobject';
}

const ACTION_FUNCTIONS = new Set(['outputs', 'body', 'actions', 'actionbody', 'actionoutputs']);

/**
 * Who reads a secret keeps it: an action whose templates read a secure parameter or the secure outputs of
 * another action has secure inputs, and where its outputs repeat its inputs, secure outputs. Repeated until
 * nothing changes, since secrets travel along chains.
 */
export function spreadSecrecy(
  actions: ReadonlyMap<string, CompiledAction>,
  templates: readonly PlacedTemplate[],
  parameters: ReadonlyMap<string, CompiledParameter>,
  triggerIsSecret: boolean,
): Map<string, CompiledAction> {
  for (let changed = true; changed; ) {
    changed = false;
    for (const { action: name, template } of templates) {
      const action = name === undefined ? undefined : actions.get(name);
      if (action === undefined || action.secureInputs) continue;
      if (
        template.references.some((reference) => readsSecret(reference, actions, parameters, triggerIsSecret))
      ) {
        markSecure(action);
        changed = true;
      }
    }
  }
  return new Map(actions);
}

function readsSecret(
  { function: called, name }: Reference,
  actions: ReadonlyMap<string, CompiledAction>,
  parameters: ReadonlyMap<string, CompiledParameter>,
  triggerIsSecret: boolean,
): boolean {
  const lower = called.toLowerCase();
  if (lower.startsWith('trigger')) return triggerIsSecret;
  if (name === undefined) return false;
  if (lower === 'parameters') return parameters.get(name)?.secure === true;
  return ACTION_FUNCTIONS.has(lower) && actions.get(name)?.secureOutputs === true;
}

const REPEATS_INPUTS = new Set([
  'compose',
  'parseJson',
  'variable',
  'select',
  'query',
  'join',
  'table',
  'function',
  'liquid',
  'chunkText',
  'parseDocument',
  'code',
  'response',
]);

function markSecure(action: { -readonly [Key in keyof CompiledAction]: CompiledAction[Key] }): void {
  action.secureInputs = true;
  if (REPEATS_INPUTS.has(action.work.kind)) action.secureOutputs = true;
}
