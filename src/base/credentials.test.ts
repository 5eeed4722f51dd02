import { describe, expect, test } from 'vitest';
import { holdsCredentials, isCredentialName, maskCredentials } from './credentials.ts';
import { REDACTED } from './secret.ts';

describe('isCredentialName', () => {
  test.each([
    'Authorization',
    'X-Api-Key',
    'client_secret',
    'body/login/password',
    'Ocp-Apim-Subscription-Key',
    'refreshToken',
  ])('%s', (name) => expect(isCredentialName(name)).toBe(true));

  test.each(['token_type', 'passwordHint', 'nextPageToken', 'key', 'secretary', 'body/password/changedAt'])(
    'not %s',
    (name) => expect(isCredentialName(name)).toBe(false),
  );
});

describe('maskCredentials', () => {
  test('masks by name at any depth and leaves the rest, and the original, as they are', () => {
    const value = { a: [{ password: 'x', user: 'ada' }], headers: { Cookie: 'c=1', accept: '*/*' }, pwd: '' };
    expect(maskCredentials(value)).toEqual({
      a: [{ password: REDACTED, user: 'ada' }],
      headers: { Cookie: REDACTED, accept: '*/*' },
      pwd: '',
    });
    expect(value.a[0]?.password).toBe('x');
  });

  test('gives back what holds none', () => {
    const value = { password: null, authorization: {}, list: [1, 'two'] };
    expect(holdsCredentials(value)).toBe(false);
    expect(maskCredentials(value)).toBe(value);
  });
});
