import { expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../code/index.ts';
import { readCodeLimits } from './code-settings.ts';

it('has five seconds and 64 MB for custom code, unless an administrator says otherwise', () => {
  expect(readCodeLimits({})).toEqual(DEFAULT_LIMITS);
  expect(DEFAULT_LIMITS).toMatchObject({ timeoutMs: 5_000, memoryBytes: 64 * 1024 * 1024 });
  const given = { PATCHBAY_CODE_TIMEOUT_SECONDS: '120', PATCHBAY_CODE_MEMORY_MB: '128' };
  expect(readCodeLimits(given)).toMatchObject({ timeoutMs: 120_000, memoryBytes: 128 * 1024 * 1024 });
});

it('refuses limits that make no sense, with the range', () => {
  for (const text of ['121', '0', '-1', 'long', '1.5']) {
    expect(() => readCodeLimits({ PATCHBAY_CODE_TIMEOUT_SECONDS: text })).toThrow(
      expect.objectContaining({ code: 'INVALID_SETTING', fix: 'Give a whole number from 1 to 120.' }),
    );
  }
});
