import { parseArgs } from 'node:util';
import jsonata from 'jsonata';
import { compileTemplate, createContextScope } from '../../src/expression/index.ts';
import { computeMedian, describeMachine, formatTable } from '../runs/report.ts';
import { CASES, CONTEXT, type ExpressionCase, ORDER } from './cases.ts';
import { type Contestant, measureRounds } from './measure.ts';

const HELP = `Usage: npm run bench -- expressions [--rounds 31] [--ms 20] [--json]

Evaluates the same things in the language of flows, in JSONata and by hand in JavaScript, compiled beforehand. By hand
means code for data of which nothing is known, as a flow has it: what may be missing is asked for, and where the language
refuses an operand of another type, so does the code. It does not look for names in another case, has no 64-bit integers
or decimals, and its errors name no place. Bare is code for one order in which nothing can be wrong.`;

interface Reading {
  readonly name: string;
  /** Nanoseconds of processor time for one evaluation; the middle of the rounds. */
  readonly ours: number;
  readonly jsonata: number;
  readonly byHand: number;
  readonly bare: number;
  /** Ours to by hand, and to bare. */
  readonly ratio: number;
  readonly bareRatio: number;
}

const WARM_UP_ROUNDS = 3;

/** `npm run bench -- expressions`. */
export async function compareExpressions(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '31' },
      ms: { type: 'string', default: '20' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const rounds = Math.max(1, Number(values.rounds) || 1);
  const ms = Math.max(1, Number(values.ms) || 20);
  // All are warm before the first is measured: what engines do for code that is alone in the world does not count.
  for (const one of CASES) await measureCase(one, WARM_UP_ROUNDS, ms);
  const readings: Reading[] = [];
  for (const one of CASES) readings.push(await measureCase(one, rounds, ms));
  const mean = geometricMean(readings.map(({ ratio }) => ratio));
  if (values.json) {
    const facts = { machine: describeMachine(), node: process.version };
    return console.log(JSON.stringify({ ...facts, readings, mean }, undefined, 2));
  }
  console.log(
    `${describeMachine()}, Node ${process.version}; processor time, the middle of ${rounds} rounds of ${ms} ms\n`,
  );
  const heads = ['', 'ours, ns', 'JSONata, ns', 'by hand, ns', 'bare, ns', 'of by hand', 'of bare'];
  for (const line of formatTable([heads, ...readings.map(toRow)])) console.log(line);
  const worst = Math.max(...readings.map(({ ratio }) => ratio));
  const sentence = `Geometric mean: ${mean.toFixed(1)} times the time by hand; the furthest ${worst.toFixed(1)}`;
  console.log(`\n${sentence} (goal: 5 at most).`);
}

function toRow({ name, ours, jsonata: theirs, byHand, bare, ratio, bareRatio }: Reading): string[] {
  const times = [ours, theirs, byHand, bare].map((value) => value.toFixed(value < 10 ? 1 : 0));
  return [name, ...times, ratio.toFixed(1), bareRatio.toFixed(1)];
}

async function measureCase(one: ExpressionCase, rounds: number, ms: number): Promise<Reading> {
  const [ours = [], byHand = [], bare = [], theirs = []] = await measureRounds(
    findContestants(one),
    rounds,
    ms,
  );
  return {
    name: one.name,
    ours: computeMedian(ours),
    byHand: computeMedian(byHand),
    bare: computeMedian(bare),
    jsonata: computeMedian(theirs),
    ratio: findRatio(ours, byHand),
    bareRatio: findRatio(ours, bare),
  };
}

/** The middle of the ratios that the rounds have each for itself. */
function findRatio(ours: readonly number[], others: readonly number[]): number {
  return computeMedian(ours.map((time, index) => time / (others[index] ?? time)));
}

function findContestants(one: ExpressionCase): Contestant[] {
  const template = compileTemplate(one.template);
  const scope = createContextScope(CONTEXT);
  const theirs = jsonata(one.jsonata);
  const ours = JSON.stringify(template.evaluate(scope));
  for (const other of [JSON.stringify(one.byHand(ORDER)), JSON.stringify(one.bare(ORDER))]) {
    if (ours !== other) throw new Error(`${one.name}: ${ours} is not ${other}`);
  }
  return [
    { run: () => template.evaluate(scope), share: 1 },
    { run: () => one.byHand(ORDER), share: 1 },
    { run: () => one.bare(ORDER), share: 1 },
    { run: () => theirs.evaluate(ORDER), share: 0.25, later: true },
  ];
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}
