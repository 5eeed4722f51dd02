import type { Json } from '../base/index.ts';
import type { SampleOptions } from './sample.ts';

/** Each finds places whose examples contradict their schema; what they hid may hold another. */
const MAX_ROUNDS = 4;
/** With none of the author's examples: everything, only what is required, then the other alternatives. */
const PLAIN: readonly SampleOptions[] = [0, 1, 2, 3].flatMap((variant) => [
  { variant },
  { variant, onlyRequired: true },
]);

/**
 * Makes a sample that a check has nothing against, with as many of the author's examples and defaults as are right.
 * `check` returns the places (JSON pointers) of what is wrong. When nothing fits, the sample with the fewest faults.
 */
export function improveSample<Sample extends Json>(
  make: (options: SampleOptions) => Sample,
  check: (sample: Sample) => readonly string[],
): Sample {
  const wrong = new Set<string>();
  const trusts = (pointer: string) => ![...wrong].some((place) => overlap(place, pointer));
  let best: { sample: Sample; faults: number } | undefined;
  const tryOut = (options: SampleOptions): readonly string[] => {
    const sample = make(options);
    const faults = check(sample);
    if (best === undefined || faults.length < best.faults) best = { sample, faults: faults.length };
    return faults;
  };
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = wrong.size;
    for (const place of tryOut({ trusts })) wrong.add(place);
    if (wrong.size === before) break;
  }
  for (const options of PLAIN) {
    if (best?.faults === 0) break;
    tryOut({ ...options, trusts: () => false });
  }
  return best?.sample ?? make({});
}

/** An example is to blame for what is wrong in it, and for what is wrong with the value it is a part of. */
function overlap(place: string, pointer: string): boolean {
  return place === pointer || place.startsWith(`${pointer}/`) || pointer.startsWith(`${place}/`);
}
