import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

/** A user of the operating system, by numbers. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Unprivileged accounts a system has, the best first. */
const CANDIDATES = ['postgres', '_postgres', 'nobody', 'daemon'];

/**
 * The account the server must run under: `undefined` for our own. PostgreSQL refuses to run as root, so root
 * hands it to whoever owns the existing data, else to an unprivileged account of the system.
 */
export async function chooseAccount(dataFolder: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(dataFolder).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const accounts = parseAccounts(await readFile('/etc/passwd', 'utf8'));
  for (const name of CANDIDATES) {
    const account = accounts.get(name);
    if (account !== undefined) return account;
  }
  return { uid: 65534, gid: 65534 };
}

/** Reads passwd(5): name → numbers; root's aliases are left out. */
export function parseAccounts(text: string): Map<string, Account> {
  const accounts = new Map<string, Account>();
  for (const line of text.split('\n')) {
    const [name, , uid, gid] = line.split(':');
    if (name === undefined || uid === undefined || gid === undefined || Number(uid) <= 0) continue;
    accounts.set(name, { uid: Number(uid), gid: Number(gid) });
  }
  return accounts;
}

/** Whether the account may enter the folder and each one above it, by their mode bits. */
export async function canEnter(folder: string, account: Account): Promise<boolean> {
  for (let place = await realpath(folder); ; place = path.dirname(place)) {
    const { uid, gid, mode } = await stat(place);
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (place === path.dirname(place)) return true;
  }
}
