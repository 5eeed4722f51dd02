import { ODataError } from './errors.ts';

export type Token = { readonly position: number; readonly text: string } & (
  | { readonly kind: 'word' | 'number' | 'instant' | 'punctuation' | 'end' }
  | { readonly kind: 'text'; readonly value: string }
);

const SPACE = /\s*/y;
/** OData's quoted text; `datetime'…'` and `guid'…'` are the prefixed forms of version 3. */
const TEXT = /(?:datetime|datetimeoffset|guid)?'((?:[^']|'')*)'/iy;
const INSTANT = /\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?(?![\w-])/iy;
const NUMBER = /[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?[dflm]?(?![\w])/iy;
/** Names, with `/` into a composed value: `Author/Email`, `{Identifier}`. */
const WORD = /[\p{L}_{][\p{L}\p{N}_{}.]*(?:\/[\p{L}_][\p{L}\p{N}_]*)*/uy;
const PUNCTUATION = /[(),]/y;

/** As long as the longest URL that is sent; also bounds how deep the tree of a filter can get. */
const LONGEST = 16_384;

/** Splits a query option into tokens; the last one is `end`. @param option its name, for messages */
export function readTokens(text: string, option: string): Token[] {
  if (text.length > LONGEST) {
    throw ODataError.at('ODATA_SYNTAX', option, LONGEST, `at most ${LONGEST} characters are read.`);
  }
  const tokens: Token[] = [];
  let position = skipSpace(text, 0);
  while (position < text.length) {
    const token = readToken(text, position);
    if (token === undefined) throw describeUnreadable(text, option, position);
    tokens.push(token);
    position = skipSpace(text, position + token.text.length);
  }
  tokens.push({ kind: 'end', text: '', position });
  return tokens;
}

function readToken(text: string, position: number): Token | undefined {
  const quoted = match(TEXT, text, position);
  if (quoted !== undefined) {
    return { kind: 'text', text: quoted[0], value: (quoted[1] ?? '').replaceAll("''", "'"), position };
  }
  for (const [kind, pattern] of PATTERNS) {
    const found = match(pattern, text, position);
    if (found !== undefined) return { kind, text: found[0], position };
  }
  return undefined;
}

const PATTERNS = [
  ['instant', INSTANT],
  ['number', NUMBER],
  ['word', WORD],
  ['punctuation', PUNCTUATION],
] as const;

function match(pattern: RegExp, text: string, position: number): RegExpExecArray | undefined {
  pattern.lastIndex = position;
  return pattern.exec(text) ?? undefined;
}

function skipSpace(text: string, position: number): number {
  SPACE.lastIndex = position;
  return position + (SPACE.exec(text)?.[0].length ?? 0);
}

function describeUnreadable(text: string, option: string, position: number): ODataError {
  const character = text[position] ?? '';
  const message = character === "'" ? 'the closing quote is missing.' : `“${character}” has no meaning here.`;
  return ODataError.at('ODATA_SYNTAX', option, position, message);
}
