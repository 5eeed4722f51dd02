import { setTimeout as sleep } from 'node:timers/promises';
import { endpoints } from '../../src/api/index.ts';
import { CALL_FOR_EACH } from './flows.ts';
import { COLLECTING, memoryFile, readKeptMb } from './memory.ts';
import { formatTable } from './report.ts';
import { readMemoryMb, readProcessorTime } from './usage.ts';
import { type PatchbayVariant, startPatchbay, startRole } from './variants.ts';

export interface LoopResult {
  readonly items: number;
  readonly seconds: number;
  /** Processor time of server and database for one item, in milliseconds. */
  readonly processorMsPerItem: number | undefined;
  /** Most that was held on to while the loop ran, above what was held before, in MB. */
  readonly keptMb: number;
  /** Most resident memory while it ran. */
  readonly residentMb: number;
}

const LOOK_EVERY_MS = 500;

/** A loop with one call per item, over more and more items, in one process. */
export async function measureLoops(sizes: readonly number[]): Promise<LoopResult[]> {
  await using stack = new AsyncDisposableStack();
  const upstream = await startRole(['upstream']);
  stack.defer(() => upstream.kill());
  const server = await startPatchbay(
    { name: 'foreach', definition: CALL_FOR_EACH },
    upstream.firstLine,
    COLLECTING,
    (home) => ({ BENCH_MEMORY_FILE: memoryFile(home) }),
  );
  stack.defer(() => server.stop());
  await measureLoop(server, 1_000); // what the first run compiles and caches
  const results: LoopResult[] = [];
  for (const items of sizes) results.push(await measureLoop(server, items));
  return results;
}

async function measureLoop(server: PatchbayVariant, items: number): Promise<LoopResult> {
  const keptBefore = await readKeptMb(server);
  const before = readProcessorTime(server.pid);
  const startedAt = performance.now();
  let keptMb = 0;
  let residentMb = 0;
  await startRun(server.url, { count: items });
  while (await isRunning(server)) {
    keptMb = Math.max(keptMb, (await readKeptMb(server)) - keptBefore);
    residentMb = Math.max(residentMb, readMemoryMb(server.pid));
    await sleep(LOOK_EVERY_MS);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const after = readProcessorTime(server.pid);
  const spentMs = before && after && after.server + after.database - before.server - before.database;
  return { items, seconds, processorMsPerItem: spentMs && spentMs / items, keptMb, residentMb };
}

export async function startRun(url: string, body: object): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`The run was refused: ${response.status} ${text}`);
}

/** @throws Error when the latest run failed */
async function isRunning({ client, flowId }: PatchbayVariant): Promise<boolean> {
  const { value } = await client.call(endpoints.listRuns, { query: { flowId, limit: 1 } });
  const [latest] = value;
  if (latest === undefined || latest.status === 'Running') return true;
  if (latest.status !== 'Succeeded') throw new Error(`The loop ended as ${latest.status}.`);
  return false;
}

export function formatLoops(results: readonly LoopResult[]): string {
  const rows = results.map(({ items, seconds, processorMsPerItem, keptMb, residentMb }) => [
    items.toLocaleString('en'),
    seconds.toFixed(1),
    Math.round(items / seconds).toLocaleString('en'),
    processorMsPerItem?.toFixed(3) ?? '–',
    keptMb.toFixed(1),
    residentMb.toFixed(0),
  ]);
  const heads = ['items of a loop', 'seconds', 'items/s', 'CPU ms an item', 'MB kept', 'MB resident'];
  return formatTable([heads, ...rows]).join('\n');
}
