import type { CompiledOperation } from './types.ts';

type Offered = Pick<CompiledOperation, 'operationId' | 'deprecated' | 'extensions' | 'kind'>;

/**
 * The operations that a later one of their family replaces, by operation id: the highest revision that is not
 * deprecated is the one to offer. All of them can still be called.
 */
export function findSuperseded(operations: readonly Offered[]): ReadonlyMap<string, string> {
  const newest = new Map<string, Offered>();
  for (const operation of operations) {
    const family = familyOf(operation);
    if (family === undefined || operation.deprecated) continue;
    const best = newest.get(family);
    if (best === undefined || revisionOf(operation) > revisionOf(best)) newest.set(family, operation);
  }
  const superseded = new Map<string, string>();
  for (const operation of operations) {
    const best = newest.get(familyOf(operation) ?? '');
    if (best !== undefined && revisionOf(best) > revisionOf(operation)) {
      superseded.set(operation.operationId, best.operationId);
    } else if (operation.deprecated && operation.extensions.annotation?.replacement !== undefined) {
      superseded.set(operation.operationId, operation.extensions.annotation.replacement);
    }
  }
  return superseded;
}

/** An action and a trigger may carry the same name. */
function familyOf({ kind, extensions }: Offered): string | undefined {
  const family = extensions.annotation?.family ?? '';
  return family === '' ? undefined : `${kind} ${family.toLowerCase()}`;
}

function revisionOf({ extensions }: Offered): number {
  return extensions.annotation?.revision ?? 1;
}
