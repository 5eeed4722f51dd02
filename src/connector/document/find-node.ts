import type { Path } from './diff-json.ts';
import type { TextMember, TextNode } from './text-types.ts';

/** A node with all that it stands in: the last is the node's own. */
export interface FoundNode {
  readonly node: TextNode;
  /** The member whose value it is; undefined for the root. */
  readonly member: TextMember | undefined;
  /** From the root to the node's parent. */
  readonly around: readonly TextNode[];
}

/** What stands at a path; of keys that stand twice the last counts. */
export function findNode(root: TextNode, path: Path): FoundNode | undefined {
  let found: FoundNode = { node: root, member: undefined, around: [] };
  for (const segment of path) {
    const { node } = found;
    const member: TextMember | undefined =
      node.kind === 'array'
        ? node.members[Number(segment)]
        : node.members.findLast(({ key }) => key?.name === String(segment));
    if (member === undefined) return undefined;
    found = { node: member.value, member, around: [...found.around, node] };
  }
  return found;
}
