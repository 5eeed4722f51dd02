import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOMParser } from '@xmldom/xmldom';
import { describe, expect, test } from 'vitest';
import { equalJson, isJsonObject, type Json, type JsonObject, parseJson } from '../src/base/index.ts';
import {
  compileExpression,
  compileTemplate,
  createContextScope,
  ExpressionError,
} from '../src/expression/index.ts';

/**
 * Cases of other people: the examples of the language's public reference, and edge cases with what is reported of
 * the service. They are not part of this repository; PATCHBAY_CORPUS names the folder that holds them.
 */
interface Case {
  readonly id: string;
  readonly expression?: string;
  readonly template?: Json;
  readonly context?: JsonObject;
  readonly expected: Json;
  readonly compare: 'equal' | 'xml' | 'regex' | 'error';
  readonly doubt?: string;
  readonly likely?: Json;
  readonly likelyCompare?: 'equal' | 'xml' | 'regex' | 'error';
}

type Outcome = { readonly value: Json } | { readonly error: string };

const corpus = process.env.PATCHBAY_CORPUS;

describe.skipIf(corpus === undefined)('the public cases', () => {
  test.for(['documented.json', 'edge.json'])('%s: every undoubted case evaluates as it says', (file) => {
    const path = join(corpus ?? '', 'expressions', file);
    const cases = parseJson(readFileSync(path, 'utf8')) as unknown as Case[];
    const judged = cases.map((entry) => ({ entry, ...judge(entry) }));
    const missed = judged.filter(({ holds }) => !holds);
    const undoubted = missed.filter(({ entry }) => entry.doubt === undefined);
    console.log(
      `${file}: ${cases.length} cases, ${cases.length - missed.length} hold, ` +
        `${undoubted.length} undoubted misses, ${missed.length - undoubted.length} doubted misses ` +
        `(${missed.map(({ entry }) => entry.id).join(', ')})`,
    );
    expect(undoubted.map(describeMiss)).toEqual([]);
  });
});

function judge(entry: Case): { holds: boolean; outcome: Outcome } {
  const outcome = run(entry);
  const wanted = 'likely' in entry ? entry.likely : entry.expected;
  const compare = 'likely' in entry ? (entry.likelyCompare ?? entry.compare) : entry.compare;
  if (compare === 'error') return { holds: 'error' in outcome, outcome };
  return { holds: 'value' in outcome && matches(outcome.value, wanted ?? null, compare), outcome };
}

function run(entry: Case): Outcome {
  const world = { now: () => Date.now(), random: () => Math.random() };
  try {
    const scope = createContextScope(entry.context ?? {}, world);
    const template =
      entry.expression === undefined
        ? compileTemplate(entry.template ?? null)
        : compileExpression(entry.expression);
    return { value: template.evaluate(scope) };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { error: error.message };
  }
}

function matches(value: Json, wanted: Json, compare: Case['compare']): boolean {
  if (compare === 'regex') return new RegExp(String(wanted)).test(String(value));
  if (compare === 'equal') return isClose(value, wanted);
  if (!Array.isArray(wanted)) return canonical(value) === canonical(wanted);
  return (
    Array.isArray(value) &&
    value.length === wanted.length &&
    value.every((item, index) => canonical(item) === canonical(wanted[index] ?? null))
  );
}

/** Decimals lose their last digits when they become JSON numbers. */
function isClose(value: Json, wanted: Json): boolean {
  if (typeof value === 'number' && typeof wanted === 'number') {
    return Math.abs(value - wanted) <= Math.abs(wanted) * 4 * Number.EPSILON;
  }
  return equalJson(value, wanted);
}

function canonical(value: Json): string {
  const text = isJsonObject(value)
    ? Buffer.from(String(value.$content), 'base64').toString('utf8')
    : String(value);
  return String(new DOMParser().parseFromString(text, 'text/xml').documentElement);
}

function describeMiss({ entry, outcome }: { entry: Case; outcome: Outcome }): string {
  const got = 'error' in outcome ? outcome.error : JSON.stringify(outcome.value);
  const input = entry.expression ?? JSON.stringify(entry.template);
  return `${entry.id}: ${input} gives ${got}, not ${entry.compare} ${JSON.stringify(entry.expected)}`;
}
