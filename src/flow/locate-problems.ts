import { findNodeAtLocation, type Node, parseTree } from 'jsonc-parser';
import { type Problem, parsePointer } from '../base/index.ts';

/** Adds to each problem the line of the text where its pointer leads; the nearest parent's if it leads nowhere. */
export function locateProblems(problems: readonly Problem[], text: string): Problem[] {
  if (problems.length === 0) return [];
  const root = parseTree(text);
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  return problems.map((problem) => {
    if (problem.line !== undefined || problem.pointer === undefined || root === undefined) return problem;
    return { ...problem, line: findLine(lineStarts, findNode(root, parsePointer(problem.pointer)).offset) };
  });
}

function findNode(root: Node, path: string[]): Node {
  for (let length = path.length; length > 0; length -= 1) {
    const node = descend(root, path.slice(0, length));
    if (node !== undefined) return node;
  }
  return root;
}

/** A member's line is that of its name. */
function descend(root: Node, path: string[]): Node | undefined {
  const node = findNodeAtLocation(root, path) ?? findNodeAtLocation(root, path.map(toIndex));
  return node?.parent?.type === 'property' ? node.parent : node;
}

function toIndex(segment: string): string | number {
  return /^\d+$/.test(segment) ? Number(segment) : segment;
}

function findLine(lineStarts: readonly number[], offset: number): number {
  return lineStarts.findLastIndex((start) => start <= offset) + 1;
}
