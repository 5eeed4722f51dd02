import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { type CompiledTemplate, createContextScope } from '../expression/index.ts';
import { completeRecord, evaluateRecordInputs } from './trigger-inputs.ts';
import type { CompiledFlow, CompiledTrigger } from './types.ts';

/** What a trigger's firing leads to. */
export type Firing =
  | { readonly kind: 'runs'; readonly triggers: readonly JsonObject[] }
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/** What is known when a trigger fires. */
export interface FiringInput {
  readonly outputs: JsonObject;
  readonly parameters?: JsonObject;
  /** Epoch milliseconds. */
  readonly now: number;
  /** What `listCallbackUrl()` gives. */
  readonly callbackUrl?: string;
}

/** In place of the trigger's URL, by which anybody could start runs. */
const MASKED_URL = '••••••';

/**
 * Turns one firing of a trigger into the trigger records of the runs it starts: one, or with `splitOn` one for
 * each element; none where a trigger condition does not hold.
 */
export function fireTrigger(flow: CompiledFlow, trigger: CompiledTrigger, input: FiringInput): Firing {
  try {
    const inputs = evaluateRecordInputs(flow, trigger, () =>
      scopeOf(flow, {}, { ...input, callbackUrl: MASKED_URL }),
    );
    const records = splitOutputs(trigger, input, flow).map((outputs) =>
      track(flow, trigger, buildRecord(trigger, inputs, outputs, input.now), input),
    );
    const passing = records.filter((record) => unmetCondition(flow, trigger, record, input) === undefined);
    if (passing.length > 0 || records.length === 0) return { kind: 'runs', triggers: passing };
    const [first] = records;
    const condition = first && unmetCondition(flow, trigger, first, input);
    return { kind: 'skipped', reason: `The trigger condition ${condition} does not hold.` };
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    return {
      kind: 'failed',
      code: code ?? 'InvalidTemplate',
      message: `Trigger '${trigger.name}': ${message}`,
    };
  }
}

function splitOutputs(trigger: CompiledTrigger, input: FiringInput, flow: CompiledFlow): JsonObject[] {
  if (trigger.splitOn === undefined) return [input.outputs];
  const items = trigger.splitOn.evaluate(
    scopeOf(flow, buildRecord(trigger, null, input.outputs, input.now), input),
  );
  if (!Array.isArray(items)) {
    throw Object.assign(new TypeError('"splitOn" did not give an array.'), { code: 'InvalidSplitOn' });
  }
  return items.map((body) => ({ ...input.outputs, body }));
}

/** Adds the id by which people follow a run: what the definition says, or what the caller sent. */
function track(
  flow: CompiledFlow,
  trigger: CompiledTrigger,
  record: JsonObject,
  input: FiringInput,
): JsonObject {
  const { headers } = input.outputs;
  const sent = isJsonObject(headers) ? headers['x-ms-client-tracking-id'] : undefined;
  const id = trigger.clientTrackingId?.evaluate(scopeOf(flow, record, input)) ?? sent ?? null;
  return id === null ? record : { ...record, clientTrackingId: String(id) };
}

function unmetCondition(
  flow: CompiledFlow,
  trigger: CompiledTrigger,
  record: JsonObject,
  input: FiringInput,
): string | undefined {
  if (trigger.conditions.length === 0) return undefined;
  const scope = scopeOf(flow, record, input);
  return trigger.conditions.find(({ condition }) => condition.evaluate(scope) !== true)?.text;
}

function scopeOf(flow: CompiledFlow, record: JsonObject, input: FiringInput) {
  const parameters: JsonObject = {};
  for (const { name, defaultValue } of flow.parameters.values()) {
    parameters[name] = input.parameters?.[name] ?? defaultValue ?? null;
  }
  return createContextScope({
    trigger: completeRecord(flow, record),
    parameters,
    now: new Date(input.now).toISOString(),
    ...(input.callbackUrl === undefined ? {} : { callbackUrl: input.callbackUrl }),
  });
}

function buildRecord(trigger: CompiledTrigger, inputs: Json, outputs: JsonObject, now: number): JsonObject {
  const instant = new Date(now).toISOString();
  return {
    name: trigger.name,
    startTime: instant,
    endTime: instant,
    status: 'Succeeded',
    code: 'OK',
    inputs,
    outputs,
  };
}

/** A value of a trigger's definition that may hold expressions over parameters. */
export function evaluateTemplate(flow: CompiledFlow, template: CompiledTemplate, now: number): Json {
  return template.evaluate(scopeOf(flow, {}, { outputs: {}, now }));
}

/** The inputs a polling trigger calls its operation with, or a webhook trigger subscribes with. */
export function evaluateTriggerInputs(
  flow: CompiledFlow,
  trigger: CompiledTrigger,
  parameters: JsonObject,
  now: number,
  callbackUrl?: string,
): JsonObject {
  const scope = scopeOf(flow, {}, { outputs: {}, parameters, now, ...(callbackUrl && { callbackUrl }) });
  const value: Json = trigger.inputs.evaluate(scope);
  return isJsonObject(value) ? value : {};
}
