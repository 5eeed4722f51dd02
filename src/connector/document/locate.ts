import { parsePointer } from '../../base/index.ts';
import { findNode } from './find-node.ts';
import type { TextMember, TextNode, TextSpan } from './text-types.ts';

/**
 * Where something stands that a pointer names, or the deepest on the way there: a pointer may name what is missing. Of
 * a whole object only the name is taken, since it would be marked from end to end.
 */
export function locatePointer(root: TextNode, pointer: string): TextSpan {
  const path = parsePointer(pointer);
  for (let depth = path.length; depth > 0; depth -= 1) {
    const found = findNode(root, path.slice(0, depth));
    if (found?.member !== undefined) return markMember(found.member);
  }
  return markNode(root);
}

function markMember({ key, value }: TextMember): TextSpan {
  if (key === undefined) return markNode(value);
  const isShort = value.members.length === 0 && !value.isBlockText;
  return { start: key.start, end: isShort ? Math.max(key.end, value.end) : key.end };
}

function markNode(node: TextNode): TextSpan {
  const [first] = node.members;
  if (first?.key !== undefined && !node.isFlow) return markMember(first);
  return {
    start: node.start,
    end: node.members.length > 0 ? node.start + 1 : Math.max(node.end, node.start + 1),
  };
}

/** The path of what stands at an offset, or of what it stands in. */
export function findPath(root: TextNode, offset: number): (string | number)[] {
  const path: (string | number)[] = [];
  let node: TextNode | undefined = root;
  while (node !== undefined) {
    const { kind, members }: TextNode = node;
    const index = members.findLastIndex(({ key, value }) => (key?.start ?? value.start) <= offset);
    const member: TextMember | undefined = members[index];
    if (member === undefined || (node.isFlow && offset > member.value.end)) return path;
    path.push(kind === 'array' ? index : (member.key?.name ?? ''));
    node = member.value;
  }
  return path;
}
