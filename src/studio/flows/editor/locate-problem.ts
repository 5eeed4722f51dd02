import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import type { DocumentProblem } from '../../../api/index.ts';
import { parsePointer } from '../../../base/index.ts';

/** A stretch of text, as offsets from its beginning. */
export interface TextSpan {
  readonly offset: number;
  readonly length: number;
}

export type LocateProblem = (problem: DocumentProblem) => TextSpan;

/**
 * Finds the place of problems in a text: by their pointer, else by their line, else its very beginning. Where the
 * pointer names a member of an object the name is marked, since a whole object would be red from end to end.
 */
export function createLocator(text: string): LocateProblem {
  const root = parseTree(text, [], { allowTrailingComma: true });
  return ({ pointer, line }) => {
    const byPointer = root && pointer ? locatePointer(root, parsePointer(pointer)) : undefined;
    return byPointer ?? (line === undefined ? { offset: 0, length: 1 } : locateLine(text, line));
  };
}

/** The deepest node on the way that is there: a pointer may name what is missing. */
function locatePointer(root: Node, path: readonly string[]): TextSpan | undefined {
  // Definitions may be inside the wrapping of an export, while pointers begin at the definition itself.
  for (const start of [[], ['properties', 'definition'], ['definition']]) {
    for (let depth = path.length; depth > 0; depth--) {
      const node = findNodeAtLocation(root, [...start, ...path.slice(0, depth)].map(toSegment));
      if (node) return depth === path.length || depth > 1 ? markNode(node) : undefined;
    }
  }
  return undefined;
}

function markNode(node: Node): TextSpan {
  const isContainer = node.type === 'object' || node.type === 'array';
  const name = node.parent?.type === 'property' ? node.parent.children?.[0] : undefined;
  const marked = isContainer && name ? name : node;
  return { offset: marked.offset, length: isContainer && !name ? 1 : marked.length };
}

function toSegment(segment: string): string | number {
  return /^\d+$/.test(segment) ? Number(segment) : segment;
}

function locateLine(text: string, line: number): TextSpan {
  const lines = text.split('\n');
  const index = Math.min(Math.max(line, 1), lines.length) - 1;
  const offset = lines.slice(0, index).reduce((sum, before) => sum + before.length + 1, 0);
  return { offset, length: Math.max(1, lines[index]?.length ?? 0) };
}
