import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second. */
const MS_PER_TICK = 10;

/** Resident memory of a process, in MB. */
export function readMemoryMb(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}

/** Processor time in milliseconds. */
export interface ProcessorTime {
  readonly server: number;
  /** Of the processes it started: its PostgreSQL. */
  readonly database: number;
}

/** What a server and the processes below it have used so far; `undefined` where there is no /proc. */
export function readProcessorTime(pid: number): ProcessorTime | undefined {
  const processes = listProcesses();
  const server = processes.find((process) => process.pid === pid);
  if (server === undefined) return undefined;
  const below = (parent: number): number =>
    processes
      .filter((process) => process.parent === parent)
      .reduce((sum, process) => sum + process.ownMs + process.endedChildrenMs + below(process.pid), 0);
  return { server: server.ownMs, database: below(pid) };
}

/**
 * Bytes that a server and the processes below it have sent to storage so far, of those that still run; `undefined`
 * where there is no /proc. A page that is written twice counts twice.
 */
export function readWrittenBytes(pid: number): number | undefined {
  const processes = listProcesses();
  if (!processes.some((process) => process.pid === pid)) return undefined;
  const sum = (parent: number): number =>
    processes
      .filter((process) => process.parent === parent)
      .reduce((total, process) => total + sum(process.pid), readOwnWrittenBytes(parent));
  return sum(pid);
}

function readOwnWrittenBytes(pid: number): number {
  try {
    return Number(/^write_bytes: (\d+)$/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // it has ended in the meantime, or belongs to somebody else
  }
}

interface ProcessTimes {
  readonly pid: number;
  readonly parent: number;
  readonly ownMs: number;
  readonly endedChildrenMs: number;
}

function listProcesses(): ProcessTimes[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => readProcess(Number(name)) ?? []);
  } catch {
    return [];
  }
}

function readProcess(pid: number): ProcessTimes | undefined {
  try {
    // proc(5): the name is in parentheses and may hold spaces; behind it fields 3 (state), 4 (parent), 14 to 17 (times).
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
    return {
      pid,
      parent: fields[1] ?? 0,
      ownMs: (user + system) * MS_PER_TICK,
      endedChildrenMs: (endedUser + endedSystem) * MS_PER_TICK,
    };
  } catch {
    return undefined; // it has ended in the meantime
  }
}
