import { parseArgs } from 'node:util';
import jsonata from 'jsonata';
import { compileTemplate, createContextScope } from '../../src/expression/index.ts';
import { describeMachine, formatTable } from '../runs/report.ts';
import { CASES, CONTEXT, type ExpressionCase, ORDER } from './cases.ts';

const HELP = `Usage: npm run bench -- expressions [--rounds 5] [--ms 200] [--json]

Evaluates the same things in the language of flows, in JSONata and by hand in JavaScript, compiled beforehand. By hand
means without the language's rules: no checks of types, no names in any case, no 64-bit integers.`;

interface Reading {
  readonly name: string;
  /** Nanoseconds for one evaluation; the best of the rounds. */
  readonly ours: number;
  readonly jsonata: number;
  readonly byHand: number;
}

/** `npm run bench -- expressions`. */
export async function compareExpressions(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '5' },
      ms: { type: 'string', default: '200' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const rounds = Math.max(1, Number(values.rounds) || 1);
  const ms = Math.max(10, Number(values.ms) || 200);
  const readings: Reading[] = [];
  for (const one of CASES) readings.push(await measureCase(one, rounds, ms));
  const mean = geometricMean(readings.map(({ ours, byHand }) => ours / byHand));
  if (values.json) {
    const facts = { machine: describeMachine(), node: process.version };
    return console.log(JSON.stringify({ ...facts, readings, mean }, undefined, 2));
  }
  console.log(`${describeMachine()}, Node ${process.version}; best of ${rounds} rounds of ${ms} ms\n`);
  const heads = ['', 'ours, ns', 'JSONata, ns', 'by hand, ns', 'of by hand', 'of JSONata'];
  for (const line of formatTable([heads, ...readings.map(toRow)])) console.log(line);
  console.log(`\nGeometric mean: ${mean.toFixed(1)} times the time by hand (goal: 5 at most).`);
}

function toRow({ name, ours, jsonata: theirs, byHand }: Reading): string[] {
  const times = [ours, theirs, byHand].map((value) => value.toFixed(value < 10 ? 1 : 0));
  return [name, ...times, (ours / byHand).toFixed(1), (ours / theirs).toFixed(2)];
}

/** Results are summed up somewhere, so that no compiler leaves out their making. */
export let sink = 0;

function keep(value: unknown): void {
  if (value !== undefined) sink++;
}

async function measureCase(one: ExpressionCase, rounds: number, ms: number): Promise<Reading> {
  const template = compileTemplate(one.template);
  const scope = createContextScope(CONTEXT);
  const theirs = jsonata(one.jsonata);
  const [ours, byHand] = [template.evaluate(scope), one.byHand(ORDER)];
  if (JSON.stringify(ours) !== JSON.stringify(byHand)) {
    throw new Error(`${one.name}: ${JSON.stringify(ours)} is not ${JSON.stringify(byHand)}`);
  }
  const best = { ours: Infinity, jsonata: Infinity, byHand: Infinity };
  for (let round = 0; round < rounds; round++) {
    best.ours = Math.min(
      best.ours,
      measure(() => template.evaluate(scope), ms),
    );
    best.byHand = Math.min(
      best.byHand,
      measure(() => one.byHand(ORDER), ms),
    );
    best.jsonata = Math.min(best.jsonata, await measureLater(() => theirs.evaluate(ORDER), ms));
  }
  return { name: one.name, ...best };
}

const BATCH = 1_000;

function measure(run: () => unknown, ms: number): number {
  let count = 0;
  const start = performance.now();
  let elapsed = 0;
  while (elapsed < ms) {
    for (let index = 0; index < BATCH; index++) keep(run());
    count += BATCH;
    elapsed = performance.now() - start;
  }
  return (elapsed / count) * 1e6;
}

async function measureLater(run: () => Promise<unknown>, ms: number): Promise<number> {
  let count = 0;
  const start = performance.now();
  let elapsed = 0;
  while (elapsed < ms) {
    for (let index = 0; index < 50; index++) keep(await run());
    count += 50;
    elapsed = performance.now() - start;
  }
  return (elapsed / count) * 1e6;
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
