import { expect, test } from 'vitest';
import { readSettings } from './settings.ts';

test('without a word from the environment Patchbay listens on this machine only and keeps its data in the folder', () => {
  expect(readSettings({}, '/srv/patchbay')).toMatchObject({
    home: '/srv/patchbay/.patchbay',
    host: '127.0.0.1',
    port: 7300,
    logLevel: 'warn',
  });
});

test('a setting that is not right names the variable', () => {
  expect(() => readSettings({ PATCHBAY_PORT: 'http' }, '/')).toThrow(/PATCHBAY_PORT/);
  expect(() => readSettings({ PATCHBAY_PUBLIC_URL: 'patchbay.example.com' }, '/')).toThrow(
    /PATCHBAY_PUBLIC_URL/,
  );
  expect(() => readSettings({ PATCHBAY_LOG_LEVEL: 'loud' }, '/')).toThrow(/PATCHBAY_LOG_LEVEL/);
});
