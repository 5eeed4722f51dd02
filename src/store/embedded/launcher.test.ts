import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { canEnter, chooseAccount, parseAccounts } from './account.ts';
import { launch, planLaunch } from './launcher.ts';

const isRoot = process.getuid?.() === 0;
/** Neither root nor whoever runs the tests. */
const nobody = { uid: 54_321, gid: 54_321 };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'patchbay-launch-'));
  await chmod(folder, 0o755);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('reads accounts, without root and its aliases', () => {
  const accounts = parseAccounts(
    'root:x:0:0:root:/root:/bin/sh\ntoor:x:0:0::/:/bin/sh\npostgres:x:101:104:::\n\n',
  );
  expect([...accounts]).toEqual([['postgres', { uid: 101, gid: 104 }]]);
});

test('a folder can be entered when every folder above it can', async () => {
  const inner = path.join(folder, 'private', 'inner');
  await mkdir(inner, { recursive: true });
  expect(await canEnter(inner, nobody)).toBe(true);
  await chmod(path.join(folder, 'private'), 0o700);
  expect(await canEnter(inner, nobody)).toBe(false);
  expect(await canEnter(inner, { uid: process.getuid?.() ?? 0, gid: 0 })).toBe(true);
});

test.skipIf(isRoot)('an ordinary user starts the server as himself', async () => {
  expect(await chooseAccount(folder)).toBeUndefined();
  expect((await planLaunch(undefined, [folder])).prefix).toEqual([]);
});

test.runIf(isRoot)('root starts it under an account that is not root', async () => {
  const account = await chooseAccount(path.join(folder, 'none'));
  expect(account?.uid).toBeGreaterThan(0);
  const launcher = await planLaunch(account, [folder]);
  expect(launcher).toMatchObject({ prefix: [], options: account });
});

test.runIf(isRoot)(
  'behind a door only root passes it runs programs, reads, and has no other right',
  async () => {
    const program = path.join(folder, 'program');
    await writeFile(
      program,
      '#!/bin/sh\ntest -x "$0" && test -r "$0" && test "$(id -u)" = 54321 && ! touch "$1"\n',
    );
    await chmod(program, 0o755);
    await chmod(folder, 0o700);
    const launcher = await planLaunch(nobody, [folder]);
    expect(launcher.prefix[0]).toMatch(/setpriv$/);
    const child = launch(launcher, program, [path.join(folder, 'new')], 'ignore');
    expect(await once(child, 'exit')).toEqual([0, null]);
  },
);

test('the server is given nothing of our environment', async () => {
  process.env['PATCHBAY_LAUNCH_TEST'] = 'secret';
  const launcher = await planLaunch(undefined, []);
  const child = launch(launcher, '/bin/sh', ['-c', 'test -z "$PATCHBAY_LAUNCH_TEST"'], 'ignore');
  expect(await once(child, 'exit')).toEqual([0, null]);
  delete process.env['PATCHBAY_LAUNCH_TEST'];
});
