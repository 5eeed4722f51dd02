import { equalJson, type Json, type JsonObject } from '../../../base/index.ts';
import { makeName } from './make-name.ts';

/** A request or an answer somebody kept, credentials masked. */
export interface Sample {
  readonly name: string;
  readonly description?: string;
  readonly value: Json;
}

/** More samples than these teach nobody anything, but for those that show something new. */
const ENOUGH = 20;

/** The first ones, and of the others those without which the schema would be another. */
export function samplesWorthKeeping(
  samples: readonly Sample[],
  infer: (values: readonly Json[]) => JsonObject,
): Sample[] {
  const kept: Sample[] = [];
  let known: JsonObject | undefined;
  for (const sample of withoutRepetition(samples)) {
    if (kept.length < ENOUGH) {
      kept.push(sample);
      continue;
    }
    known ??= infer(kept.map(({ value }) => value));
    const wider = infer([...kept, sample].map(({ value }) => value));
    if (equalJson(known, wider)) continue;
    kept.push(sample);
    known = wider;
  }
  return kept;
}

function withoutRepetition(samples: readonly Sample[]): Sample[] {
  const kept: Sample[] = [];
  for (const sample of samples) {
    const isKnown = kept.some((one) => one.name === sample.name && equalJson(one.value, sample.value));
    if (!isKnown) kept.push(sample);
  }
  return kept;
}

/** OpenAPI's `examples` of samples, under names of their own. */
export function nameExamples(samples: readonly Sample[]): JsonObject {
  const examples: JsonObject = {};
  for (const [index, { name, description = '', value }] of samples.entries()) {
    const wanted = makeName(name) || `Sample${index + 1}`;
    let key = wanted;
    for (let count = 2; Object.hasOwn(examples, key); count++) key = `${wanted}${count}`;
    examples[key] = {
      ...(name === '' ? {} : { summary: name }),
      ...(description === '' ? {} : { description }),
      value,
    };
  }
  return samples.length === 0 ? {} : { examples };
}
