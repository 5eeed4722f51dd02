import { type SpawnOptions, spawn } from 'node:child_process';
import { access, readFile } from 'node:fs/promises';
import { StoreError } from '../errors.ts';
import { type Account, canEnter } from './account.ts';

/** How a server program is started under the right account. */
export interface Launcher {
  readonly account: Account | undefined;
  /** Put before the program and its arguments. */
  readonly prefix: readonly string[];
  readonly options: Pick<SpawnOptions, 'uid' | 'gid' | 'env'>;
}

/** The server gets no environment of ours: ours may hold the master key. */
const ENVIRONMENT = { LC_ALL: 'C', PATH: '/usr/local/bin:/usr/bin:/bin' };

/** Capabilities that let a process enter any folder, with their bit numbers; the weaker first. */
const CAPABILITIES = [
  { name: 'dac_read_search', bit: 2n },
  { name: 'dac_override', bit: 1n },
];

const SETPRIV = ['/usr/bin/setpriv', '/bin/setpriv'];

/**
 * Plans how programs that need `folders` are started. Root's server runs under another account, which may not
 * be able to enter a folder below `/root`: then `setpriv` gives it the one capability to pass through.
 */
export async function planLaunch(
  account: Account | undefined,
  folders: readonly string[],
): Promise<Launcher> {
  if (account === undefined) return { account, prefix: [], options: { env: ENVIRONMENT } };
  const barred = await findBarred(folders, account);
  if (barred === undefined) return { account, prefix: [], options: { ...account, env: ENVIRONMENT } };
  const prefix = await planPassage(account);
  if (prefix !== undefined) return { account, prefix, options: { env: ENVIRONMENT } };
  throw new StoreError(
    'STORE_HOME_UNREACHABLE',
    `PostgreSQL refuses to run as root, and uid ${account.uid}, which it would run under, may not enter ${barred}.`,
  );
}

async function findBarred(folders: readonly string[], account: Account): Promise<string | undefined> {
  for (const folder of folders) if (!(await canEnter(folder, account))) return folder;
  return undefined;
}

async function planPassage({ uid, gid }: Account): Promise<string[] | undefined> {
  const setpriv = await findFirst(SETPRIV);
  const capability = await findCapability();
  if (setpriv === undefined || capability === undefined) return undefined;
  const identity = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  const capabilities = [`--inh-caps=+${capability}`, `--ambient-caps=+${capability}`];
  // Without it access(2), by which the server looks at its own program, would not count the capability.
  return [setpriv, ...identity, ...capabilities, '--securebits=+no_setuid_fixup', '--'];
}

async function findFirst(files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    const found = await access(file).then(
      () => true,
      () => false,
    );
    if (found) return file;
  }
  return undefined;
}

async function findCapability(): Promise<string | undefined> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const mask = BigInt(`0x${/^CapPrm:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`);
  return CAPABILITIES.find(({ bit }) => (mask >> bit) & 1n)?.name;
}

/** Starts a program as planned. `detached`: a Ctrl-C in the terminal must reach us, not the server. */
export function launch(
  launcher: Launcher,
  program: string,
  args: readonly string[],
  stdio: SpawnOptions['stdio'],
) {
  const [command = program, ...rest] = [...launcher.prefix, program, ...args];
  return spawn(command, rest, { ...launcher.options, cwd: '/', stdio, detached: true });
}
