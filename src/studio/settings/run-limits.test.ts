import { expect, test } from 'vitest';
import type { RunSettings } from '../../api/index.ts';
import {
  findRunLimitFault,
  RUN_LIMIT_GROUPS,
  readRunLimitBounds,
  readRunLimits,
  toRunLimitTexts,
} from './run-limits.ts';

const SETTINGS: RunSettings = {
  retentionDays: 90,
  maximumDurationDays: null,
  responseTimeoutSeconds: 120,
  maximumWaitingRuns: null,
  maximumActions: null,
  maximumLoopItems: 100_000,
  maximumLoopConcurrency: 50,
  maximumUntilCount: 5_000,
};

test('every setting has its field, and the fields say what was set', () => {
  const names = RUN_LIMIT_GROUPS.flatMap(({ fields }) => fields.map(({ name }) => name));
  expect(names.sort()).toEqual(Object.keys(SETTINGS).sort());
  expect(readRunLimits(toRunLimitTexts(SETTINGS))).toEqual(SETTINGS);
});

test('the bounds of a field are those of the API', () => {
  expect(readRunLimitBounds('retentionDays')).toEqual({ minimum: 1, maximum: 36_500, mayBeEmpty: true });
  expect(readRunLimitBounds('maximumWaitingRuns')).toMatchObject({ minimum: 0, mayBeEmpty: true });
  expect(readRunLimitBounds('maximumLoopItems')).toMatchObject({ minimum: 1, mayBeEmpty: false });
});

test.each([
  ['retentionDays', '', undefined],
  ['retentionDays', '0', 'The least is 1.'],
  ['retentionDays', '40000', 'The most is 36,500.'],
  ['responseTimeoutSeconds', ' ', 'Enter a number.'],
  ['responseTimeoutSeconds', '1.5', 'Enter a whole number.'],
  ['responseTimeoutSeconds', 'soon', 'Enter a whole number.'],
  ['maximumLoopConcurrency', '51', 'The most is 50.'],
  ['maximumWaitingRuns', '0', undefined],
] as const)('%s “%s”: %s', (name, text, fault) => {
  expect(findRunLimitFault(name, text)).toBe(fault);
  const texts = { ...toRunLimitTexts(SETTINGS), [name]: text };
  expect(readRunLimits(texts) === undefined).toBe(fault !== undefined);
});
