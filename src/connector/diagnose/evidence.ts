import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { AnswerEvidence, CallEvidence } from './types.ts';

export function readHeader(
  headers: JsonObject | Readonly<Record<string, string>> | undefined,
  name: string,
): string {
  const value = headers?.[name];
  return typeof value === 'string' ? value : '';
}

/** The words of an answer's body, short enough to search and to quote. */
export function readWords(body: Json, longest = 2000): string {
  const words: string[] = [];
  collect(body, words, 0);
  return words.join(' ').slice(0, longest);
}

function collect(value: Json, words: string[], depth: number): void {
  if (words.length > 60 || depth > 6) return;
  if (typeof value === 'string')
    words.push(
      value
        .replaceAll(/<[^>]*>/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    );
  else if (Array.isArray(value)) for (const item of value) collect(item, words, depth + 1);
  else if (isJsonObject(value)) for (const member of Object.values(value)) collect(member, words, depth + 1);
}

const LONGEST_QUOTE = 160;

function quote(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return `“${line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE - 1)}…` : line}”`;
}

/** What the service said about a failure, as a sentence; empty when it said nothing. */
export function quoteAnswer({ body }: AnswerEvidence): string {
  const words = readWords(body, LONGEST_QUOTE * 2);
  if (words === '') return '';
  const said = quote(words);
  return ` It says ${said}${/[.!?…]”$/.test(said) ? '' : '.'}`;
}

export function isHtml({ headers, body }: AnswerEvidence): boolean {
  if (/html/i.test(readHeader(headers, 'content-type'))) return true;
  return typeof body === 'string' && /^\s*<(?:!doctype html|html|head|body)\b/i.test(body);
}

export function readTitle({ body }: AnswerEvidence): string {
  const title = typeof body === 'string' ? /<title[^>]*>([^<]*)</i.exec(body)?.[1] : undefined;
  return title?.trim() ?? '';
}

/** The URL as it was sent, without its query; undefined when no request was written. */
export function readSentUrl({ exchange }: CallEvidence): URL | undefined {
  const url = exchange === undefined ? null : URL.parse(exchange.request.url);
  return url ?? undefined;
}

export function readHost(evidence: CallEvidence): string {
  return readSentUrl(evidence)?.host ?? URL.parse(evidence.connector.baseUrl)?.host ?? 'The service';
}
