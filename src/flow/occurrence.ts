import { DateTime, type DurationLike } from 'luxon';
import { isJsonObject, type JsonObject } from '../base/index.ts';
import { parseDurationMs } from './duration.ts';
import { parseRecurrence, type Recurrence } from './recurrence.ts';
import { evaluateTemplate } from './trigger.ts';
import type { CompiledFlow, CompiledTrigger } from './types.ts';

/** When a Recurrence or SlidingWindow trigger fires; a sentence when its recurrence cannot be read. */
export function readTriggerRecurrence(
  flow: CompiledFlow,
  trigger: CompiledTrigger,
  now: number,
): Recurrence | string {
  try {
    const value = trigger.recurrence && evaluateTemplate(flow, trigger.recurrence, now);
    const recurrence = parseRecurrence(value);
    if (typeof recurrence === 'string' || recurrence.startAt === undefined) return recurrence;
    return { ...recurrence, startAt: recurrence.startAt + readDelayMs(trigger) };
  } catch (error) {
    return `The recurrence cannot be evaluated: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Whether every occurrence counts, so that missed ones are made up for, one after the other. */
export function isSlidingWindow(trigger: CompiledTrigger): boolean {
  return trigger.type.toLowerCase() === 'slidingwindow';
}

/**
 * The outputs of an occurrence. A sliding window's run gets the window that ends with it, and the number of the
 * occurrence from the start, which has 0.
 *
 * @param anchor when the flow was turned on: the start where the recurrence states none; epoch milliseconds
 */
export function describeOccurrence(
  trigger: CompiledTrigger,
  recurrence: Recurrence,
  at: number,
  anchor: number,
): JsonObject {
  if (!isSlidingWindow(trigger)) return { body: { scheduledTime: new Date(at).toISOString() } };
  const { unit, interval, zone } = recurrence;
  const delayMs = readDelayMs(trigger);
  const end = DateTime.fromMillis(at - delayMs, { zone });
  const start = end.minus({ [unit]: interval } as DurationLike);
  const origin = DateTime.fromMillis((recurrence.startAt ?? anchor) - delayMs, { zone });
  return {
    windowStartTime: new Date(start.toMillis()).toISOString(),
    windowEndTime: new Date(end.toMillis()).toISOString(),
    sequenceNumber: Math.max(0, Math.round(end.diff(origin, unit).as(unit) / interval)),
  };
}

/** `inputs.delay` of a sliding window: how long after its end a window is taken. */
function readDelayMs(trigger: CompiledTrigger): number {
  const { inputs } = trigger.definition;
  const delay = isJsonObject(inputs) ? inputs.delay : undefined;
  if (!isSlidingWindow(trigger) || typeof delay !== 'string') return 0;
  return parseDurationMs(delay) ?? 0;
}
