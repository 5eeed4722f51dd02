/** Something to measure; what it gives is awaited where it is a promise. */
export interface Contestant {
  readonly run: () => unknown;
  /** Its part of the time of a round: what is far away need not be known exactly. */
  readonly share: number;
  readonly later?: boolean;
}

/** Results are counted somewhere, so that no compiler leaves out their making. */
const sink = { kept: 0 };

function keep(value: unknown): void {
  if (value !== undefined) sink.kept++;
}

/** How many evaluations lie between two looks at the clock. */
const BATCH = 500;
const BATCH_LATER = 50;

/**
 * Nanoseconds of processor time for one evaluation, of each contestant in each round. They take turns, so that
 * whatever else the machine does meets all of them alike; time in which others had the processor does not count.
 */
export async function measureRounds(
  contestants: readonly Contestant[],
  rounds: number,
  ms: number,
): Promise<number[][]> {
  const times: number[][] = contestants.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { run, share, later }] of contestants.entries()) {
      const time = later ? await measureLater(run, ms * share) : measure(run, ms * share);
      times[index]?.push(time);
    }
  }
  return times;
}

function measure(run: () => unknown, ms: number): number {
  let count = 0;
  const start = readProcessorMs();
  let elapsed = 0;
  while (elapsed < ms) {
    for (let index = 0; index < BATCH; index++) keep(run());
    count += BATCH;
    elapsed = readProcessorMs() - start;
  }
  return (elapsed / count) * 1e6;
}

async function measureLater(run: () => unknown, ms: number): Promise<number> {
  let count = 0;
  const start = readProcessorMs();
  let elapsed = 0;
  while (elapsed < ms) {
    for (let index = 0; index < BATCH_LATER; index++) keep(await run());
    count += BATCH_LATER;
    elapsed = readProcessorMs() - start;
  }
  return (elapsed / count) * 1e6;
}

/** Of the whole process: who makes garbage pays for its collection. */
function readProcessorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
