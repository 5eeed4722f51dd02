import { ExpressionError, type FaultDetails, type Source } from './errors.ts';
import { createFloat, createInteger, type Value } from './value.ts';

export type Token =
  | { readonly kind: 'text' | 'number'; readonly value: Value; readonly start: number; readonly end: number }
  | { readonly kind: 'name'; readonly name: string; readonly start: number; readonly end: number }
  | { readonly kind: Punctuation | 'end'; readonly start: number; readonly end: number };

type Punctuation = '(' | ')' | '[' | ']' | '{' | '}' | ',' | '.' | '?';

const PUNCTUATION: ReadonlySet<string> = new Set(['(', ')', '[', ']', '{', '}', ',', '.', '?']);
const SPACE = /\s/;
const FUNCTION_NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
/** Property names after a dot are taken as generously as flows write them: `.x-ms-id`, `.@odata`, `.$content`. */
const PROPERTY_NAME = /[\p{L}\p{N}_$@#][\p{L}\p{N}\p{M}_$@:#-]*/uy;
const NUMBER = /[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;
/** The longest whole number of 64 bits: a sign and nineteen digits. */
const MAX_INTEGER_LENGTH = 20;

/** What may stand at a place: a value, something that continues one, or the name of a property. */
export type Place = 'operand' | 'operator' | 'property';

/** Splits an expression into tokens on demand, since only the parser knows where an expression ends. */
export class Scanner {
  readonly source: Source;
  #offset: number;
  /** Reads on over what cannot be read: text that is being written is unfinished at every moment. */
  readonly #tolerant: boolean;

  constructor(source: Source, offset: number, tolerant = false) {
    this.source = source;
    this.#offset = offset;
    this.#tolerant = tolerant;
  }

  next(place: Place): Token {
    const { text } = this.source;
    let start = this.#offset;
    while (start < text.length && SPACE.test(text.charAt(start))) start++;
    const token = start >= text.length ? this.#end(start) : this.#read(start, place);
    this.#offset = token.end;
    return token;
  }

  fail(sentence: string, start: number, end: number, details: FaultDetails = {}): never {
    const hints = [details.fix, hintAtEscape(this.source.text)].filter((hint) => hint !== undefined);
    const fix = hints.length === 0 ? undefined : hints.join(' ');
    throw new ExpressionError('syntax', sentence, this.source, start, end, { ...details, fix });
  }

  #end(start: number): Token {
    return { kind: 'end', start, end: start };
  }

  #read(start: number, place: Place): Token {
    const char = this.source.text.charAt(start);
    if (char === "'") return this.#readText(start);
    const token = this.#readNumber(start, place) ?? this.#readName(start, place);
    if (token !== undefined) return token;
    if (PUNCTUATION.has(char)) return { kind: char as Punctuation, start, end: start + 1 };
    if (this.#tolerant) {
      this.#offset = start + 1;
      return this.next(place);
    }
    return this.#refuse(start);
  }

  #refuse(start: number): never {
    const char = String.fromCodePoint(this.source.text.codePointAt(start) ?? 0);
    const end = start + char.length;
    if (/["\u2018\u2019\u201c\u201d]/.test(char)) {
      const sentence = `A text stands between straight single quotes ('…'), not ${char}.`;
      return this.fail(sentence, start, end, { expected: ["'text'"] });
    }
    if (char === '@') return this.fail("Only the beginning of an expression has an '@'.", start, end);
    return this.fail(`The character '${char}' has no meaning in an expression.`, start, end);
  }

  #readText(start: number): Token {
    const { text } = this.source;
    let value = '';
    let from = start + 1;
    for (;;) {
      const quote = text.indexOf("'", from);
      if (quote === -1 && this.#tolerant) {
        return { kind: 'text', value: value + text.slice(from), start, end: text.length };
      }
      if (quote === -1) {
        this.fail(
          "This text has no closing quote; a quote inside a text is written twice ('').",
          start,
          start + 1,
          {
            expected: ["'"],
          },
        );
      }
      value += text.slice(from, quote);
      if (text.charAt(quote + 1) !== "'") return { kind: 'text', value, start, end: quote + 1 };
      value += "'";
      from = quote + 2;
    }
  }

  #readName(start: number, place: Place): Token | undefined {
    const name = match(place === 'property' ? PROPERTY_NAME : FUNCTION_NAME, this.source.text, start);
    return name === undefined ? undefined : { kind: 'name', name, start, end: start + name.length };
  }

  #readNumber(start: number, place: Place): Token | undefined {
    if (place === 'property') return undefined;
    const digits = place === 'operand' ? match(NUMBER, this.source.text, start) : undefined;
    if (digits === undefined) return undefined;
    const end = start + digits.length;
    if (/[.eE]/.test(digits)) return { kind: 'number', value: createFloat(Number(digits)), start, end };
    const integer = parseInteger(digits);
    if (integer === undefined && this.#tolerant) return { kind: 'number', value: 0, start, end };
    if (integer === undefined) this.fail(`The number ${digits} does not fit into 64 bits.`, start, end);
    return { kind: 'number', value: integer, start, end };
  }
}

function match(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0];
}

function parseInteger(digits: string): Value | undefined {
  if (digits.length > MAX_INTEGER_LENGTH) return undefined;
  const integer = BigInt(digits.replace('+', ''));
  return BigInt.asIntN(64, integer) === integer ? createInteger(integer) : undefined;
}

/** Whoever writes "@anna, please look" wants text, not an expression. */
function hintAtEscape(text: string): string | undefined {
  if (!text.startsWith('@') || text.startsWith('@{')) return undefined;
  return "If the string is plain text, begin it with '@@'.";
}
