import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A process that holds a store, or that could not. */
export interface Holder {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly serverPid: number;
  readonly url: string;
  /** Why it could not. */
  readonly code?: string;
  readonly message?: string;
  readonly fix?: string;
  /** Ends it as it was told to end. */
  end(): Promise<void>;
  /** As nobody would want it to end. */
  kill(): Promise<void>;
}

export interface HolderOptions {
  readonly ending?: 'close' | 'exit';
  /** Another user to run as; only root may. */
  readonly uid?: number;
  readonly gid?: number;
}

const SCRIPT = fileURLToPath(new URL('hold-store.ts', import.meta.url));

/** Starts a process that opens the store in `home`, and waits for what it says. */
export async function startHolder(
  home: string,
  { ending = 'close', uid, gid }: HolderOptions = {},
): Promise<Holder> {
  const child = spawn(process.execPath, [SCRIPT, home, ending], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: '/',
    uid,
    gid,
  });
  const ended = once(child, 'exit').then(() => {});
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(() => Promise.reject(new Error('The holder ended without a word.'))),
  ])) as [string];
  return {
    child,
    ...(JSON.parse(line) as Omit<Holder, 'child' | 'end' | 'kill'>),
    async end() {
      child.stdin.end();
      await ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
