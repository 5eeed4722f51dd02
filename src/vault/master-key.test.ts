import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Secret } from '../base/index.ts';
import { loadMasterKey } from './master-key.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'patchbay-key-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

test('makes a file only its owner may read, and reads the same key from it afterwards', async () => {
  const first = await loadMasterKey({ home });
  expect(first).toHaveLength(32);
  expect((await stat(path.join(home, 'master.key'))).mode & 0o777).toBe(0o600);
  expect(await loadMasterKey({ home })).toEqual(first);
});

test('gives two processes that start at once the same key', async () => {
  const keys = await Promise.all(Array.from({ length: 8 }, () => loadMasterKey({ home })));
  expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1);
});

test('a given key wins over the file, in hexadecimal or base64', async () => {
  await loadMasterKey({ home });
  const key = Buffer.alloc(32, 5);
  for (const text of [key.toString('hex'), key.toString('base64'), `${key.toString('base64url')}\n`]) {
    expect(Buffer.from(await loadMasterKey({ home, masterKey: new Secret(text) }))).toEqual(key);
  }
});

test.each(['', 'short', 'not base64 at all!', 'a'.repeat(63), Buffer.alloc(16).toString('base64')])(
  'refuses %j as a key without repeating it',
  async (text) => {
    const loading = loadMasterKey({ home, masterKey: new Secret(text) });
    await expect(loading).rejects.toMatchObject({ code: 'VAULT_KEY_INVALID' });
    if (text !== '') await expect(loading).rejects.not.toThrow(text);
  },
);

test('refuses a damaged file instead of making a new key over it', async () => {
  const file = path.join(home, 'master.key');
  await writeFile(file, '');
  await expect(loadMasterKey({ home })).rejects.toMatchObject({ code: 'VAULT_KEY_INVALID' });
  expect(await readFile(file, 'utf8')).toBe('');
});
