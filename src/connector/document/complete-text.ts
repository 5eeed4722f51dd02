import { formatPointer, getByPointer, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { findCursor, type TextCursor } from './cursor.ts';
import { listNames } from './names.ts';
import { printYaml } from './print-text.ts';
import { DOCUMENT_SCHEMAS, type DocumentPart } from './schema/document-schema.ts';
import { listApplied, listAppliedAt, listMember } from './schema/match-schema.ts';
import type { DocumentSchema } from './schema/schema-types.ts';
import type { TextFormat, TextSpan } from './text-types.ts';
import { startOfLine } from './yaml-tree.ts';

/** Something that can be written at a place. */
export interface Completion {
  readonly label: string;
  readonly kind: 'member' | 'value' | 'name';
  /** In Markdown. */
  readonly description: string;
  /** A snippet: `$0` is where the cursor goes. */
  readonly insert: string;
  /** What it takes the place of. */
  readonly span: TextSpan;
  /** There is a choice of what comes next. */
  readonly hasNext: boolean;
}

export interface CompletionRequest {
  readonly text: string;
  readonly format: TextFormat;
  readonly part: DocumentPart;
  readonly offset: number;
  /** What the text was when it could last be read. */
  readonly value: JsonObject;
  /** The API's document, whose names may be used. */
  readonly openapi: JsonObject;
}

/** What can be written at an offset, the most usual first. */
export function completeText(request: CompletionRequest): Completion[] {
  const cursor = findCursor(request.text, request.format, request.offset);
  if (cursor === undefined) return [];
  const members = cursor.kind === 'value' ? [] : listMembers(request, cursor);
  const values = cursor.kind === 'key' ? [] : listValues(request, cursor);
  return [...members, ...values];
}

function listMembers(request: CompletionRequest, cursor: TextCursor): Completion[] {
  const { value, part, format, text } = request;
  const owner = getByPointer(value, formatPointer(cursor.path));
  const written = text.slice(cursor.start, cursor.end).replaceAll(/^["']|["']$/g, '');
  const taken = new Set(isJsonObject(owner) ? Object.keys(owner) : []);
  const applied = listAppliedAt(DOCUMENT_SCHEMAS[part], value, cursor.path);
  const required = new Set(applied.flatMap((schema) => schema.required ?? []));
  const known = applied.flatMap((schema) => [
    ...Object.keys(schema.properties ?? {}),
    ...(schema['x-names'] ?? []).filter((name) => !Object.hasOwn(schema.properties ?? {}, name)),
    ...(schema['x-suggest'] === 'securitySchemes'
      ? listNames('securitySchemes', request.openapi, [], owner)
      : []),
  ]);
  const names = [...new Set(known)].filter((name) => name === written || !taken.has(name));
  names.sort((a, b) => Number(required.has(b)) - Number(required.has(a)));
  return names.map((name) => {
    const member = applied
      .flatMap((schema) => listMember(schema, name))
      .flatMap((schema) => listApplied(schema, undefined, DOCUMENT_SCHEMAS[part]));
    return {
      label: name,
      kind: 'member',
      description: describe(member),
      insert: cursor.hasColon ? printName(name, format) : printMember(name, member, request, cursor),
      span: cursor,
      hasNext:
        !cursor.hasColon && listWords(member).length + Number(member.some((one) => one['x-suggest'])) > 0,
    };
  });
}

/** The first description: what is said at a place goes before what is said in general. */
export function describe(schemas: readonly DocumentSchema[]): string {
  return schemas.find(({ description }) => description)?.description ?? '';
}

function printName(name: string, format: TextFormat): string {
  return escapeSnippet(format === 'json' ? JSON.stringify(name) : printYaml(name).trimEnd());
}

function printMember(
  name: string,
  member: readonly DocumentSchema[],
  { format, text }: CompletionRequest,
  cursor: TextCursor,
): string {
  const types = member.flatMap(({ type }) => type ?? []);
  const [first] = types;
  const key = printName(name, format);
  if (format === 'yaml') {
    const next = `\n${' '.repeat(countBehindDash(text, cursor.start) + 2)}`;
    if (first === 'object' && !types.includes('string')) return `${key}:${next}$0`;
    return first === 'array' ? `${key}:${next}- $0` : `${key}: $0`;
  }
  const rest = text.slice(cursor.end, cursor.end + 1000);
  const comma = /^\s*"/.test(rest) ? ',' : '';
  if (first === 'object') return `${key}: {\n\t$0\n}${comma}`;
  if (first === 'array') return `${key}: [$0]${comma}`;
  return first === 'string' && listWords(member).length === 0 ? `${key}: "$0"${comma}` : `${key}: $0${comma}`;
}

/** An editor indents new lines as the line is; a name behind a dash stands further to the right. */
function countBehindDash(text: string, start: number): number {
  return /^(?:-\s+)*/.exec(text.slice(startOfLine(text, start), start).trimStart())?.[0].length ?? 0;
}

function listValues(request: CompletionRequest, cursor: TextCursor): Completion[] {
  const { value, part, openapi, format } = request;
  const applied = listAppliedAt(DOCUMENT_SCHEMAS[part], value, cursor.path);
  const owner = typeof cursor.path.at(-1) === 'number' ? cursor.path.slice(0, -2) : cursor.path.slice(0, -1);
  const around = getByPointer(value, formatPointer(owner));
  const names = applied.flatMap((schema) =>
    schema['x-suggest'] === undefined || schema.type === 'object'
      ? []
      : listNames(schema['x-suggest'], openapi, cursor.path, around),
  );
  const complete = (word: Json, kind: Completion['kind'], description: string): Completion => ({
    label: String(word),
    kind,
    description,
    insert: escapeSnippet(format === 'json' ? JSON.stringify(word) : printYaml(word).trimEnd()),
    span: cursor,
    hasNext: false,
  });
  return [
    ...listWords(applied).map((word) => complete(word, 'value', meaningOf(word, applied))),
    ...names.map((name) => complete(name, 'name', '')),
  ];
}

/** The values that a schema names. */
export function listWords(schemas: readonly DocumentSchema[]): Json[] {
  const words = schemas.flatMap(({ enum: all = [], examples = [], type }) => [
    ...all,
    ...examples,
    ...(type === 'boolean' ? [true, false] : []),
  ]);
  return [...new Set(words)];
}

export function meaningOf(word: Json | undefined, schemas: readonly DocumentSchema[]): string {
  const found = schemas.find((schema) => Object.hasOwn(schema['x-meanings'] ?? {}, String(word)));
  return found?.['x-meanings']?.[String(word)] ?? '';
}

/** In a snippet these characters mean something. */
function escapeSnippet(text: string): string {
  return text.replaceAll(/[\\$}]/g, (character) => `\\${character}`);
}
