import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type FileHandle, open, rename, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { StoreError } from '../errors.ts';
import type { Binaries } from './binaries.ts';
import { type Launcher, launch } from './launcher.ts';
import { readPostmasterFile } from './postmaster-file.ts';
import { FIXED_SETTINGS, type ServerSettings } from './settings.ts';
import { waitUntil } from './wait.ts';

export interface PostmasterPlan {
  readonly binaries: Binaries;
  readonly launcher: Launcher;
  readonly dataFolder: string;
  readonly logFile: string;
  readonly settings: ServerSettings;
}

/** A running server that accepts connections on 127.0.0.1. */
export interface Postmaster {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly port: number;
}

/** Recovery after a crash reads at most the log since the last checkpoint: 2 GB on a slow disk. */
const READY_TIMEOUT_MS = 300_000;
/** Sessions of a killed server notice within a moment; until then they guard the data against a second one. */
const SESSIONS_TIMEOUT_MS = 30_000;
const LOG_LIMIT = 5_000_000;

/**
 * Starts the server and waits until it accepts connections.
 *
 * @param port the port it had before, for pools that want to find it again; else a free one is chosen
 */
export async function startPostmaster(plan: PostmasterPlan, port?: number): Promise<Postmaster> {
  const endsAt = performance.now() + SESSIONS_TIMEOUT_MS;
  let wanted = port ?? (await findFreePort());
  for (;;) {
    const result = await tryStart(plan, wanted);
    if ('child' in result) return result;
    if (performance.now() > endsAt || result.reason === 'other') throw describeFailure(plan, result.log);
    if (result.reason === 'port') wanted = port ?? (await findFreePort());
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

interface Failure {
  readonly reason: 'port' | 'sessions' | 'other';
  readonly log: string;
}

async function tryStart(plan: PostmasterPlan, port: number): Promise<Postmaster | Failure> {
  await rotateLog(plan.logFile);
  const log = await open(plan.logFile, 'a+', 0o600);
  try {
    const { size } = await log.stat();
    const args = ['-D', plan.dataFolder, '-p', String(port), ...formatSettings(plan.settings)];
    const child = launch(plan.launcher, plan.binaries.postgres, args, ['ignore', log.fd, log.fd]);
    child.unref();
    if (await waitForReady(child, plan.dataFolder)) return { child, pid: child.pid ?? 0, port };
    return classifyFailure(await readFrom(log, size));
  } finally {
    await log.close();
  }
}

async function waitForReady(child: ChildProcess, dataFolder: string): Promise<boolean> {
  let ended = false;
  child.once('exit', () => {
    ended = true;
  });
  child.once('error', () => {
    ended = true;
  });
  const isReady = async () => {
    if (ended) return true;
    const file = await readPostmasterFile(dataFolder);
    return file?.pid === child.pid && file?.ready === true;
  };
  const answered = await waitUntil(isReady, READY_TIMEOUT_MS);
  if (answered && !ended) return true;
  if (!ended) {
    child.kill('SIGQUIT');
    await once(child, 'exit');
  }
  return false;
}

function classifyFailure(log: string): Failure {
  if (/could not bind|could not create any TCP/i.test(log)) return { reason: 'port', log };
  if (/shared memory block .* is still in use/i.test(log)) return { reason: 'sessions', log };
  return { reason: 'other', log };
}

function describeFailure(plan: PostmasterPlan, log: string) {
  const lines = log.split('\n').filter((line) => /FATAL|PANIC|HINT|error while loading/.test(line));
  const said = lines.length === 0 ? log.trim().slice(-500) : lines.map((line) => line.trim()).join(' ');
  const fix = `The whole log is in ${plan.logFile}.`;
  return new StoreError(
    'STORE_START_FAILED',
    `PostgreSQL ended while starting: ${said || 'it wrote nothing'}`,
    {
      fix,
    },
  );
}

function formatSettings(settings: ServerSettings): string[] {
  return Object.entries({ ...settings, ...FIXED_SETTINGS }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
}

async function readFrom(log: FileHandle, start: number): Promise<string> {
  const { size } = await log.stat();
  const buffer = Buffer.alloc(Math.min(size - start, 20_000));
  await log.read(buffer, 0, buffer.length, size - buffer.length);
  return buffer.toString('utf8');
}

async function rotateLog(file: string): Promise<void> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_LIMIT) await rename(file, `${file}.1`);
}

async function findFreePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
