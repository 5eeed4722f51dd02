import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { FlowFailure } from './types.ts';

/** Tokens of usual encodings are about four bytes of UTF-8 (the published rule of thumb); pieces stay below. */
const BYTES_PER_TOKEN = 4;
const DEFAULT_TOKENS = 5000;

/**
 * ChunkText: a text in pieces that overlap, by length or by the estimated number of tokens, cut between words where
 * there are any. Inputs as Logic Apps writes them: `text`, `chunkingStrategy` (`FixedLength` with `FixedLength` or
 * `MaxPageLength`, `TokenSize` with `TokenSize`), `PageOverlapLength`.
 */
export function chunkText(inputs: Json): { outputs?: Json; error?: FlowFailure } {
  const given: JsonObject = isJsonObject(inputs) ? inputs : {};
  const { text } = given;
  if (typeof text !== 'string') {
    const message = `"text" gave ${text === null || text === undefined ? 'null' : `a value of type ${typeof text}`}, and a text is needed.`;
    return { error: { code: 'BadRequest', message } };
  }
  const byTokens = String(read(given, 'chunkingStrategy') ?? 'TokenSize').toLowerCase() === 'tokensize';
  const size = readCount(given, byTokens ? ['TokenSize'] : ['FixedLength', 'MaxPageLength', 'PageLength']);
  const overlap = readCount(given, ['PageOverlapLength', 'OverlapLength']) ?? 0;
  const length = size ?? (byTokens ? DEFAULT_TOKENS : DEFAULT_TOKENS * BYTES_PER_TOKEN);
  if (length < 1 || overlap >= length) {
    const message = `The pieces are ${length} long and overlap by ${overlap}; the length is at least 1 and more than the overlap.`;
    return { error: { code: 'BadRequest', message } };
  }
  const scale = byTokens ? BYTES_PER_TOKEN : 1;
  const measure = byTokens ? utf8Length : () => 1;
  const chunks = splitText(text, length * scale, overlap * scale, measure);
  return { outputs: { body: { value: chunks } } };
}

/** Cuts where the measure of a piece would pass `length`, back to the last space if the piece has one. */
function splitText(
  text: string,
  length: number,
  overlap: number,
  measure: (code: number) => number,
): string[] {
  const chunks: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = cutAtSpace(text, start, findEnd(text, start, length, measure));
    chunks.push(text.slice(start, end));
    if (end >= text.length) break;
    start = Math.max(findStart(text, end, overlap, measure), start + 1);
  }
  return chunks;
}

function findEnd(text: string, start: number, length: number, measure: (code: number) => number): number {
  let end = start;
  for (let size = 0; end < text.length; ) {
    const code = text.codePointAt(end) ?? 0;
    size += measure(code);
    if (size > length && end > start) break;
    end += code > 0xffff ? 2 : 1;
  }
  return end;
}

function findStart(text: string, end: number, overlap: number, measure: (code: number) => number): number {
  let start = end;
  for (let size = 0; start > 0; ) {
    const low = text.charCodeAt(start - 1);
    const step = low >= 0xdc00 && low <= 0xdfff && start > 1 ? 2 : 1;
    size += measure(text.codePointAt(start - step) ?? 0);
    if (size > overlap) break;
    start -= step;
  }
  return start;
}

function cutAtSpace(text: string, start: number, end: number): number {
  if (end >= text.length || /\s/.test(text.charAt(end))) return end;
  for (let place = end; place > start + (end - start) / 2; place--) {
    if (/\s/.test(text.charAt(place - 1))) return place;
  }
  return end;
}

function utf8Length(code: number): number {
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}

/** Member names come in any case. */
function read(inputs: JsonObject, name: string): Json | undefined {
  const key = Object.keys(inputs).find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return key === undefined ? undefined : inputs[key];
}

function readCount(inputs: JsonObject, names: readonly string[]): number | undefined {
  for (const name of names) {
    const count = Number(read(inputs, name) ?? Number.NaN);
    if (Number.isInteger(count) && count >= 0) return count;
  }
  return undefined;
}

/**
 * ParseDocument: the text of a document that is text (plain, Markdown, CSV, JSON, XML, HTML without its tags). Other
 * documents, such as PDF, need a service that reads them.
 */
export function parseDocument(content: Json): { outputs?: Json; error?: FlowFailure } {
  if (typeof content === 'string') return textOf(content);
  if (!isJsonObject(content) || typeof content.$content !== 'string') {
    return {
      error: { code: 'BadRequest', message: '"content" is neither a text nor the content of a file.' },
    };
  }
  const type = String(content['$content-type'] ?? 'application/octet-stream').toLowerCase();
  if (!/^text\/|[/+](json|xml|yaml|csv|markdown)\b/.test(type)) {
    const code = 'ActionTypeNotSupported';
    const message = `The document is of the type ${type}, and only text, HTML, JSON, XML and CSV are read here: read it with an operation of a connector.`;
    return { error: { code, message } };
  }
  const bytes = Uint8Array.from(atob(content.$content), (character) => character.charCodeAt(0));
  return textOf(new TextDecoder().decode(bytes), type.includes('html'));
}

function textOf(text: string, isHtml = /^\s*<(!doctype html|html)\b/i.test(text)): { outputs: Json } {
  return { outputs: { body: { text: isHtml ? stripTags(text) : text } } };
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

function stripTags(html: string): string {
  return html
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<(br|\/p|\/div|\/li|\/tr|\/h[1-6])\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(#\d+|#x[\da-f]+|\w+);/gi, (whole, name: string) => ENTITIES[name.toLowerCase()] ?? whole)
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n\s*/g, '\n')
    .trim();
}
