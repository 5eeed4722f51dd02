import { parseArgs } from 'node:util';
import { FOUR_IN_PARALLEL, FOUR_IN_SEQUENCE, ONE_CALL } from './flows.ts';
import type { LoadOptions, LoadResult } from './load.ts';
import { formatLoops, measureLoops } from './loops.ts';
import {
  describeMachine,
  formatReport,
  type Round,
  type RunsReport,
  summarizeRounds,
  type VariantResult,
} from './report.ts';
import { readMemoryMb, readProcessorTime, readWrittenBytes } from './usage.ts';
import {
  type PatchbayFlow,
  startDbos,
  startLimit,
  startPatchbay,
  startRelay,
  startRole,
  type Variant,
} from './variants.ts';
import { formatWaiting, measureWaiting } from './waiting.ts';

const HELP = `npm run bench -- runs [options]

Compares, on this machine and in one go: a bare relay, a hand-written group commit that keeps what a flow keeps
(the limit), the same flow written by hand on DBOS, and flows: one connector call, four in sequence, four in parallel,
one without a journal. Then a loop over many items, and many runs that wait.

  --seconds N      measured seconds per round (8)
  --warm-up N      seconds before the first round (3)
  --rounds N       rounds per variant, taken in turns (3)
  --connections N  connections of the load (256)
  --only NAMES     what to measure: relay,limit,dbos,patchbay,sequence,parallel,stateless,foreach,waiting
  --items LIST     items of the loop (1000,10000,100000)
  --waiting N      runs that wait (10000)
  --profile DIR    write a CPU profile of each server there
  --json           print JSON`;

type Start = (upstreamUrl: string, nodeOptions: readonly string[]) => Promise<Variant>;

function startFlow(flow: PatchbayFlow): Start {
  return (upstreamUrl, nodeOptions) => startPatchbay(flow, upstreamUrl, nodeOptions);
}

const STARTS = {
  relay: startRelay,
  limit: startLimit,
  dbos: startDbos,
  patchbay: startFlow({ name: 'patchbay', definition: ONE_CALL }),
  sequence: startFlow({ name: '  four in sequence', definition: FOUR_IN_SEQUENCE }),
  parallel: startFlow({ name: '  four in parallel', definition: FOUR_IN_PARALLEL }),
  stateless: startFlow({ name: '  stateless', definition: ONE_CALL, stateless: true }),
} satisfies Record<string, Start>;

interface Options {
  readonly seconds: number;
  readonly warmUp: number;
  readonly rounds: number;
  readonly connections: number;
  readonly names: readonly (keyof typeof STARTS)[];
  readonly profile: string | undefined;
}

/** Measured, and what it takes to go on. */
interface Contender {
  readonly variant: Variant;
  readonly rounds: Round[];
  answered: number;
}

export async function compareRuns(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: 'string', default: '8' },
      'warm-up': { type: 'string', default: '3' },
      rounds: { type: 'string', default: '3' },
      connections: { type: 'string', default: '256' },
      only: { type: 'string', default: `${Object.keys(STARTS).join()},foreach,waiting` },
      items: { type: 'string', default: '1000,10000,100000' },
      waiting: { type: 'string', default: '10000' },
      profile: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const named = values.only.split(',');
  const report: RunsReport = await measure({
    seconds: Number(values.seconds),
    warmUp: Number(values['warm-up']),
    rounds: Number(values.rounds),
    connections: Number(values.connections),
    names: named.filter((name): name is keyof typeof STARTS => Object.hasOwn(STARTS, name)),
    profile: values.profile,
  });
  const loops = named.includes('foreach')
    ? await measureLoops(values.items.split(',').map(Number))
    : undefined;
  const waiting = named.includes('waiting') ? await measureWaiting(Number(values.waiting)) : undefined;
  if (values.json) console.log(JSON.stringify({ ...report, loops, waiting }));
  else
    console.log(
      [
        report.variants.length > 0 && formatReport(report),
        loops && formatLoops(loops),
        waiting && formatWaiting(waiting),
      ]
        .filter(Boolean)
        .join('\n\n'),
    );
  if (report.variants.some(hasLost)) process.exitCode = 1;
}

async function measure(options: Options): Promise<RunsReport> {
  await using stack = new AsyncDisposableStack();
  const upstream = await startRole(['upstream']);
  stack.defer(() => upstream.kill());
  const contenders: Contender[] = [];
  for (const name of options.names) {
    const variant = await STARTS[name](upstream.firstLine, profileOptions(options, name));
    stack.defer(() => variant.stop());
    contenders.push({ variant, rounds: [], answered: 0 });
  }
  for (const contender of contenders) await warmUp(contender, options);
  for (let round = 0; round < options.rounds; round++) {
    // There and back, so that a machine that gets slower or faster does it to all alike.
    const order = round % 2 === 0 ? contenders : contenders.toReversed();
    for (const contender of order) await measureRound(contender, options);
  }
  const variants: VariantResult[] = [];
  for (const contender of contenders) variants.push(await summarize(contender));
  return createReport(options, variants);
}

function profileOptions({ profile }: Options, name: string): string[] {
  if (profile === undefined) return [];
  return ['--cpu-prof', `--cpu-prof-dir=${profile}`, `--cpu-prof-name=${name}.cpuprofile`];
}

async function warmUp(contender: Contender, options: Options): Promise<void> {
  contender.answered += (await load(contender, options, options.warmUp)).answered;
}

async function measureRound(contender: Contender, options: Options): Promise<void> {
  const { pid } = contender.variant;
  const before = readProcessorTime(pid);
  const writtenBefore = readWrittenBytes(pid);
  const result = await load(contender, options, options.seconds);
  const after = readProcessorTime(pid);
  const writtenAfter = readWrittenBytes(pid);
  contender.answered += result.answered;
  contender.rounds.push({
    load: result,
    processorMs: before &&
      after && { server: after.server - before.server, database: after.database - before.database },
    writtenBytes: writtenBefore === undefined ? undefined : (writtenAfter ?? 0) - writtenBefore,
  });
}

async function load({ variant }: Contender, { connections }: Options, seconds: number): Promise<LoadResult> {
  const options: LoadOptions = { url: variant.url, connections, seconds };
  const child = await startRole(['load', JSON.stringify(options)]);
  await child.ended;
  return JSON.parse(child.firstLine) as LoadResult;
}

async function summarize({ variant, rounds, answered }: Contender): Promise<VariantResult> {
  const failures: Record<string, number> = {};
  for (const { load } of rounds) {
    for (const [status, count] of Object.entries(load.failures)) {
      failures[status] = (failures[status] ?? 0) + count;
    }
  }
  const memoryMb = readMemoryMb(variant.pid);
  const stored = await variant.countFinished();
  return { name: variant.name, ...summarizeRounds(rounds), memoryMb, answered, failures, stored };
}

function createReport({ connections, seconds }: Options, variants: readonly VariantResult[]): RunsReport {
  const rate = (name: string) =>
    variants.find((variant) => variant.name === name)?.requestsPerSecond ?? Number.NaN;
  return {
    machine: describeMachine(),
    node: process.versions.node,
    connections,
    seconds,
    variants,
    ratios: {
      patchbayToLimit: rate('patchbay') / rate('limit'),
      patchbayToRelay: rate('patchbay') / rate('relay'),
      patchbayToDbos: rate('patchbay') / rate('dbos'),
    },
  };
}

/** A benchmark of a server that fails or forgets says nothing. */
function hasLost({ name, answered, stored, failures }: VariantResult): boolean {
  const failed = Object.keys(failures).length > 0;
  if (failed) console.error(`${name} failed: ${JSON.stringify(failures)}`);
  const lost = stored !== undefined && stored !== answered;
  if (lost) console.error(`${name} answered ${answered} requests and keeps ${stored} finished runs.`);
  return failed || lost;
}
