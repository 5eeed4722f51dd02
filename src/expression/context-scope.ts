import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { parseTimestamp } from './dotnet/parse-timestamp.ts';
import { findKey } from './property.ts';
import type { Scope } from './types.ts';

/** What an expression cannot know by itself; pure code is given it. */
export interface World {
  /** Epoch milliseconds. */
  now(): number;
  /** In [0, 1). */
  random(): number;
}

/**
 * A scope over a plain object, for tests and the command line. Its properties, all optional: `parameters`,
 * `variables`, `outputs` (action name → outputs), `actions` (records; outputs from `outputs` where they lack them),
 * `trigger` (record), `item`, `items`, `iterationIndexes`, `results`, `workflow`, `action`, `now` (ISO text or epoch
 * milliseconds; pins the clock), `callbackUrl`, `appSettings`, `agentParameters`.
 *
 * Without a world the clock stands where `now` says, else at 1970, and chance is a fixed sequence.
 */
export function createContextScope(context: JsonObject, world: World = createFixedWorld()): Scope {
  const look = (table: string, name: string): Json | undefined => {
    const entries = context[table];
    const key = isJsonObject(entries) ? findKey(entries, name) : undefined;
    return isJsonObject(entries) && key !== undefined ? entries[key] : undefined;
  };
  const trigger = asObject(context.trigger);
  const pinned = readInstant(context.now);
  return {
    parameter: (name) => look('parameters', name),
    variable: (name) => look('variables', name),
    trigger: () => trigger,
    action: (name) => findRecord(name, look('actions', name), look('outputs', name)),
    outputs: (name) => findOutputs(look('actions', name), look('outputs', name)),
    item: () => context.item,
    items: (loop) => look('items', loop),
    iterationIndex: (loop) => asNumber(look('iterationIndexes', loop)),
    result: (name) => asArray(look('results', name)),
    workflow: () => asObject(context.workflow) ?? {},
    currentAction: () => asObject(context.action),
    callbackUrl: () => asText(context.callbackUrl),
    appSetting: (name) => asText(look('appSettings', name)),
    agentParameter: (name) => look('agentParameters', name),
    now: () => pinned?.ms ?? world.now(),
    nowTicks: () => pinned?.ticks ?? 0,
    random: () => world.random(),
  };
}

/** The outputs that the record of an action has, else those given beside it. */
function findOutputs(record: Json | undefined, outputs: Json | undefined): Json | undefined {
  return isJsonObject(record) && 'outputs' in record ? record.outputs : outputs;
}

function findRecord(
  name: string,
  record: Json | undefined,
  outputs: Json | undefined,
): JsonObject | undefined {
  if (isJsonObject(record)) return 'outputs' in record ? record : { ...record, outputs: outputs ?? null };
  return outputs === undefined ? undefined : { name, outputs };
}

function readInstant(now: Json | undefined): { ms: number; ticks: number } | undefined {
  if (typeof now === 'number') return { ms: now, ticks: 0 };
  return typeof now === 'string' ? parseTimestamp(now) : undefined;
}

function createFixedWorld(): World {
  let state = 0x2545f491;
  const random = () => {
    // mulberry32: small, and good enough for a sequence that only has to be the same every time
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { now: () => 0, random };
}

function asObject(value: Json | undefined): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}

function asArray(value: Json | undefined): Json[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function asText(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function asNumber(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
