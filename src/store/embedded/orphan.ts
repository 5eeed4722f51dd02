import type { StoreLog } from '../log.ts';
import { disownPostmasterFile, isAlive, isGone, isServerOf, readPostmasterFile } from './postmaster-file.ts';
import { waitUntil } from './wait.ts';

/** How long a fast shutdown may take: it writes all dirty pages. */
const FAST_SHUTDOWN_MS = 30_000;

/**
 * Stops the server that a killed Patchbay left running, so that ours can start: its parent is gone, so nobody
 * would watch over it. Call it only while holding the home's lock.
 */
export async function stopOrphan(dataFolder: string, log: StoreLog): Promise<void> {
  const file = await readPostmasterFile(dataFolder);
  if (file !== undefined && (await isServerOf(file, dataFolder))) {
    log.warn({ pid: file.pid }, 'Stopping the database server that an earlier Patchbay left running.');
    await stopServer(file.pid);
  }
  // The number may live on without the server: as somebody else's, or as a zombie nobody has collected.
  const left = await readPostmasterFile(dataFolder);
  if (left !== undefined && isAlive(left.pid)) await disownPostmasterFile(dataFolder);
}

/** Fast shutdown: sessions are ended, everything is written. Then, if that takes too long, at once. */
export async function stopServer(pid: number): Promise<void> {
  signal(pid, 'SIGINT');
  if (await waitUntil(() => isGone(pid), FAST_SHUTDOWN_MS)) return;
  signal(pid, 'SIGQUIT');
  if (await waitUntil(() => isGone(pid), 5_000)) return;
  signal(pid, 'SIGKILL');
  await waitUntil(() => isGone(pid), 5_000);
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
