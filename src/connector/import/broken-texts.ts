import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { isJsonObject, type Json } from '../../base/index.ts';

/** Stands for a line break while a text is parsed: as long as one, and allowed in JSON's texts. */
const BREAK = '\u2028';
/** What the parser reports of a text and reads nevertheless. */
const HARMLESS = new Set(['InvalidCharacter', 'InvalidEscapeCharacter', 'InvalidUnicode']);

export interface BrokenTexts {
  readonly value: Json;
  /** Where the first line break within a text stands. */
  readonly offset: number;
}

/**
 * Reads JSON in which texts go over several lines, as people paste them. `undefined` when there are none, or when
 * that is not all that is wrong: a quote that is missing looks the same.
 */
export function parseBrokenTexts(text: string): BrokenTexts | undefined {
  const joined = joinBrokenTexts(text);
  if (joined === text) return undefined;
  const errors: ParseError[] = [];
  const value = parse(joined, errors, { allowTrailingComma: true }) as Json | undefined;
  const isRead = errors.every((error) => HARMLESS.has(printParseErrorCode(error.error)));
  if (!isRead || value === undefined) return undefined;
  return { value: restore(value), offset: joined.indexOf(BREAK) };
}

/** The same text, as long, its texts on one line each. */
export function joinBrokenTexts(text: string): string {
  if (text.includes(BREAK)) return text;
  return text.replace(/"[^"\\]*(?:\\[\s\S][^"\\]*)*"|\/\/.*|\/\*[\s\S]*?\*\//g, (match) => {
    if (!match.startsWith('"') || !match.includes('\n')) return match;
    return match.replaceAll('\n', BREAK).replaceAll('\r', ' ');
  });
}

function restore(value: Json): Json {
  if (typeof value === 'string') return value.replaceAll(BREAK, '\n');
  if (Array.isArray(value)) return value.map(restore);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, restore(member)]));
}
