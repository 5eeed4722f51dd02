import { expect, test } from 'vitest';
import type { JsonObject } from '../base/index.ts';
import { compileFlow } from './compile.ts';
import { describeOccurrence, readTriggerRecurrence } from './occurrence.ts';

function read(trigger: JsonObject, parameters: JsonObject = {}) {
  const flow = compileFlow({ parameters, triggers: { t: trigger }, actions: {} });
  const [compiled] = flow.triggers;
  if (compiled === undefined) throw new Error('no trigger');
  return { compiled, recurrence: readTriggerRecurrence(flow, compiled, 0) };
}

test('a sliding window gives the window that ends with the occurrence, and its number', () => {
  const { compiled, recurrence } = read(
    {
      type: 'SlidingWindow',
      recurrence: { frequency: 'Hour', interval: 2, startTime: "@parameters('Start')" },
      inputs: { delay: 'PT5M' },
    },
    { Start: { type: 'String', defaultValue: '2026-01-01T00:00:00Z' } },
  );
  if (typeof recurrence === 'string') throw new Error(recurrence);
  expect(describeOccurrence(compiled, recurrence, Date.parse('2026-01-01T04:05:00Z'), 0)).toEqual({
    windowStartTime: '2026-01-01T02:00:00.000Z',
    windowEndTime: '2026-01-01T04:00:00.000Z',
    sequenceNumber: 2,
  });
  expect(recurrence.startAt).toBe(Date.parse('2026-01-01T00:05:00Z'));
});

test('a recurrence that cannot be evaluated says so', () => {
  const { recurrence } = read({
    type: 'Recurrence',
    recurrence: { frequency: 'Day', interval: "@int('x')" },
  });
  expect(recurrence).toContain('cannot be evaluated');
});
