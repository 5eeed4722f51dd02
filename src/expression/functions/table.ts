import type { FunctionDoc, FunctionSpec } from '../define.ts';
import { COLLECTION_FUNCTIONS } from './collections.ts';
import { CONVERSION_FUNCTIONS } from './conversion.ts';
import { DATE_FUNCTIONS } from './dates.ts';
import { LOGIC_FUNCTIONS } from './logic.ts';
import { MATH_FUNCTIONS } from './math.ts';
import { OBJECT_FUNCTIONS } from './objects.ts';
import { TEXT_FUNCTIONS } from './text.ts';
import { URI_FUNCTIONS } from './uri.ts';
import { WORKFLOW_FUNCTIONS } from './workflow.ts';

const SPECS: readonly FunctionSpec[] = [
  ...TEXT_FUNCTIONS,
  ...COLLECTION_FUNCTIONS,
  ...LOGIC_FUNCTIONS,
  ...CONVERSION_FUNCTIONS,
  ...MATH_FUNCTIONS,
  ...DATE_FUNCTIONS,
  ...WORKFLOW_FUNCTIONS,
  ...URI_FUNCTIONS,
  ...OBJECT_FUNCTIONS,
];

const BY_NAME: ReadonlyMap<string, FunctionSpec> = new Map(
  SPECS.map((spec) => [spec.name.toLowerCase(), spec]),
);

/** Every function with its documentation: for checks, for the editor's completion, for the reference page. */
export const functionTable: readonly FunctionDoc[] = SPECS;

/** Names ignore case. */
export function findFunction(name: string): FunctionSpec | undefined {
  return BY_NAME.get(name.toLowerCase());
}

/** The function whose name is nearest to a mistyped one, if any is near. */
export function suggestFunction(name: string): string | undefined {
  const wanted = name.toLowerCase().slice(0, 40);
  let best: string | undefined;
  let least = Math.min(3, Math.ceil(wanted.length / 3) + 1);
  for (const [key, spec] of BY_NAME) {
    const distance = measureDistance(wanted, key);
    if (distance < least) [best, least] = [spec.name, distance];
  }
  return best;
}

/** Levenshtein distance: insertions, deletions and replacements. */
function measureDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
