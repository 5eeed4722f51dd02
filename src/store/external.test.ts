import { expect, test } from 'vitest';
import { createTestDatabase, withDatabase } from '../../test/postgres/index.ts';
import { assertVersion, checkDatabase } from './external.ts';

const { url } = await createTestDatabase();

function change(edit: (parts: URL) => void): string {
  const parts = new URL(url);
  edit(parts);
  return parts.href;
}

test('a database that can be used passes', async () => {
  await expect(checkDatabase(url)).resolves.toBeUndefined();
});

test('a wrong password is told apart, and no password is in the message', async () => {
  const check = checkDatabase(change((parts) => (parts.password = 'sesame-42')));
  await expect(check).rejects.toMatchObject({ code: 'STORE_ACCESS_DENIED' });
  await expect(check).rejects.not.toThrow(/sesame/);
});

test('a missing password is a refusal too', async () => {
  const check = checkDatabase(change((parts) => (parts.password = '')));
  await expect(check).rejects.toMatchObject({ code: 'STORE_ACCESS_DENIED' });
});

test('a database that is not there is named', async () => {
  await expect(checkDatabase(withDatabase(url, 'nowhere'))).rejects.toMatchObject({
    code: 'STORE_DATABASE_MISSING',
    message: expect.stringMatching(/nowhere/),
  });
});

test.each(['postgresql://u:secret@127.0.0.1:1/db', 'postgresql://u:secret@no-such-host.invalid/db'])(
  'a server that does not answer is unreachable: %s',
  async (text) => {
    const check = checkDatabase(text);
    await expect(check).rejects.toMatchObject({ code: 'STORE_UNREACHABLE', status: 503 });
    await expect(check).rejects.not.toThrow(/secret/);
  },
);

test.each(['', 'mysql://u:secret@h/db', 'not a url secret'])('%j is no database URL', async (text) => {
  const check = checkDatabase(text);
  await expect(check).rejects.toMatchObject({ code: 'STORE_URL_INVALID' });
  await expect(check).rejects.not.toThrow(/secret/);
});

test('a user who may not create tables is told so', async () => {
  const readOnly = change((parts) => parts.searchParams.set('options', '-c search_path=nowhere'));
  await expect(checkDatabase(readOnly)).rejects.toMatchObject({ code: 'STORE_NO_CREATE_RIGHT' });
});

test.each([90_624, 130_014])('PostgreSQL %i is too old', (version) => {
  expect(() => assertVersion(version, 'db')).toThrow(/14 is the oldest/);
});

test.each([140_000, 150_018, 180_004])('PostgreSQL %i will do', (version) => {
  expect(() => assertVersion(version, 'db')).not.toThrow();
});
