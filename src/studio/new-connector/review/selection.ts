import type { OperationSummary } from '../../../api/index.ts';
import { matchesSearch } from '../../components/search.ts';

/** What an operation is in a choice: taken, taken because another needs it, or left. */
export type Choice = 'chosen' | 'needed' | 'left';

/** The operations that come along because chosen ones need them, and for which of these. */
export function findNeeded(
  chosen: ReadonlySet<string>,
  needs: Readonly<Record<string, readonly string[]>>,
): Map<string, string> {
  const needed = new Map<string, string>();
  for (const id of chosen) {
    for (const need of needs[id] ?? []) if (!chosen.has(need) && !needed.has(need)) needed.set(need, id);
  }
  return needed;
}

/** The choice with some taken or left. */
export function setChosen(
  chosen: ReadonlySet<string>,
  ids: readonly string[],
  isChosen: boolean,
): ReadonlySet<string> {
  const next = new Set(chosen);
  for (const id of ids) {
    if (isChosen) next.add(id);
    else next.delete(id);
  }
  return next;
}

/** Tags with how many operations have each, in the order of the document. */
export function countTags(operations: readonly OperationSummary[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { tags = [] } of operations) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return counts;
}

export function filterOperations(
  operations: readonly OperationSummary[],
  search: string,
  tag: string | undefined,
): OperationSummary[] {
  return operations.filter(
    ({ operationId, summary, path, description, tags }) =>
      (tag === undefined || tags?.includes(tag)) &&
      matchesSearch(search, operationId, summary, path, description),
  );
}
