import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describeError } from '../../base/index.ts';
import { StoreError } from '../errors.ts';

/** Who holds a folder, as shown to the one who came second. */
interface Holder {
  readonly pid: number;
  readonly startedAt: string;
  /** Without the password. */
  readonly url?: string;
}

export interface HomeLock {
  /** Tells who comes second where we are. */
  announce(holder: Holder): void;
  release(): void;
}

/**
 * Takes the folder for this process, or fails at once. The lock is the exclusive lock of an SQLite file: Node
 * has no flock of its own, and this one is the kernel's: it ends with the process however that dies, so
 * nothing stale is ever left, and two starts cannot both win.
 *
 * @throws StoreError STORE_HOME_IN_USE with the holder's pid and URL.
 */
export function lockHome(home: string): HomeLock {
  const holderFile = path.join(home, 'holder.json');
  const database = openLocked(home, holderFile);
  return {
    announce: (holder) => writeFileSync(holderFile, JSON.stringify(holder), { mode: 0o600 }),
    release() {
      if (!database.isOpen) return;
      rmSync(holderFile, { force: true });
      database.close();
    },
  };
}

const SQLITE_BUSY = 5;

function openLocked(home: string, holderFile: string): DatabaseSync {
  const database = new DatabaseSync(path.join(home, 'lock'), { open: false });
  try {
    database.open();
    database.exec('PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    return database;
  } catch (cause) {
    if (database.isOpen) database.close();
    if (readErrorNumber(cause) === SQLITE_BUSY) throw describeHolder(home, readHolder(holderFile), cause);
    const message = `The lock file in ${home} cannot be opened: ${describeError(cause)}.`;
    throw new StoreError('STORE_HOME_NOT_WRITABLE', message, { cause });
  }
}

function readErrorNumber(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'errcode' in error ? error.errcode : undefined;
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined; // it has the lock and has not announced itself yet
  }
}

function describeHolder(home: string, holder: Holder | undefined, cause: unknown) {
  const who = holder === undefined ? 'a process that is just starting' : `process ${holder.pid}`;
  const where = holder?.url === undefined ? '' : ` with its database at ${holder.url}`;
  const message = `${home} is in use by ${who}${where}.`;
  return new StoreError('STORE_HOME_IN_USE', message, { cause, extra: { ...holder } });
}
