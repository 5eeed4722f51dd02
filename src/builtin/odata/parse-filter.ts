import { ODataError } from './errors.ts';
import { readTokens, type Token } from './tokens.ts';
import type { Comparison, Field, Filter, Literal, TextMatch } from './types.ts';

/** Parentheses and `not` nest; deeper is a mistake, or an attack on the stack. */
const DEEPEST = 100;

/**
 * Reads the subset of OData's `$filter` that flows use: `eq ne gt ge lt le`, `and or not`, parentheses,
 * `startswith`, `endswith`, `contains`, `substringof`, text, numbers, instants, `true`, `false` and `null`.
 *
 * @throws ODataError with the character where reading stopped and what was expected
 */
export function parseFilter(text: string): Filter {
  const parser = new FilterParser(readTokens(text, '$filter'));
  return parser.parse();
}

type Operand =
  | { readonly kind: 'field'; readonly field: Field }
  | { readonly kind: 'literal'; readonly literal: Literal };

const FLIPPED: Readonly<Record<Comparison, Comparison>> = {
  eq: 'eq',
  ne: 'ne',
  gt: 'lt',
  ge: 'le',
  lt: 'gt',
  le: 'ge',
};

const MATCHES: Readonly<Record<string, TextMatch>> = {
  startswith: 'startswith',
  endswith: 'endswith',
  contains: 'contains',
  substringof: 'contains',
};

class FilterParser {
  readonly #tokens: readonly Token[];
  #index = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): Filter {
    const filter = this.#parseOr();
    if (this.#peek().kind !== 'end') throw this.#unexpected("'and', 'or' or the end");
    return filter;
  }

  #parseOr(): Filter {
    let left = this.#parseAnd();
    while (this.#takeWord('or')) left = { kind: 'or', left, right: this.#parseAnd() };
    return left;
  }

  #parseAnd(): Filter {
    let left = this.#parseNot();
    while (this.#takeWord('and')) left = { kind: 'and', left, right: this.#parseNot() };
    return left;
  }

  #parseNot(): Filter {
    if (this.#depth > DEEPEST) throw this.#error('the filter is nested too deeply.');
    this.#depth++;
    try {
      if (this.#takeWord('not')) return { kind: 'not', operand: this.#parseNot() };
      return this.#parseTerm();
    } finally {
      this.#depth--;
    }
  }

  #parseTerm(): Filter {
    if (this.#takePunctuation('(')) {
      const inner = this.#parseOr();
      this.#expectPunctuation(')');
      return inner;
    }
    const token = this.#peek();
    const match = token.kind === 'word' ? MATCHES[token.text.toLowerCase()] : undefined;
    return match !== undefined && this.#peek(1).text === '('
      ? this.#parseMatch(match, token.text.toLowerCase() === 'substringof')
      : this.#parseComparison();
  }

  #parseMatch(match: TextMatch, textFirst: boolean): Filter {
    this.#index += 2;
    const first = this.#parseOperand();
    this.#expectPunctuation(',');
    const second = this.#parseOperand();
    this.#expectPunctuation(')');
    const [field, value] = textFirst ? [second, first] : [first, second];
    if (field.kind !== 'field' || value.kind !== 'literal') {
      throw this.#error(
        `${match} compares a column with text: ${textFirst ? "('text', Column)" : "(Column, 'text')"}.`,
      );
    }
    const filter: Filter = { kind: 'match', match, field: field.field, value: value.literal };
    return this.#parseTruth(filter);
  }

  /** `startswith(…) eq true`, as some tools write it. */
  #parseTruth(filter: Filter): Filter {
    const operator = this.#peek().text.toLowerCase();
    const value = this.#peek(1).text.toLowerCase();
    if ((operator !== 'eq' && operator !== 'ne') || (value !== 'true' && value !== 'false')) return filter;
    this.#index += 2;
    return (operator === 'eq') === (value === 'true') ? filter : { kind: 'not', operand: filter };
  }

  #parseComparison(): Filter {
    const left = this.#parseOperand();
    const operator = this.#parseOperator();
    if (operator === undefined) {
      if (left.kind === 'field' && isTermEnd(this.#peek())) return compareWithTrue(left.field);
      throw this.#unexpected('one of eq, ne, gt, ge, lt, le');
    }
    const right = this.#parseOperand();
    if (left.kind === 'field' && right.kind === 'literal') {
      return { kind: 'compare', operator, field: left.field, value: right.literal };
    }
    if (left.kind === 'literal' && right.kind === 'field') {
      return { kind: 'compare', operator: FLIPPED[operator], field: right.field, value: left.literal };
    }
    throw this.#error('a comparison needs a column on one side and a value on the other.');
  }

  #parseOperator(): Comparison | undefined {
    const token = this.#peek();
    const text = token.text.toLowerCase();
    if (token.kind !== 'word' || !Object.hasOwn(FLIPPED, text)) return undefined;
    this.#index++;
    return text as Comparison;
  }

  #parseOperand(): Operand {
    const token = this.#peek();
    const literal = readLiteral(token);
    if (literal === undefined && token.kind !== 'word') throw this.#unexpected('a column or a value');
    if (literal === undefined && this.#peek(1).text === '(') {
      throw this.#error(
        `the function ${token.text} is not known; there are ${Object.keys(MATCHES).join(', ')}.`,
      );
    }
    this.#index++;
    return literal === undefined
      ? { kind: 'field', field: { name: token.text, position: token.position } }
      : { kind: 'literal', literal };
  }

  #peek(ahead = 0): Token {
    const token = this.#tokens[Math.min(this.#index + ahead, this.#tokens.length - 1)];
    if (token === undefined) throw new TypeError('a token list ends with an end token');
    return token;
  }

  #takeWord(word: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'word' || token.text.toLowerCase() !== word) return false;
    this.#index++;
    return true;
  }

  #takePunctuation(text: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'punctuation' || token.text !== text) return false;
    this.#index++;
    return true;
  }

  #expectPunctuation(text: string): void {
    if (!this.#takePunctuation(text)) throw this.#unexpected(`'${text}'`);
  }

  #unexpected(expected: string): ODataError {
    const token = this.#peek();
    const found = token.kind === 'end' ? 'the filter ends' : `there is “${token.text}”`;
    return this.#error(`${found} where ${expected} was expected.`);
  }

  #error(message: string): ODataError {
    return ODataError.at('ODATA_SYNTAX', '$filter', this.#peek().position, message);
  }
}

function isTermEnd(token: Token): boolean {
  if (token.kind === 'end' || token.text === ')') return true;
  return token.kind === 'word' && /^(and|or)$/i.test(token.text);
}

/** A column alone asks whether it is true. */
function compareWithTrue(field: Field): Filter {
  return {
    kind: 'compare',
    operator: 'eq',
    field,
    value: { type: 'boolean', value: true, position: field.position },
  };
}

function readLiteral(token: Token): Literal | undefined {
  const { position } = token;
  if (token.kind === 'text') {
    const instant = /^datetime/i.test(token.text);
    return instant
      ? { type: 'instant', value: token.value, position }
      : { type: 'text', value: token.value, position };
  }
  if (token.kind === 'instant') return { type: 'instant', value: token.text, position };
  if (token.kind === 'number') {
    return { type: 'number', value: Number(token.text.replace(/[dflm]$/i, '')), position };
  }
  if (token.kind !== 'word') return undefined;
  const word = token.text.toLowerCase();
  if (word === 'true' || word === 'false') return { type: 'boolean', value: word === 'true', position };
  return word === 'null' ? { type: 'null', value: null, position } : undefined;
}
