import { getLocation } from 'jsonc-parser';
import type { TextFormat, TextSpan } from './text-types.ts';
import { endOfLine, startOfLine } from './yaml-tree.ts';

/** Where somebody is writing; the text around it need not be readable. */
export interface TextCursor extends TextSpan {
  /** Of the object whose member is named, or of the value that is written. */
  readonly path: readonly (string | number)[];
  /** `either`: the text does not tell yet, as behind the dash of a list. */
  readonly kind: 'key' | 'value' | 'either';
  /** A colon, and perhaps a value, stand behind the name already. */
  readonly hasColon: boolean;
}

/** What is being written at an offset; undefined where nothing can be offered, as in a comment. */
export function findCursor(text: string, format: TextFormat, offset: number): TextCursor | undefined {
  return format === 'json' ? findInJson(text, offset) : findInYaml(text, offset);
}

function findInJson(text: string, offset: number): TextCursor | undefined {
  const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
  if (path.length === 0) return undefined;
  const end = previousNode ? previousNode.offset + previousNode.length : offset;
  const isOn = previousNode !== undefined && previousNode.offset <= offset && offset <= end;
  const span = isOn ? { start: previousNode.offset, end } : { start: offset, end: offset };
  if (!isAtPropertyKey) return { ...span, path, kind: 'value', hasColon: false };
  const hasColon = /^\s*:/.test(text.slice(span.end, span.end + 100));
  return { ...span, path: path.slice(0, -1), kind: 'key', hasColon };
}

interface Token {
  readonly kind: 'dash' | 'key';
  readonly column: number;
  readonly name: string;
}

interface YamlLine {
  readonly tokens: readonly Token[];
  /** Where the value begins, or the word that is no key yet. */
  readonly rest: number;
  readonly restText: string;
}

const KEY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#"'[\]{},&*!|>%@`-][^#]*?|-[^\s#][^#]*?)\s*:(?=\s|$)/;

function readLine(line: string): YamlLine {
  const tokens: Token[] = [];
  let at = line.search(/\S|$/);
  for (;;) {
    const dash = /^-(?:\s+|$)/.exec(line.slice(at));
    if (dash === null) break;
    tokens.push({ kind: 'dash', column: at, name: '' });
    at += dash[0].length;
  }
  const key = KEY.exec(line.slice(at));
  if (key !== null) {
    tokens.push({ kind: 'key', column: at, name: unquote(key[1] ?? '') });
    at += key[0].length;
    at += line.slice(at).search(/\S|$/);
  }
  return { tokens, rest: at, restText: line.slice(at) };
}

function unquote(key: string): string {
  if (key.startsWith("'")) return key.slice(1, -1).replaceAll("''", "'");
  if (!key.startsWith('"')) return key;
  try {
    return String(JSON.parse(key));
  } catch {
    return key.slice(1, -1);
  }
}

function findInYaml(text: string, offset: number): TextCursor | undefined {
  const lineStart = startOfLine(text, offset);
  const column = offset - lineStart;
  // Of a line of blanks, those before the cursor say where one writes.
  const line = text.slice(lineStart, endOfLine(text, offset)).trimEnd().padEnd(column);
  if (/(?:^|\s)#/.test(line.slice(0, column))) return undefined;
  const whole = readLine(line);
  const [last] = whole.tokens.slice(-1);
  // On the name of a key that is there, or before any is.
  const isOnKey = last?.kind === 'key' && column <= last.column + last.name.length;
  const isInValue = last?.kind === 'key' && column >= whole.rest;
  if (last?.kind === 'key' && !isOnKey && !isInValue && column < whole.rest - 1) return undefined;
  const own = isOnKey ? whole.tokens.slice(0, -1) : whole.tokens;
  const contentColumn = isOnKey ? last.column : Math.min(whole.rest, column);
  const around = readAround(text, lineStart, own, contentColumn);
  if (around === undefined) return undefined;
  const flow = readFlow(line.slice(whole.rest, column));
  if (last?.kind === 'key' && !isOnKey) {
    const start = lineStart + Math.min(whole.rest, column) + (flow?.start ?? 0);
    const end = flow === undefined ? lineStart + valueEnd(line, whole.rest, column) : offset;
    if (flow?.isObject === true) return { path: around, kind: 'key', start, end, hasColon: false };
    return { path: flow ? [...around, 0] : around, kind: 'value', start, end, hasColon: false };
  }
  const start = lineStart + contentColumn;
  const word = /^[^\s:]*/.exec(line.slice(contentColumn))?.[0].length ?? 0;
  const end = Math.max(offset, isOnKey ? start + last.name.length : start + word);
  const isItem = own.at(-1)?.kind === 'dash';
  return { path: around, kind: isItem ? 'either' : 'key', start, end, hasColon: isOnKey };
}

/** Before a comment, where one stands behind a value. */
function valueEnd(line: string, from: number, column: number): number {
  const comment = line.slice(from).search(/\s#/);
  return Math.max(column, comment < 0 ? line.length : from + comment);
}

/** An open bracket before the cursor in the same line. */
function readFlow(before: string): { start: number; isObject: boolean } | undefined {
  if (!/^[[{]/.test(before)) return undefined;
  const at = Math.max(before.lastIndexOf('['), before.lastIndexOf('{'), before.lastIndexOf(','));
  const blank = before.slice(at + 1).search(/\S|$/);
  return { start: at + 1 + blank, isObject: before.startsWith('{') };
}

/** The path down to a line, read upwards by indentation. Undefined inside a text of several lines. */
function readAround(
  text: string,
  lineStart: number,
  own: readonly Token[],
  column: number,
): (string | number)[] | undefined {
  const path: (string | number)[] = [];
  let limit = column;
  let limitKind = 'key' as Token['kind'];
  const take = (token: Token) => {
    path.unshift(token.kind === 'dash' ? 0 : token.name);
    limit = token.column;
    limitKind = token.kind;
  };
  for (const token of own.toReversed()) take(token);
  let start = lineStart;
  while (start > 0 && (limit > 0 || limitKind === 'dash')) {
    const end = start - 1;
    start = startOfLine(text, end);
    const line = text.slice(start, end);
    if (/^\s*(?:#.*)?$/.test(line)) continue;
    const { tokens, restText } = readLine(line);
    for (const token of tokens.toReversed()) {
      const isSibling = token.kind === 'dash' && limitKind === 'dash' && token.column === limit;
      const isOwner = token.kind === 'key' && limitKind === 'dash' && token.column === limit;
      if (isSibling) path[0] = Number(path[0]) + 1;
      else if (token.column < limit || isOwner) {
        if (token.kind === 'key' && /^[|>][-+0-9]*\s*(?:#.*)?$/.test(restText)) return undefined;
        take(token);
      }
    }
  }
  return path;
}
