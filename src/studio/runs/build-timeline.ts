import type { RunAction } from '../../api/index.ts';
import type { Parent } from './read-parents.ts';

/** A node of the timeline: an execution of an action, or one turn of a loop, with what happened inside. */
export interface TimelineNode {
  readonly key: string;
  /** What people read: the action's name, or `Turn 4`. */
  readonly title: string;
  /** Absent for a turn of a loop, and for a scope whose own row is not there yet. */
  readonly action?: RunAction;
  readonly children: TimelineNode[];
}

/**
 * Nests the executions of a run. The key says in which turn of which loops one stands
 * (`For_each[3]/Create_Label`), the definition's parents say in which scope or condition. Order is kept.
 */
export function buildTimeline(
  actions: readonly RunAction[],
  parents: ReadonlyMap<string, Parent>,
): TimelineNode[] {
  const root: TimelineNode[] = [];
  const nodes = new Map<string, TimelineNode>();

  const childrenOf = (prefix: string, name: string): TimelineNode[] => {
    const parent = parents.get(name);
    if (parent && !parent.isLoop) return ensure(prefix, parent.name).children;
    return prefix === '' ? root : ensureTurn(prefix).children;
  };
  const put = (key: string, title: string, siblings: () => TimelineNode[]): TimelineNode => {
    const known = nodes.get(key);
    if (known) return known;
    const node = { key, title, children: [] };
    siblings().push(node);
    nodes.set(key, node);
    return node;
  };
  const ensure = (prefix: string, name: string): TimelineNode =>
    put(prefix + name, name.replaceAll('_', ' '), () => childrenOf(prefix, name));
  const ensureTurn = (prefix: string): TimelineNode => {
    const { loopKey, turn } = parseTurn(prefix);
    const { prefix: outer, name } = splitKey(loopKey);
    return put(prefix, `Turn ${turn + 1}`, () => ensure(outer, name).children);
  };

  for (const action of actions) {
    const { prefix, name } = splitKey(action.key);
    Object.assign(ensure(prefix, name), { action });
  }
  sortByStart(root);
  return root;
}

/** Siblings in the order in which they began; those that never did come last. */
function sortByStart(siblings: TimelineNode[]): number {
  const starts = new Map<TimelineNode, number>();
  for (const node of siblings) {
    const inside = sortByStart(node.children);
    const own = node.action?.startedAt === undefined ? Number.NaN : Date.parse(node.action.startedAt);
    starts.set(node, Number.isNaN(own) ? inside : own);
  }
  const startOf = (node: TimelineNode) => starts.get(node) ?? Number.POSITIVE_INFINITY;
  siblings.sort((a, b) => (startOf(a) === startOf(b) ? 0 : startOf(a) - startOf(b)));
  return Math.min(Number.POSITIVE_INFINITY, ...starts.values());
}

/** `A[0]/B[2]/C` → the turn it stands in, `A[0]/B[2]/`, and its name. */
function splitKey(key: string): { prefix: string; name: string } {
  const end = key.lastIndexOf('/') + 1;
  return { prefix: key.slice(0, end), name: decodeName(key.slice(end)) };
}

function parseTurn(prefix: string): { loopKey: string; turn: number } {
  const match = /^(.*)\[(\d+)\]\/$/s.exec(prefix);
  return { loopKey: match?.[1] ?? prefix.slice(0, -1), turn: Number(match?.[2] ?? 0) };
}

/** The three characters that build keys are percent-escaped in names. */
function decodeName(name: string): string {
  return name.replaceAll('%5B', '[').replaceAll('%2F', '/').replaceAll('%25', '%');
}

/** How a node stands: as its action does; a turn, as the worst of what is in it. */
export function statusOf(node: TimelineNode): RunAction['status'] {
  if (node.action) return node.action.status;
  const statuses = node.children.map(statusOf);
  const order = ['Running', 'Waiting', 'Failed', 'TimedOut', 'Cancelled', 'Succeeded'] as const;
  return order.find((status) => statuses.includes(status)) ?? statuses[0] ?? 'Running';
}

/** From when to when: of the action itself; of a turn, from its first action to the end of its last. */
export function spanOf(node: TimelineNode): { startedAt: string | undefined; endedAt: string | undefined } {
  if (node.action) return { startedAt: node.action.startedAt, endedAt: node.action.endedAt };
  const spans = node.children.map(spanOf).filter(({ startedAt }) => startedAt !== undefined);
  const ends = spans.map(({ endedAt }) => endedAt);
  return {
    startedAt: spans.map(({ startedAt }) => startedAt).sort()[0],
    endedAt: ends.includes(undefined) ? undefined : ends.sort().at(-1),
  };
}
