import { expect, test } from 'vitest';
import { readSignInMessage } from './sign-in-message.ts';

test('only a message of the page that people come back to is read', () => {
  const message = { type: 'patchbay:sign-in', connectionId: 'c1', ok: true, message: 'You can close this.' };
  expect(readSignInMessage(message)).toEqual({ connectionId: 'c1', ok: true, text: 'You can close this.' });
  expect(readSignInMessage({ ...message, ok: 'true' })).toMatchObject({ ok: false });
  for (const other of [
    undefined,
    null,
    'patchbay:sign-in',
    [],
    { ...message, type: 'x' },
    { type: message.type },
  ]) {
    expect(readSignInMessage(other)).toBeUndefined();
  }
});
