import type { TextNode, TextSpan } from './text-types.ts';
import { endOfLine, startOfLine } from './yaml-tree.ts';

/** The lines of a member of a block, with the comments above it. */
export interface YamlChunk extends TextSpan {
  /** It begins behind the dash or the key of what it stands in. */
  readonly isInline: boolean;
}

/** Cuts a block into the lines of its members, one after the other without a gap. */
export function findChunks(text: string, node: TextNode): YamlChunk[] | undefined {
  const column = indentOf(text, node);
  const starts: number[] = [];
  let before: number | undefined;
  for (const { key, value } of node.members) {
    const at = key?.start ?? findDash(text, node, value.start);
    if (at < 0) return undefined;
    const line = startOfLine(text, at);
    if (before === undefined) starts.push(text.slice(line, at).trim() === '' ? findComments(text, line) : at);
    else starts.push(line <= before ? -1 : findLeading(text, before, line, column));
    before = Math.max(value.end, key?.end ?? at + 1);
  }
  if (starts.some((start) => start < 0)) return undefined;
  const end = before === undefined ? node.end : Math.min(text.length, endOfLine(text, before) + 1);
  return starts.map((start, index) => ({
    start,
    end: starts[index + 1] ?? end,
    isInline: index === 0 && start !== startOfLine(text, start),
  }));
}

/** The first of the comments above the first member. Those at the head of a text belong to all of it. */
function findComments(text: string, line: number): number {
  let start = line;
  while (start > 0) {
    const above = startOfLine(text, start - 1);
    if (!/^\s*(?:#.*)?$/.test(text.slice(above, start - 1))) return start;
    start = above;
  }
  return line;
}

/** The first of the comments and blank lines above a line that belong to it rather than to what stands before. */
function findLeading(text: string, before: number, line: number, column: number): number {
  let start = Math.min(line, endOfLine(text, before) + 1);
  while (start < line) {
    const end = endOfLine(text, start);
    const written = text.slice(start, end);
    if (written.trim() === '' || written.search(/\S/) <= column) return start;
    start = end + 1;
  }
  return line;
}

/** How far a block is indented. */
export function indentOf(text: string, node: TextNode): number {
  const at = node.members[0]?.key?.start ?? node.start;
  return at - startOfLine(text, at);
}

/** The dash before an item. */
export function findDash(text: string, list: TextNode, item: number): number {
  const column = indentOf(text, list);
  for (let line = startOfLine(text, item); line >= startOfLine(text, list.start); ) {
    const at = line + column;
    if (text[at] === '-' && at <= item && /^\s*(?:[-?:]\s+)*$/.test(text.slice(line, at))) return at;
    if (line === 0) break;
    line = startOfLine(text, line - 1);
  }
  return -1;
}
