import { randomBytes } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { createTestDatabase } from '../../test/postgres/index.ts';
import { Secret } from '../base/index.ts';
import { createIdentity } from './identity.ts';

const { db, pool } = await createTestDatabase();
const secret = new Secret<Uint8Array>(randomBytes(32));
const identity = createIdentity({ db, secret });
const userId = '01890000-0000-7000-8000-000000000001';
await db
  .insertInto('users')
  .values({ id: userId, name: 'Ada', email: 'a@b.c', emailVerified: true, role: 'admin' })
  .execute();

const asBearer = (key: Secret) => new Headers({ authorization: `Bearer ${key.reveal()}` });

test('a key is recognised in either header', async () => {
  const { key, record } = await identity.createApiKey({ userId, name: 'CI' });
  expect(key.reveal()).toMatch(/^pb_[\w-]{43}$/);
  expect(key.reveal().startsWith(record.start)).toBe(true);
  const principal = { userId, name: 'Ada', email: 'a@b.c', role: 'admin', by: 'key' };
  expect(await identity.authenticate(asBearer(key))).toEqual(principal);
  expect(await identity.authenticate(new Headers({ 'x-api-key': key.reveal() }))).toEqual(principal);
});

test('only a hash of the key is kept', async () => {
  const { key } = await identity.createApiKey({ userId, name: 'hidden' });
  const { rows } = await pool.query('select *, encode(hash, $1) as text from api_keys', ['escape']);
  expect(JSON.stringify(rows)).not.toContain(key.reveal().slice(12));
});

test('a wrong key, an expired one and one of another kind are nobody', async () => {
  const expired = await identity.createApiKey({
    userId,
    name: 'old',
    expiresAt: new Date(Date.now() - 1000),
  });
  expect(await identity.authenticate(asBearer(expired.key))).toBeUndefined();
  for (const text of ['pb_guess', '', 'ey.jwt.token']) {
    expect(await identity.authenticate(asBearer(new Secret(text)))).toBeUndefined();
  }
});

test('a key in use is looked up once in a few seconds', async () => {
  const { key } = await identity.createApiKey({ userId, name: 'busy' });
  const queries = vi.spyOn(pool, 'connect');
  await Promise.all(Array.from({ length: 100 }, () => identity.authenticate(asBearer(key))));
  await identity.authenticate(asBearer(key));
  expect(queries.mock.calls.length).toBeLessThanOrEqual(2); // the look, and the note of its use
  queries.mockRestore();
});

test('a deleted key is refused at once here, and within seconds on another node', async () => {
  const other = createIdentity({ db, secret });
  const { key, record } = await identity.createApiKey({ userId, name: 'gone' });
  await Promise.all([identity.authenticate(asBearer(key)), other.authenticate(asBearer(key))]);
  await identity.deleteApiKey(userId, record.id);
  expect(await identity.authenticate(asBearer(key))).toBeUndefined();
  vi.useFakeTimers({ now: Date.now() + 5_001, toFake: ['Date'] });
  try {
    expect(await other.authenticate(asBearer(key))).toBeUndefined();
  } finally {
    vi.useRealTimers();
  }
});

test('keys are listed to their owner, the newest first, and deleted by nobody else', async () => {
  const first = await identity.createApiKey({ userId, name: 'first' });
  const second = await identity.createApiKey({ userId, name: 'second' });
  await identity.authenticate(asBearer(second.key));
  const keys = await identity.listApiKeys(userId);
  expect(keys.slice(0, 2).map(({ name }) => name)).toEqual(['second', 'first']);
  expect(keys[0]?.lastUsedAt).toBeDefined();

  const stranger = '01890000-0000-7000-8000-000000000002';
  const notFound = { code: 'IDENTITY_KEY_NOT_FOUND' };
  await expect(identity.deleteApiKey(stranger, first.record.id)).rejects.toMatchObject(notFound);
  await expect(identity.deleteApiKey(userId, 'no uuid')).rejects.toMatchObject(notFound);
});
