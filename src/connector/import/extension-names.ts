/** The `x-ms-*` extensions with a meaning, here or on the Power Platform. */
export const KNOWN_EXTENSIONS = [
  'x-ms-api-annotation',
  'x-ms-capabilities',
  'x-ms-client-name',
  'x-ms-connector-metadata',
  'x-ms-deployment-version',
  'x-ms-discriminator-value',
  'x-ms-docs',
  'x-ms-dynamic-list',
  'x-ms-dynamic-properties',
  'x-ms-dynamic-schema',
  'x-ms-dynamic-tree',
  'x-ms-dynamic-values',
  'x-ms-editor',
  'x-ms-editor-options',
  'x-ms-enum',
  'x-ms-enum-values',
  'x-ms-identifiers',
  'x-ms-keywords',
  'x-ms-long-running-operation',
  'x-ms-long-running-operation-options',
  'x-ms-media-kind',
  'x-ms-mutability',
  'x-ms-no-generic-test',
  'x-ms-notification',
  'x-ms-notification-content',
  'x-ms-notification-url',
  'x-ms-openai-data',
  'x-ms-openai-manifest',
  'x-ms-operation-context',
  'x-ms-pageable',
  'x-ms-parameterized-host',
  'x-ms-paths',
  'x-ms-require-user-confirmation',
  'x-ms-requestBody-name',
  'x-ms-safe-operation',
  'x-ms-secret',
  'x-ms-summary',
  'x-ms-test-value',
  'x-ms-trigger',
  'x-ms-trigger-hint',
  'x-ms-trigger-metadata',
  'x-ms-trigger-value',
  'x-ms-url-encoding',
  'x-ms-visibility',
] as const;

/** Names that are near a known one and mean something else. */
const OTHERS = new Set(['x-ms-examples', 'x-ms-example', 'x-ms-docs', 'x-ms-azure-resource']);

/** Two slips of the finger; more is another word. */
const MAX_DISTANCE = 2;

const repaired = new Map<string, string | undefined>();

/** The extension somebody meant, when the name they wrote is a misspelling of it; `undefined` when it is not. */
export function repairExtensionName(written: string): string | undefined {
  if (!repaired.has(written)) {
    if (repaired.size > 10_000) repaired.clear(); // names of documents of a long-lived process
    repaired.set(written, findMeant(written));
  }
  return repaired.get(written);
}

function findMeant(written: string): string | undefined {
  if ((KNOWN_EXTENSIONS as readonly string[]).includes(written) || OTHERS.has(written)) return undefined;
  const name = written.toLowerCase();
  let best: string | undefined;
  let least = MAX_DISTANCE + 1;
  for (const known of KNOWN_EXTENSIONS) {
    const distance = countEdits(name, known.toLowerCase(), least);
    if (distance < least) [best, least] = [known, distance];
  }
  return best;
}

/** Levenshtein's distance; gives up above `limit`. */
export function countEdits(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const change = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(change, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? limit;
}
