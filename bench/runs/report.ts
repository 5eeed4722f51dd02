import { availableParallelism, cpus, totalmem } from 'node:os';
import type { LoadResult } from './load.ts';
import type { ProcessorTime } from './usage.ts';

/** One measured round of one variant. */
export interface Round {
  readonly load: LoadResult;
  /** Used by the server and its database during the round. */
  readonly processorMs: ProcessorTime | undefined;
  /** Sent to storage by them during the round. */
  readonly writtenBytes: number | undefined;
}

export interface VariantResult {
  readonly name: string;
  readonly requestsPerSecond: number;
  /** Of each round. */
  readonly rounds: readonly number[];
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly memoryMb: number;
  /** Processor time of a request, in milliseconds. */
  readonly processorMsPerRequest: ProcessorTime | undefined;
  readonly writtenBytesPerRequest: number | undefined;
  readonly answered: number;
  readonly failures: Readonly<Record<string, number>>;
  /** Finished runs that are stored; equals `answered`, warm-up included. */
  readonly stored: number | undefined;
}

export interface RunsReport {
  readonly machine: string;
  readonly node: string;
  readonly connections: number;
  readonly seconds: number;
  readonly variants: readonly VariantResult[];
  readonly ratios: {
    readonly patchbayToLimit: number;
    readonly patchbayToRelay: number;
    readonly patchbayToDbos: number;
  };
}

/** The middle of all rounds for the rate; the latencies of all rounds together. */
export function summarizeRounds(rounds: readonly Round[]) {
  const rates = rounds.map(({ load }) => load.answered / load.seconds);
  const latencies = rounds.flatMap(({ load }) => load.latencies).sort((a, b) => a - b);
  const answered = rounds.reduce((sum, { load }) => sum + load.answered, 0);
  return {
    requestsPerSecond: computeMedian(rates),
    rounds: rates.map(Math.round),
    p50Ms: pick(latencies, 0.5),
    p99Ms: pick(latencies, 0.99),
    processorMsPerRequest: sumProcessorTime(rounds, answered),
    writtenBytesPerRequest: sumWrittenBytes(rounds, answered),
  };
}

function sumProcessorTime(rounds: readonly Round[], answered: number): ProcessorTime | undefined {
  const times = rounds.flatMap(({ processorMs }) => processorMs ?? []);
  if (times.length < rounds.length) return undefined;
  const perRequest = (part: keyof ProcessorTime) =>
    times.reduce((sum, time) => sum + time[part], 0) / answered;
  return { server: perRequest('server'), database: perRequest('database') };
}

function sumWrittenBytes(rounds: readonly Round[], answered: number): number | undefined {
  const written = rounds.flatMap(({ writtenBytes }) => writtenBytes ?? []);
  if (written.length < rounds.length) return undefined;
  return written.reduce((sum, bytes) => sum + bytes, 0) / answered;
}

export function computeMedian(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? 0)) / 2;
}

function pick(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function describeMachine(): string {
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${gigabytes} GB`;
}

export function formatReport(report: RunsReport): string {
  const { connections, seconds, variants } = report;
  const [limit, relay] = ['limit', 'relay'].map((name) => variants.find((variant) => variant.name === name));
  const rows = variants.map((variant) => [
    variant.name,
    Math.round(variant.requestsPerSecond).toLocaleString('en'),
    variant.p50Ms.toFixed(1),
    variant.p99Ms.toFixed(1),
    variant.memoryMb.toFixed(0),
    variant.processorMsPerRequest?.server.toFixed(3) ?? '–',
    variant.processorMsPerRequest?.database.toFixed(3) ?? '–',
    variant.writtenBytesPerRequest === undefined ? '–' : (variant.writtenBytesPerRequest / 1024).toFixed(1),
    formatRatio(variant, limit),
    formatRatio(variant, relay),
    variant.stored === undefined ? '–' : variant.stored.toLocaleString('en'),
  ]);
  const heads = [
    '',
    'requests/s',
    'p50 ms',
    'p99 ms',
    'MB',
    'CPU ms',
    'DB CPU ms',
    'KB written',
    'of limit',
    'of relay',
    'kept',
  ];
  return [
    `${report.machine}, Node ${report.node}; ${connections} connections, ${variants[0]?.rounds.length ?? 0} rounds of ${seconds} s each`,
    '',
    ...formatTable([heads, ...rows]),
    '',
    ...formatGoals(report),
  ].join('\n');
}

function formatGoals({ ratios, variants }: RunsReport): string[] {
  const patchbay = variants.find(({ name }) => name === 'patchbay');
  if (patchbay === undefined) return [];
  const spread = patchbay.p99Ms / patchbay.p50Ms;
  const goals: [string, number, string][] = [
    ['of the group-commit limit, for a flow with its whole history', ratios.patchbayToLimit, '0.60 at least'],
    ['times the same flow written by hand on DBOS', ratios.patchbayToDbos, '5 at least'],
    ['times its p50 is its p99', spread, 'below 5'],
  ];
  return goals
    .filter(([, value]) => Number.isFinite(value))
    .map(([what, value, goal]) => `${value.toFixed(2)} ${what} (goal: ${goal})`);
}

function formatRatio(variant: VariantResult, base: VariantResult | undefined): string {
  return base === undefined ? '–' : (variant.requestsPerSecond / base.requestsPerSecond).toFixed(2);
}

export function formatTable(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
}
