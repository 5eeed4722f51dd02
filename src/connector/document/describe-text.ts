import { formatPointer, getByPointer, type JsonObject } from '../../base/index.ts';
import { describe, listWords, meaningOf } from './complete-text.ts';
import { findNode } from './find-node.ts';
import { findPath } from './locate.ts';
import { DOCUMENT_SCHEMAS, type DocumentPart } from './schema/document-schema.ts';
import { listAppliedAt } from './schema/match-schema.ts';
import type { TextNode, TextSpan } from './text-types.ts';

/** What is said of the name or word under a pointer, in Markdown. */
export interface TextDescription {
  readonly span: TextSpan;
  readonly text: string;
}

const MOST_WORDS = 12;

/** Says what the name at an offset means and what its value may be; undefined where nothing is known. */
export function describeText(
  tree: TextNode,
  value: JsonObject,
  part: DocumentPart,
  offset: number,
): TextDescription | undefined {
  const path = findPath(tree, offset);
  const member = findNode(tree, path)?.member;
  if (member === undefined) return undefined;
  const { key, value: node } = member;
  const isOnKey = key !== undefined && offset >= key.start && offset <= key.end;
  const isOnWord = node.members.length === 0 && offset >= node.start && offset <= node.end;
  if (!isOnKey && !isOnWord) return undefined;
  const applied = listAppliedAt(DOCUMENT_SCHEMAS[part], value, path);
  const words = listWords(applied);
  const word = getByPointer(value, formatPointer(path));
  const meaning = meaningOf(word, applied);
  const shown = words.slice(0, MOST_WORDS).map((one) => `\`${String(one)}\``);
  const lines = [
    describe(applied),
    meaning === '' ? '' : `\`${String(word)}\`: ${meaning}`,
    words.length === 0 ? '' : `${shown.join(' · ')}${words.length > MOST_WORDS ? ' …' : ''}`,
  ].filter((line) => line !== '');
  if (lines.length === 0) return undefined;
  const span = isOnKey ? { start: key.start, end: key.end } : { start: node.start, end: node.end };
  return { span, text: lines.join('\n\n') };
}
