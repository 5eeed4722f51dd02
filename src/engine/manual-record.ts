import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { type CompiledTrigger, nameFormInputs } from '../flow/index.ts';
import { EngineError } from './errors.ts';
import type { LoadedFlow } from './flow-cache.ts';
import { assertBody } from './request-hooks.ts';

/** A run by hand: what a Request trigger would have got, or whole outputs where the inputs have that shape. */
export function buildManualRecord(
  loaded: LoadedFlow,
  inputs: Json,
  triggerName: string | undefined,
  now: number,
): JsonObject {
  const [first] = loaded.flow.triggers;
  const named = loaded.flow.triggers.find(({ name }) => name === triggerName);
  if (triggerName !== undefined && named === undefined) {
    throw new EngineError('ENGINE_TRIGGER_NOT_FOUND', `The flow has no trigger '${triggerName}'.`);
  }
  const trigger = named ?? first;
  const instant = new Date(now).toISOString();
  const outputs: JsonObject =
    isJsonObject(inputs) && isJsonObject(inputs.outputs)
      ? inputs.outputs
      : { body: trigger?.request?.isForm === true ? readForm(trigger, inputs) : inputs };
  return {
    name: trigger?.name ?? 'manual',
    startTime: instant,
    endTime: instant,
    status: 'Succeeded',
    code: 'OK',
    inputs: null,
    outputs,
  };
}

/** What somebody entered in the form of a trigger. @throws EngineError ENGINE_INPUTS_INVALID */
function readForm(trigger: CompiledTrigger, inputs: Json): Json {
  const body = nameFormInputs(trigger.definition, inputs);
  assertBody(trigger, body);
  return body;
}
