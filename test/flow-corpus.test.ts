import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../src/base/index.ts';
import { checkFlow, readFlowDocument, walkFlow } from '../src/flow/index.ts';

/** Flows that other people published. They are not part of this repository; PATCHBAY_CORPUS names their folder. */
const corpus = process.env.PATCHBAY_CORPUS;

/** What the machine, and not a flow or its data, would be to blame for. */
const INTERNAL = /is not a function|undefined|Cannot read|BigInt|circular|Maximum call stack/;

describe.skipIf(corpus === undefined)('the public flows', () => {
  test('pass the check, and their branches and failures run without an error of our own', {
    timeout: 120_000,
  }, () => {
    const folder = join(corpus ?? '', 'flows');
    const totals = { flows: 0, actions: 0, reached: 0, runs: 0 };
    const faults: string[] = [];
    const left: string[] = [];
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
      const text = readFileSync(join(folder, file), 'utf8').replace(/^\uFEFF/, '');
      const { definition } = readFlowDocument(parseJson(text));
      faults.push(...checkFlow(definition).errors.map(({ message }) => `${file}: ${message}`));
      const walk = walkFlow(definition);
      for (const [name, message] of walk.stumbles) {
        if (INTERNAL.test(message)) faults.push(`${file} ${name}: ${message}`);
      }
      left.push(
        ...walk.unreached.map((name) => `${file} ${name}: ${walk.stumbles.get(name) ?? 'not come to'}`),
      );
      totals.flows++;
      totals.actions += walk.actions;
      totals.reached += walk.reached.length;
      totals.runs += walk.runs;
    }
    console.log(`${JSON.stringify(totals)}; made-up data did not reach:\n${left.join('\n')}`);
    expect(faults).toEqual([]);
    expect(totals.reached / totals.actions).toBeGreaterThan(0.99);
  });
});
