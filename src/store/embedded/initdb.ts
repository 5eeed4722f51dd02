import { once } from 'node:events';
import { chmod, chown, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { StoreError } from '../errors.ts';
import type { Binaries } from './binaries.ts';
import { type Launcher, launch } from './launcher.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

export const SUPERUSER = 'postgres';

/** The server's major version: a data folder of another one cannot be opened. */
const MAJOR_VERSION = '18';

/** Makes the data folder unless there is one. It appears under its name only when it is complete. */
export async function ensureCluster(
  binaries: Binaries,
  launcher: Launcher,
  dataFolder: string,
  password: string,
): Promise<void> {
  const version = await readFile(path.join(dataFolder, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version?.trim() === MAJOR_VERSION) return;
  if (version !== undefined) {
    const message = `${dataFolder} was written by PostgreSQL ${version.trim()}; this is ${MAJOR_VERSION}.`;
    throw new StoreError('STORE_DATA_VERSION', message);
  }
  const draft = `${dataFolder}.new`;
  await rm(draft, { recursive: true, force: true }); // left by a start that was interrupted
  await makeOwned(draft, launcher);
  await initialise(binaries, launcher, draft, password);
  await rename(draft, dataFolder);
  await syncFolder(path.dirname(dataFolder)); // the names of the cluster and of its password are on disk now
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}

async function makeOwned(folder: string, { account }: Launcher): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  if (account !== undefined) await chown(folder, account.uid, account.gid);
}

async function initialise(
  binaries: Binaries,
  launcher: Launcher,
  folder: string,
  password: string,
): Promise<void> {
  const passwordFile = `${folder}.password`;
  await writeFile(passwordFile, password, { mode: 0o600 });
  try {
    const { account } = launcher;
    if (account !== undefined) await chown(passwordFile, account.uid, account.gid);
    await run(launcher, binaries.initdb, describeCluster(folder, passwordFile));
  } finally {
    await rm(passwordFile, { force: true });
  }
  await chmod(folder, 0o700);
}

/** The built-in C.UTF-8 locale sorts the same on every system and is independent of its libraries. */
function describeCluster(folder: string, passwordFile: string): string[] {
  const settings = Object.entries(DEFAULT_SETTINGS).map(([name, value]) => `--set=${name}=${value}`);
  return [
    `--pgdata=${folder}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
    ...settings,
  ];
}

async function run(launcher: Launcher, program: string, args: readonly string[]): Promise<void> {
  const child = launch(launcher, program, args, ['ignore', 'ignore', 'pipe']);
  const [errors, [code]] = await Promise.all([
    child.stderr === null ? '' : text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  if (code === 0) return;
  throw new StoreError('STORE_START_FAILED', `initdb ended with code ${code}: ${errors.trim()}`);
}
