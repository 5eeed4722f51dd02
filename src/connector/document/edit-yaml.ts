import {
  formatPointer,
  getByPointer,
  isJsonObject,
  type Json,
  type JsonObject,
  stringifyJson,
} from '../../base/index.ts';
import { editAt, putMember } from '../edit/edit-at.ts';
import type { JsonStep, Path } from './diff-json.ts';
import { type FoundNode, findNode } from './find-node.ts';
import { printYaml } from './print-text.ts';
import { type ReadableText, readText } from './read-text.ts';
import { applySplices, type TextSplice } from './text-types.ts';
import { findChunks, findDash, indentOf } from './yaml-chunks.ts';
import { endOfLine } from './yaml-tree.ts';

/** Applies one step to YAML, comments included. `undefined`: it cannot be done in place. */
export function editYaml(text: string, step: JsonStep): string | undefined {
  const read = readText(text, 'yaml');
  if (!read.ok) return undefined;
  const splices = plan({ text, ...read }, step);
  return splices && applySplices(text, splices);
}

/** What is longer is not written between brackets. */
const MAX_FLOW = 100;

interface Source extends ReadableText {
  readonly text: string;
}

function plan(source: Source, step: JsonStep): TextSplice[] | undefined {
  switch (step.type) {
    case 'set':
      return set(source, step.path, step.value);
    case 'remove':
      return remove(source, step.path);
    case 'insert':
      return insert(source, step);
    case 'rename':
      return rename(source, step);
    case 'order':
      return order(source, step);
  }
}

function set(source: Source, path: Path, value: Json): TextSplice[] | undefined {
  const found = findNode(source.tree, path);
  if (found === undefined) return undefined;
  const { node, member, around } = found;
  if (member === undefined) return undefined;
  const isFlow = around.some((one) => one.isFlow);
  const written = source.text.slice(node.start, node.end);
  const scalar = node.kind === 'scalar' && !node.isBlockText && node.end > node.start;
  if (isFlow || (scalar && isPlainScalar(value))) {
    return [{ start: node.start, end: node.end, text: printScalar(value, written, isFlow) }];
  }
  if (node.isFlow && node.members.length > 0 && typeof value === 'object' && value !== null) {
    const text = printFlow(value);
    if (text.length <= MAX_FLOW) return [{ start: node.start, end: node.end, text }];
  }
  return [reprint(source.text, found, value)];
}

/** Writes the value of a member of a block anew, from behind its colon or dash. */
function reprint(text: string, { node, member, around }: FoundNode, value: Json): TextSplice {
  const owner = around.at(-1);
  const key = member?.key;
  const start =
    key === undefined ? findDash(text, owner ?? node, node.start) + 1 : text.indexOf(':', key.end) + 1;
  const column = indentOf(text, owner ?? node);
  const printed = indent(printYaml(key === undefined ? [value] : { k: value }), column).trimEnd();
  return { start, end: Math.max(start, node.end), text: printed.slice(key === undefined ? 1 : 2) };
}

function remove(source: Source, path: Path): TextSplice[] | undefined {
  const owner = findNode(source.tree, path.slice(0, -1));
  const name = path.at(-1);
  if (owner === undefined || name === undefined) return undefined;
  const { node, around } = owner;
  if (node.isFlow || node.members.length === 1 || around.some((one) => one.isFlow)) {
    return replaceOwner(source, path.slice(0, -1), (value) => dropMember(value, name));
  }
  const chunks = findChunks(source.text, node);
  const index =
    node.kind === 'array' ? Number(name) : node.members.findLastIndex(({ key }) => key?.name === name);
  const chunk = chunks?.[index];
  if (chunk === undefined) return undefined;
  if (!chunk.isInline) return [{ ...chunk, text: '' }];
  // The first of a block that begins behind a dash: the next one takes its place, without its indentation.
  const next = chunks?.[index + 1];
  if (next === undefined) return undefined;
  const begin = source.text.slice(next.start, next.end).search(/\S/);
  return [{ start: chunk.start, end: next.start + Math.max(0, begin), text: '' }];
}

function dropMember(value: Json | undefined, name: string | number): Json {
  if (Array.isArray(value)) return value.toSpliced(Number(name), 1);
  return putMember(value as JsonObject, String(name), undefined);
}

function insert(source: Source, step: Extract<JsonStep, { type: 'insert' }>): TextSplice[] | undefined {
  const { path, key, after, value } = step;
  const { text } = source;
  const owner = findNode(source.tree, path);
  if (owner === undefined) return undefined;
  const { node, around } = owner;
  const isList = typeof key === 'number';
  if (node.isFlow || node.members.length === 0 || around.some((one) => one.isFlow)) {
    return replaceOwner(source, path, (before) => addMember(before, step));
  }
  const chunks = findChunks(text, node);
  if (chunks === undefined) return undefined;
  const index = isList
    ? key
    : after === undefined
      ? 0
      : node.members.findLastIndex((one) => one.key?.name === after) + 1;
  const column = indentOf(text, node);
  const printed = indent(printYaml(isList ? [value] : { [key]: value }), column);
  const next = chunks[index];
  if (next === undefined) {
    const end = chunks.at(-1)?.end ?? node.end;
    const isOpen = end > 0 && text[end - 1] !== '\n';
    return [{ start: end, end, text: `${isOpen ? '\n' : ''}${' '.repeat(column)}${printed}` }];
  }
  const { start, isInline } = next;
  const put = isInline ? `${printed}${' '.repeat(column)}` : `${' '.repeat(column)}${printed}`;
  return [{ start, end: start, text: put }];
}

function addMember(owner: Json | undefined, step: Extract<JsonStep, { type: 'insert' }>): Json {
  const { key, after, value } = step;
  if (Array.isArray(owner)) return owner.toSpliced(Number(key), 0, value);
  const entries = Object.entries((owner ?? {}) as JsonObject);
  const at = after === undefined ? 0 : entries.findIndex(([name]) => name === after) + 1;
  return Object.fromEntries(entries.toSpliced(at, 0, [String(key), value]));
}

function replaceOwner(
  source: Source,
  path: Path,
  edit: (value: Json | undefined) => Json,
): TextSplice[] | undefined {
  const pointer = formatPointer(path);
  const edited = getByPointer(editAt(source.value, pointer, edit), pointer);
  return edited === undefined ? undefined : set(source, path, edited);
}

function rename(
  { tree, text }: Source,
  { path, from, to }: Extract<JsonStep, { type: 'rename' }>,
): TextSplice[] | undefined {
  const key = findNode(tree, [...path, from])?.member?.key;
  if (key === undefined) return undefined;
  const { start, end } = key;
  return [{ start, end, text: printScalar(to, text.slice(start, end), true) }];
}

function order(
  { tree, text }: Source,
  { path, keys }: Extract<JsonStep, { type: 'order' }>,
): TextSplice[] | undefined {
  const node = findNode(tree, path)?.node;
  const chunks = node && findChunks(text, node);
  if (chunks?.length !== keys.length || chunks[0]?.isInline !== false) return undefined;
  const texts = new Map(
    chunks.map(({ start, end }, index) => [node?.members[index]?.key?.name, text.slice(start, end)]),
  );
  return chunks.map(({ start, end }, index) => {
    const moved = texts.get(keys[index] ?? '') ?? '';
    return { start, end, text: moved.endsWith('\n') || end === endOfLine(text, end) ? moved : `${moved}\n` };
  });
}

function isPlainScalar(value: Json): boolean {
  return typeof value !== 'object' || value === null
    ? !(typeof value === 'string' && value.includes('\n'))
    : Object.keys(value).length === 0;
}

/** A scalar, quoted as the one before it was; anything else between brackets. */
function printScalar(value: Json, before: string, isFlow: boolean): string {
  if (typeof value === 'string') {
    if (before.startsWith('"') || (isFlow && !isHarmless(value))) return JSON.stringify(value);
    if (before.startsWith("'")) return `'${value.replaceAll("'", "''")}'`;
  }
  return isFlow ? printFlow(value) : printYaml(value).trimEnd();
}

/** As people write it: `[labels, new]`, `{ name: weight }`. */
function printFlow(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(printFlow).join(', ')}]`;
  if (!isJsonObject(value)) {
    return typeof value === 'string' && isHarmless(value) ? printYaml(value).trimEnd() : stringifyJson(value);
  }
  const members = Object.entries(value).map(([key, member]) => `${printFlow(key)}: ${printFlow(member)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** Means the same between brackets. */
function isHarmless(value: string): boolean {
  return /^[A-Za-z][\w ./-]*$/.test(value) && !value.endsWith(' ');
}

/** Every line but the first. */
function indent(printed: string, column: number): string {
  return printed.replaceAll(/\n(?=[^\n])/g, `\n${' '.repeat(column)}`);
}
