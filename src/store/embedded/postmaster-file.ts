import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { platform } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** What a running server writes into its data folder (`postmaster.pid`). */
export interface PostmasterFile {
  readonly pid: number;
  readonly dataFolder: string;
  readonly port: number;
  /** It accepts connections. */
  readonly ready: boolean;
}

export async function readPostmasterFile(dataFolder: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(locate(dataFolder), 'utf8').catch(() => '');
  const [pid, folder, , port, , , , status] = text.split('\n').map((line) => line.trim());
  if (pid === undefined || folder === undefined || !/^\d+$/.test(pid)) return undefined;
  return { pid: Number(pid), dataFolder: folder, port: Number(port ?? 0), ready: status === 'ready' };
}

/**
 * Makes the next server see that the process named in the file is gone, when its number now belongs to
 * something else. A server takes its parent's number for stale; the rest of the file stays, because by it the
 * server finds sessions of the dead one that are still writing.
 */
export async function disownPostmasterFile(dataFolder: string): Promise<void> {
  const file = locate(dataFolder);
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/^\d+/, String(process.pid)));
}

/** Whether the process the file names is alive and is the server of that folder. */
export async function isServerOf(file: PostmasterFile, dataFolder: string): Promise<boolean> {
  const command = await readCommandLine(file.pid);
  return (
    command.includes('postgres') && [dataFolder, file.dataFolder].some((folder) => command.includes(folder))
  );
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Gone, or dead and only not yet collected by its parent. */
export async function isGone(pid: number): Promise<boolean> {
  return !isAlive(pid) || (await readCommandLine(pid)) === '';
}

/** The arguments a process was started with; '' when it is gone or a zombie. */
async function readCommandLine(pid: number): Promise<string> {
  if (platform() === 'linux') {
    const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return text.replaceAll('\0', ' ');
  }
  const found = await promisify(execFile)('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => undefined);
  return found?.stdout ?? '';
}

function locate(dataFolder: string): string {
  return path.join(dataFolder, 'postmaster.pid');
}
