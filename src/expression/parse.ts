import type { CallExpression, Expression, PathStep } from './ast.ts';
import { ExpressionError, type Source } from './errors.ts';
import { type Place, Scanner, type Token } from './scan.ts';

/**
 * How deep calls and brackets may nest. People write perhaps twenty levels, generators a hundred; the limit keeps
 * parsing, compiling and evaluating, which all recurse, far from the end of the stack.
 */
const MAX_DEPTH = 256;

/**
 * Parses an expression, without the `@`.
 *
 * @throws ExpressionError with the place and what was expected there
 */
export function parseExpression(text: string): Expression {
  return parseWhole({ text, pointer: '' }, 0);
}

/** Parses the expression from an offset to the end of the string. */
export function parseWhole(source: Source, offset: number): Expression {
  const parser = new Parser(source, offset);
  const expression = parser.parse();
  parser.expectEnd();
  return expression;
}

/** Parses the expression of `@{…}` from after its opening brace; gives the offset after its closing one. */
export function parseBraced(source: Source, offset: number): { expression: Expression; end: number } {
  const parser = new Parser(source, offset);
  const expression = parser.parse();
  return { expression, end: parser.expectBrace() };
}

/**
 * Parses text that is being written. What is missing or nests too deeply is a `missing` node, what is too much is
 * passed over, and a call or bracket that is not closed ends with the text.
 */
export function parseTolerant(text: string, offset = 0): { expression: Expression; end: number } {
  const parser = new Parser({ text, pointer: '' }, offset, true);
  const expression = parser.parse();
  return { expression, end: parser.position };
}

const LITERALS = new Map<string, null | boolean>([
  ['null', null],
  ['true', true],
  ['false', false],
]);

class Parser {
  readonly #scanner: Scanner;
  #token: Token;
  #depth = 0;
  readonly #tolerant: boolean;

  constructor(source: Source, offset: number, tolerant = false) {
    this.#tolerant = tolerant;
    this.#scanner = new Scanner(source, offset, tolerant);
    this.#token = this.#scanner.next('operand');
  }

  parse(): Expression {
    if (++this.#depth > MAX_DEPTH) {
      const { start, end } = this.#token;
      if (this.#tolerant) {
        this.#depth--;
        return { kind: 'missing', name: '', start, end: start };
      }
      const sentence = `The expression nests deeper than ${MAX_DEPTH} levels.`;
      throw new ExpressionError('limit', sentence, this.#scanner.source, start, end, {
        fix: 'Compute a part of it in an action or a variable of its own.',
      });
    }
    const expression = this.#parsePath(this.#parseOperand());
    this.#depth--;
    return expression;
  }

  /** Where the token begins that comes next. */
  get position(): number {
    return this.#token.start;
  }

  expectEnd(): void {
    if (this.#token.kind !== 'end') {
      this.#unexpected('after the end of the expression', ['the end of the expression']);
    }
  }

  expectBrace(): number {
    if (this.#token.kind !== '}') this.#unexpected('in the expression', ["'}'"]);
    return this.#token.end;
  }

  #parseOperand(): Expression {
    const token = this.#token;
    if (token.kind === 'text' || token.kind === 'number') {
      this.#advance('operator');
      return { kind: 'literal', value: token.value, start: token.start, end: token.end };
    }
    if (token.kind === 'name') return this.#parseName(token);
    if (this.#tolerant) return { kind: 'missing', name: '', start: token.start, end: token.start };
    return this.#unexpected('where a value should stand', ['a function call', 'a text', 'a number']);
  }

  #parseName(token: Token & { kind: 'name' }): Expression {
    this.#advance('operator');
    if (this.#token.kind === '(') return this.#parseCall(token);
    const literal = LITERALS.get(token.name.toLowerCase());
    if (literal !== undefined) {
      return { kind: 'literal', value: literal, start: token.start, end: token.end };
    }
    if (this.#tolerant) return { kind: 'missing', name: token.name, start: token.start, end: token.end };
    return this.#scanner.fail(
      `'${token.name}' is neither a text nor a function call.`,
      token.start,
      token.end,
      {
        expected: ["'('"],
        fix: `Write '${token.name}' in single quotes if it is a text, or ${token.name}(…) to call a function.`,
      },
    );
  }

  #parseCall(name: Token & { kind: 'name' }): CallExpression {
    this.#advance('operand');
    const args: Expression[] = [];
    if (this.#token.kind !== ')') {
      args.push(this.parse());
      this.#passOver([',', ')']);
      while (this.#token.kind === ',') {
        this.#advance('operand');
        args.push(this.parse());
        this.#passOver([',', ')']);
      }
    }
    if (this.#token.kind !== ')' && this.#tolerant) {
      const end = this.#scanner.source.text.length + 1;
      return { kind: 'call', name: name.name, nameEnd: name.end, arguments: args, start: name.start, end };
    }
    if (this.#token.kind !== ')') {
      this.#unexpected(`in the arguments of ${name.name}()`, args.length ? ["','", "')'"] : ["')'"]);
    }
    const { end } = this.#token;
    this.#advance('operator');
    return { kind: 'call', name: name.name, nameEnd: name.end, arguments: args, start: name.start, end };
  }

  #parsePath(target: Expression): Expression {
    const steps: PathStep[] = [];
    while (this.#token.kind === '.' || this.#token.kind === '[' || this.#token.kind === '?') {
      steps.push(this.#parseStep());
    }
    const last = steps.at(-1);
    return last === undefined ? target : { kind: 'path', target, steps, start: target.start, end: last.end };
  }

  #parseStep(): PathStep {
    const { start } = this.#token;
    const optional = this.#token.kind === '?';
    if (optional) this.#advance('operator');
    if (this.#token.kind === '.') return this.#parseProperty(start, optional);
    if (this.#token.kind !== '[' && this.#tolerant) {
      const { start: end } = this.#token;
      return { optional, key: { kind: 'missing', name: '', start: end, end }, start, end };
    }
    if (this.#token.kind !== '[') this.#unexpected("after '?'", ["'.'", "'['"]);
    this.#advance('operand');
    const key = this.parse();
    return { optional, key, start, end: this.#closeBracket() };
  }

  #closeBracket(): number {
    this.#passOver([']']);
    if (this.#token.kind !== ']' && this.#tolerant) return this.#token.start;
    if (this.#token.kind !== ']') this.#unexpected('in the brackets', ["']'"]);
    const { end } = this.#token;
    this.#advance('operator');
    return end;
  }

  #parseProperty(start: number, optional: boolean): PathStep {
    this.#token = this.#scanner.next('property');
    const token = this.#token;
    if (token.kind !== 'name' && this.#tolerant) {
      const key: Expression = { kind: 'missing', name: '', start: token.start, end: token.start };
      return { optional, key, start, end: token.start };
    }
    if (token.kind !== 'name') return this.#unexpected("after '.'", ['the name of a property']);
    this.#advance('operator');
    const key: Expression = { kind: 'literal', value: token.name, start: token.start, end: token.end };
    return { optional, key, start, end: token.end };
  }

  /** Leaves out what has no meaning here, in text that is being written: `f('a' 'b', 1)`. */
  #passOver(kinds: readonly Token['kind'][]): void {
    if (!this.#tolerant) return;
    const stops = [...kinds, ')', ']', '}', 'end'];
    while (!stops.includes(this.#token.kind)) this.#advance('operator');
  }

  #advance(place: Place): void {
    this.#token = this.#scanner.next(place);
  }

  #unexpected(where: string, expected: readonly string[]): never {
    const { kind, start, end } = this.#token;
    const sentence =
      kind === 'end'
        ? `The expression ends ${where}: ${listChoices(expected)} is missing.`
        : `Unexpected ${describeToken(this.#token)} ${where}; expected ${listChoices(expected)}.`;
    return this.#scanner.fail(sentence, start, end, { expected });
  }
}

function listChoices(choices: readonly string[]): string {
  return choices.length < 2 ? choices.join('') : `${choices.slice(0, -1).join(', ')} or ${choices.at(-1)}`;
}

function describeToken(token: Token): string {
  if (token.kind === 'text') return 'text';
  if (token.kind === 'number') return 'number';
  return token.kind === 'name' ? `'${token.name}'` : `'${token.kind}'`;
}
