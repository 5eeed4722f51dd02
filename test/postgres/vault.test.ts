import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createDataKeyStore, getDefaultEnvironment } from '../../src/store/index.ts';
import { createMasterKeyWrapper, createVault } from '../../src/vault/index.ts';
import { createTestDatabase } from './index.ts';

const { db } = await createTestDatabase();
const { id: environmentId } = await getDefaultEnvironment(db);
const masterKey = randomBytes(32);
const keys = createDataKeyStore(db);
const wrapper = createMasterKeyWrapper(masterKey);

test('another process with the same master key opens what one has sealed', async () => {
  const sealed = await createVault({ keys, wrapper }).seal(environmentId, 'pässword', 'connection:1');
  const opened = await createVault({ keys, wrapper }).open(environmentId, sealed, 'connection:1');
  expect(opened.reveal()).toBe('pässword');
  expect(`${opened} ${JSON.stringify(opened)}`).not.toContain('pässword');
});

test('a value moved to another connection does not open', async () => {
  const vault = createVault({ keys, wrapper });
  const sealed = await vault.seal(environmentId, 'secret', 'connection:1');
  await expect(vault.open(environmentId, sealed, 'connection:2')).rejects.toMatchObject({
    code: 'VAULT_SEALED_INVALID',
  });
});

test('another master key is told apart from a damaged value', async () => {
  const sealed = await createVault({ keys, wrapper }).seal(environmentId, 'secret', 'c');
  const stranger = createVault({ keys, wrapper: createMasterKeyWrapper(randomBytes(32)) });
  await expect(stranger.open(environmentId, sealed, 'c')).rejects.toMatchObject({
    code: 'VAULT_KEY_WRONG',
    fix: expect.stringContaining('PATCHBAY_MASTER_KEY'),
  });
});

test('nodes that seal for the first time at once agree on one data key', async () => {
  const id = '01890000-0000-7000-8000-000000000001';
  await db.insertInto('environments').values({ id, name: 'Other' }).execute();
  const vaults = Array.from({ length: 6 }, () => createVault({ keys, wrapper }));
  const sealed = await Promise.all(vaults.map((vault) => vault.seal(id, 'x', 'c')));
  const reader = createVault({ keys, wrapper });
  for (const value of sealed) expect((await reader.open(id, value, 'c')).reveal()).toBe('x');
});

test('an environment that is not there is an error, also the second time', async () => {
  const vault = createVault({ keys, wrapper });
  const id = '01890000-0000-7000-8000-000000000002';
  for (let attempt = 0; attempt < 2; attempt += 1) {
    await expect(vault.seal(id, 'x', 'c')).rejects.toMatchObject({ code: 'VAULT_ENVIRONMENT_MISSING' });
  }
});

test('a derived key is the same in each process and differs by purpose', async () => {
  const [one, two] = [createVault({ keys, wrapper }), createVault({ keys, wrapper })];
  const key = await one.deriveKey(environmentId, 'sessions');
  expect(key.reveal()).toHaveLength(32);
  expect((await two.deriveKey(environmentId, 'sessions')).reveal()).toEqual(key.reveal());
  expect((await one.deriveKey(environmentId, 'callbacks')).reveal()).not.toEqual(key.reveal());
});
