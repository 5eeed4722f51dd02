import { constructFromEvents, parseEvents, YAMLException } from 'js-yaml';
import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import { parseDocument } from 'yaml';
import { isJsonObject, type Json, type JsonObject, parseJson } from '../../base/index.ts';
import { lineAt } from '../import/decode.ts';
import { describeSyntaxError } from '../import/json-syntax.ts';
import { YAML_SCHEMA } from '../import/yaml/parse-yaml.ts';
import { separateAliases } from '../import/yaml/separate-aliases.ts';
import type { TextError, TextFormat, TextNode } from './text-types.ts';
import { buildYamlTree, endOfLine, startOfLine } from './yaml-tree.ts';

export interface ReadableText {
  readonly value: JsonObject;
  readonly tree: TextNode;
}

export type ReadText =
  | ({ readonly ok: true } & ReadableText)
  | { readonly ok: false; readonly error: TextError };

/**
 * Reads a text that somebody edits. Nothing is repaired, unlike in an import: what the text says is what the connector
 * becomes. JSON may have comments and trailing commas. Where it may be empty, YAML of nothing but comments is an object
 * without members. Never throws.
 */
export function readText(text: string, format: TextFormat, mayBeEmpty = false): ReadText {
  if (mayBeEmpty && format === 'yaml' && /^(?:[^\S\n]*(?:#.*)?(?:\n|$))*$/.test(text)) {
    return { ok: true, value: {}, tree: NOTHING };
  }
  if (text.trim() === '') return refuse(text, 0, 'There is no text: write an object, or undo.');
  try {
    const read = format === 'json' ? readJson(text) : readYaml(text);
    if ('message' in read) return { ok: false, error: read };
    if (!isJsonObject(read.value)) {
      return refuse(text, read.tree.start, 'The text must be an object: names with values, such as “info:”.');
    }
    return { ok: true, value: read.value, tree: read.tree };
  } catch (error) {
    const deep = error instanceof RangeError ? 'is nested too deeply' : 'holds aliases that grow without end';
    return refuse(text, 0, `The text ${deep}.`);
  }
}

const NOTHING: TextNode = {
  kind: 'object',
  isFlow: false,
  isBlockText: false,
  members: [],
  start: 0,
  end: 0,
};

type Read = { readonly value: Json; readonly tree: TextNode } | TextError;

function refuse(text: string, start: number, message: string): ReadText {
  return { ok: false, error: { message, start, end: start + 1, line: lineAt(text, start) } };
}

function readJson(text: string): Read {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined || root === undefined) {
    const { offset, length } = error ?? { offset: 0, length: 1 };
    const message =
      error === undefined ? 'The text holds no value.' : describeSyntaxError('The text', text, error);
    return { message, start: offset, end: offset + Math.max(1, length), line: lineAt(text, offset) };
  }
  return { value: tryStrict(text) ?? toValue(root, text), tree: toTree(root) };
}

function tryStrict(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined; // comments, or commas too many
  }
}

function toValue(node: Node, text: string): Json {
  const { type, children = [] } = node;
  if (type === 'array') return children.map((child) => toValue(child, text));
  if (type === 'object') {
    return Object.fromEntries(
      children.flatMap(({ children: pair = [] }) => {
        const [key, value] = pair;
        return key && value ? [[String(key.value), toValue(value, text)] as const] : [];
      }),
    );
  }
  return type === 'number'
    ? parseJson(text.slice(node.offset, node.offset + node.length))
    : (node.value as Json);
}

function toTree({ type, offset, length, children = [] }: Node): TextNode {
  const place = { start: offset, end: offset + length, isFlow: true, isBlockText: false };
  if (type === 'array') {
    const members = children.map((child) => ({ key: undefined, value: toTree(child) }));
    return { ...place, kind: 'array', members };
  }
  if (type !== 'object') return { ...place, kind: 'scalar', members: [] };
  const members = children.flatMap(({ children: pair = [] }) => {
    const [key, value] = pair;
    if (key === undefined || value === undefined) return [];
    const name = { start: key.offset, end: key.offset + key.length, name: String(key.value) };
    return [{ key: name, value: toTree(value) }];
  });
  return { ...place, kind: 'object', members };
}

const MAX_DEPTH = 1000;

function readYaml(text: string): Read {
  try {
    const events = parseEvents(text, { maxDepth: MAX_DEPTH });
    const documents = constructFromEvents(events, { source: text, schema: YAML_SCHEMA, json: true });
    const tree = buildYamlTree(text, events);
    if (documents.length !== 1 || tree === undefined) {
      const message = `The text must hold one document, not ${documents.length}: take out the lines “---”.`;
      const start = Math.max(0, text.indexOf('\n---') + 1);
      return { message, start, end: start + 3, line: lineAt(text, start) };
    }
    return { value: separateAliases('The text', (documents[0] ?? null) as Json, events.length), tree };
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return explainYaml(text, error);
  }
}

/** A parser that explains better takes its time: not for what is larger, in characters. */
const MOST_TO_EXPLAIN = 300_000;

function explainYaml(text: string, { reason, mark }: YAMLException): TextError {
  const [better] =
    text.length > MOST_TO_EXPLAIN
      ? []
      : parseDocument(text, { uniqueKeys: false, logLevel: 'silent' }).errors;
  const last = Math.max(0, text.length - 1);
  const start = Math.min(better?.pos[0] ?? mark?.position ?? 0, last);
  const end = Math.max(start + 1, Math.min(better?.pos[1] ?? 0, endOfLine(text, start)));
  const line = lineAt(text, start);
  const column = start - startOfLine(text, start) + 1;
  const [words = reason] = (better?.message ?? reason).split('\n');
  const what = words.replace(/ at line \d+, column \d+:?$/, '').replace(/[:.]$/, '');
  return {
    message: `The text is not valid YAML: line ${line}, column ${column}: ${what}.`,
    start,
    end,
    line,
  };
}
