/** A quantifier that asks for more is not one a sample can satisfy readably. */
const MAX_LENGTH = 2000;

/**
 * Makes a text that matches a regular expression: literals, classes, groups, the first alternative, as few
 * repetitions as allowed. `undefined` for what goes beyond that (look-around, back references).
 */
export function samplePattern(pattern: string): string | undefined {
  const text = new PatternReader(pattern).read();
  try {
    return text !== undefined && new RegExp(pattern, 'u').test(text) ? text : undefined;
  } catch {
    return undefined;
  }
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
  #at = 0;
  #failed = false;

  constructor(pattern: string) {
    this.#pattern = pattern;
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

  /** The first alternative; the others are read over. */
  #alternatives(): string {
    const first = this.#sequence();
    while (this.#peek() === '|' && !this.#failed) {
      this.#at += 1;
      this.#sequence();
    }
    return first;
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
    if (/[1-9kpPux]/.test(character)) this.#failed = true;
    return CLASSES[character] ?? CONTROLS[character] ?? character;
  }

  #group(): string {
    if (this.#peek() === '?') {
      const kind = /^\?(?::|<[A-Za-z_]\w*>)/.exec(this.#pattern.slice(this.#at))?.[0];
      if (kind === undefined) this.#failed = true;
      this.#at += kind?.length ?? 1;
    }
    const text = this.#alternatives();
    if (this.#take() !== ')') this.#failed = true;
    return text;
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

  /** How often at least; where none is needed, once if that is allowed. */
  #quantifier(): number {
    const rest = this.#pattern.slice(this.#at);
    const [whole, symbol, least, comma] = /^(?:([*+?])|\{(\d+)(,)?\d*\})\??/.exec(rest) ?? [];
    if (whole === undefined) return 1;
    this.#at += whole.length;
    if (symbol !== undefined) return symbol === '?' ? 0 : 1;
    const count = Number(least);
    return count === 0 && comma !== undefined ? 1 : count;
  }
}

function matches(source: string, text: string): boolean {
  try {
    return new RegExp(`^${source}$`, 'u').test(text);
  } catch {
    return false;
  }
}
