import { setTimeout as sleep } from 'node:timers/promises';
import { WAIT } from './flows.ts';
import { startRun } from './loops.ts';
import { COLLECTING, memoryFile, readKeptMb } from './memory.ts';
import { formatTable } from './report.ts';
import { readMemoryMb } from './usage.ts';
import { countRuns, startPatchbay, startRole } from './variants.ts';

export interface WaitingResult {
  readonly runs: number;
  /** What they cost the process, in MB, after garbage was collected. */
  readonly keptMb: number;
  /** Resident memory of the process before and after, in MB. */
  readonly residentMb: readonly [number, number];
}

const HOUR = 3_600;
const AT_ONCE = 50;

/** Many runs that sleep for an hour, all at once. */
export async function measureWaiting(runs: number): Promise<WaitingResult> {
  await using stack = new AsyncDisposableStack();
  const upstream = await startRole(['upstream']);
  stack.defer(() => upstream.kill());
  const server = await startPatchbay(
    { name: 'waiting', definition: WAIT },
    upstream.firstLine,
    COLLECTING,
    (home) => ({ BENCH_MEMORY_FILE: memoryFile(home) }),
  );
  stack.defer(() => server.stop());
  await startMany(server.url, 200, HOUR); // what the first runs compile and caches
  const keptBefore = await readSettledMb(server);
  const residentBefore = readMemoryMb(server.pid);
  await startMany(server.url, runs, HOUR);
  const keptMb = (await readSettledMb(server)) - keptBefore;
  const waiting = await countRuns(server.client, server.flowId, 'Running');
  if (waiting !== runs + 200) throw new Error(`${waiting} runs wait instead of ${runs + 200}.`);
  return { runs, keptMb, residentMb: [residentBefore, readMemoryMb(server.pid)] };
}

async function startMany(url: string, runs: number, seconds: number): Promise<void> {
  for (let begun = 0; begun < runs; begun += AT_ONCE) {
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, runs - begun) }, () => startRun(url, { seconds })),
    );
  }
}

/** Memory once it has stopped falling: runs go to sleep a moment after they were accepted. */
async function readSettledMb(server: { pid: number; home: string }): Promise<number> {
  let settled = await readKeptMb(server);
  for (;;) {
    await sleep(1_000);
    const next = await readKeptMb(server);
    if (next > settled - 0.5) return next;
    settled = next;
  }
}

export function formatWaiting({ runs, keptMb, residentMb }: WaitingResult): string {
  const heads = ['runs that wait', 'MB kept', 'MB resident before', 'after'];
  const row = [runs.toLocaleString('en'), keptMb.toFixed(1), ...residentMb.map((mb) => mb.toFixed(0))];
  return [...formatTable([heads, row]), `goal: below 50 MB`].join('\n');
}
