import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const COLLECT = fileURLToPath(new URL('collect.ts', import.meta.url));

/** Lets a server say on request what is left after garbage was collected. */
export const COLLECTING = ['--expose-gc', `--import=${COLLECT}`];

export function memoryFile(home: string): string {
  return join(home, 'memory.json');
}

/** Memory that a server holds on to, in MB: its heap after garbage was collected, and buffers. */
export async function readKeptMb({ pid, home }: { pid: number; home: string }): Promise<number> {
  const file = memoryFile(home);
  await rm(file, { force: true });
  process.kill(pid, 'SIGUSR2');
  for (;;) {
    try {
      const { keptBytes } = JSON.parse(await readFile(file, 'utf8')) as { keptBytes: number };
      return keptBytes / 2 ** 20;
    } catch {
      await sleep(20);
    }
  }
}
