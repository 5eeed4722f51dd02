import { parseArgs } from 'node:util';
import type { LoadOptions, LoadResult } from './load.ts';
import {
  describeMachine,
  formatReport,
  type Round,
  type RunsReport,
  summarizeRounds,
  type VariantResult,
} from './report.ts';
import { readMemoryMb, readProcessorTime } from './usage.ts';
import { startLimit, startPatchbay, startRelay, startRole, type Variant } from './variants.ts';

const HELP = `npm run bench -- runs [options]

Compares, on this machine and in one go: a bare relay, a hand-written group commit that keeps what a flow keeps
(the limit), and a flow of trigger, one connector call and response.

  --seconds N      measured seconds per round (8)
  --warm-up N      seconds before the first round (3)
  --rounds N       rounds per variant, taken in turns (3)
  --connections N  connections of the load (32)
  --only NAMES     variants to measure: relay,limit,patchbay
  --profile DIR    write a CPU profile of each server there
  --json           print JSON`;

const STARTS = { relay: startRelay, limit: startLimit, patchbay: startPatchbay };

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
      connections: { type: 'string', default: '32' },
      only: { type: 'string', default: 'relay,limit,patchbay' },
      profile: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const report = await measure({
    seconds: Number(values.seconds),
    warmUp: Number(values['warm-up']),
    rounds: Number(values.rounds),
    connections: Number(values.connections),
    names: values.only.split(',').filter((name): name is keyof typeof STARTS => Object.hasOwn(STARTS, name)),
    profile: values.profile,
  });
  console.log(values.json ? JSON.stringify(report) : formatReport(report));
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
  const result = await load(contender, options, options.seconds);
  const after = readProcessorTime(pid);
  contender.answered += result.answered;
  contender.rounds.push({
    load: result,
    processorMs: before &&
      after && { server: after.server - before.server, database: after.database - before.database },
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
