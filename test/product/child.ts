import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A program of ours as a process of its own, after its first line of output: what it says when it is ready. */
export interface ReadyProcess {
  readonly pid: number;
  readonly firstLine: string;
  /** Resolves when it has ended, however. */
  readonly ended: Promise<void>;
  hasEnded(): boolean;
  /** The last of what it wrote to its standard error. */
  log(): string;
  /** Ends it at once, as a power cut would. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
}

/**
 * Starts a program with this Node and waits for its first line.
 *
 * @throws Error when it ends before it wrote one; what it wrote to its standard error is in the message
 */
export async function startProcess(
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<ReadyProcess> {
  const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  child.on('error', () => undefined); // an aborted start ends like any other process that never got ready
  const said = collectText(child);
  // Not `once`, which gives up at the error that an aborted start reports before the process is gone.
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const first = once(lines, 'line').then(([line]) => String(line));
  const firstLine = await Promise.race([first, ended]);
  if (firstLine === undefined) {
    throw new Error(`${args.join(' ')} ended with ${child.signalCode ?? child.exitCode}: ${said()}`);
  }
  return {
    pid: child.pid ?? 0,
    firstLine,
    ended,
    log: said,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    kill: () => end(child, ended, 'SIGKILL'),
    stop: () => end(child, ended, 'SIGTERM'),
  };
}

async function end(child: ChildProcess, ended: Promise<void>, signal: NodeJS.Signals): Promise<void> {
  child.kill(signal);
  await ended;
}

/** The last of what it writes to its standard error. */
function collectText(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    text = (text + chunk).slice(-10_000);
  });
  return () => text;
}
