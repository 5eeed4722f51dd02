import { compilePattern } from './pattern.ts';

/** A quantifier that asks for more is not one a sample can satisfy readably. */
const MAX_LENGTH = 2000;

/** How often to repeat what may be repeated without end, one after the other until the text fits. */
const REPETITIONS = [1, 2, 0, 3, 4, 6, 8, 12, 20, 50, 100, 300];

/**
 * Makes a text that matches a regular expression, and `fits`: literals, classes, groups, the first alternative that
 * will do. Conditions that look around are passed over, and met by chance or not at all. `undefined` when nothing
 * was found.
 */
export function samplePattern(
  pattern: string,
  fits: (text: string) => boolean = () => true,
): string | undefined {
  const expression = compilePattern(pattern);
  if (expression === undefined) return undefined;
  for (let alternative = 0; alternative < 3; alternative++) {
    for (const times of REPETITIONS) {
      const text = new PatternReader(pattern, { times, alternative }).read();
      if (text !== undefined && fits(text) && expression.test(text)) return text;
    }
  }
  return LOOKS_AROUND.test(pattern)
    ? PASSWORDS.find((text) => fits(text) && expression.test(text))
    : undefined;
}

const LOOKS_AROUND = /\(\?<?[=!]/;
/** What conditions that look around mostly ask for: letters of both cases, digits, signs, a length. */
const PASSWORDS = [
  'Sample12',
  'Sample1!',
  'Sample12!',
  'Sample-1234!',
  'Sample-1234-Sample!',
  'sample',
  'a1',
];

interface Choices {
  /** Of what is repeated without end. */
  readonly times: number;
  /** Which of the alternatives, where there are so many. */
  readonly alternative: number;
}

const CLASSES: Readonly<Record<string, string>> = {
  d: '1',
  w: 'a',
  s: ' ',
  D: 'a',
  W: '-',
  S: 'a',
  b: '',
  B: '',
};
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f', v: '\v', '0': '\0' };
/** Tried in this order for a class that excludes something. */
const CANDIDATES = [...'a1A-_.:/ ', 'é'];

class PatternReader {
  readonly #pattern: string;
  readonly #choices: Choices;
  #at = 0;
  #failed = false;

  constructor(pattern: string, choices: Choices) {
    this.#pattern = pattern;
    this.#choices = choices;
  }

  read(): string | undefined {
    const text = this.#alternatives();
    return this.#failed || this.#at < this.#pattern.length || text.length > MAX_LENGTH ? undefined : text;
  }

  #peek(): string | undefined {
    return this.#pattern[this.#at];
  }

  #take(): string {
    const character = this.#pattern[this.#at] ?? '';
    if (character === '') this.#failed = true;
    this.#at += 1;
    return character;
  }

  /** The chosen alternative, or the last before it; the others are read over. */
  #alternatives(): string {
    let text = this.#sequence();
    for (let index = 1; this.#peek() === '|' && !this.#failed; index++) {
      this.#at += 1;
      const other = this.#sequence();
      if (index <= this.#choices.alternative) text = other;
    }
    return text;
  }

  #sequence(): string {
    let text = '';
    for (let next = this.#peek(); next !== undefined && next !== '|' && next !== ')'; next = this.#peek()) {
      const piece = this.#piece();
      const count = this.#quantifier();
      if (this.#failed || piece.length * count + text.length > MAX_LENGTH) {
        this.#failed = true;
        return '';
      }
      text += piece.repeat(count);
    }
    return text;
  }

  #piece(): string {
    const character = this.#take();
    if (character === '^' || character === '$') return '';
    if (character === '.') return 'a';
    if (character === '[') return this.#set();
    if (character === '(') return this.#group();
    return character === '\\' ? this.#escape() : character;
  }

  #escape(): string {
    const character = this.#take();
    if (/[pPux]/.test(character)) return this.#named(character);
    if (/[1-9k]/.test(character)) this.#failed = true;
    return CLASSES[character] ?? CONTROLS[character] ?? character;
  }

  /** `\p{L}`, `\u0041`, `\u{1F600}`, `\x41`: a character that matches. */
  #named(kind: string): string {
    const rest = this.#pattern.slice(this.#at);
    const [text] = /^(?:\{[^}]*\}|[\da-f]{4}|[\da-f]{2})/i.exec(rest) ?? [];
    const taken = kind === 'x' ? text?.slice(0, 2) : text;
    if (taken === undefined) this.#failed = true;
    this.#at += taken?.length ?? 1;
    if (kind === 'p' || kind === 'P') {
      return CANDIDATES.find((candidate) => matches(`\\${kind}${taken}`, candidate)) ?? '';
    }
    return String.fromCodePoint(
      Math.min(0x10ffff, Number.parseInt(taken?.replace(/[{}]/g, '') ?? '', 16) || 97),
    );
  }

  #group(): string {
    let isCondition = false;
    if (this.#peek() === '?') {
      const [kind, looks] = /^\?(?::|(<?[=!])|<[A-Za-z_]\w*>)/.exec(this.#pattern.slice(this.#at)) ?? [];
      if (kind === undefined) this.#failed = true;
      this.#at += kind?.length ?? 1;
      isCondition = looks !== undefined;
    }
    const text = this.#alternatives();
    if (this.#take() !== ')') this.#failed = true;
    return isCondition ? '' : text;
  }

  #set(): string {
    const start = this.#at - 1;
    const isNegated = this.#peek() === '^';
    if (isNegated) this.#at += 1;
    const first = this.#peek() === '\\' ? this.#takeEscape() : this.#take();
    while (this.#peek() !== ']' && !this.#failed) {
      if (this.#take() === '\\') this.#take();
    }
    this.#at += 1;
    if (!isNegated) return first === ']' ? '' : first;
    const source = this.#pattern.slice(start, this.#at);
    return CANDIDATES.find((candidate) => matches(source, candidate)) ?? '';
  }

  #takeEscape(): string {
    this.#at += 1;
    return this.#escape();
  }

  /** As often as chosen, within what is allowed. */
  #quantifier(): number {
    const rest = this.#pattern.slice(this.#at);
    const [whole, symbol, least, comma, most] = /^(?:([*+?])|\{(\d+)(,)?(\d*)\})\??/.exec(rest) ?? [];
    if (whole === undefined) return 1;
    this.#at += whole.length;
    const { times } = this.#choices;
    if (symbol === '?') return times > 1 ? 1 : 0;
    if (symbol !== undefined) return Math.max(symbol === '+' ? 1 : 0, times);
    const count = Number(least);
    if (comma === undefined) return count;
    return Math.min(Math.max(count, times), most === '' || most === undefined ? MAX_LENGTH : Number(most));
  }
}

function matches(source: string, text: string): boolean {
  try {
    return new RegExp(`^${source}$`, 'u').test(text);
  } catch {
    return false;
  }
}
