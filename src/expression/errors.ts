import { createErrorClass } from '../base/index.ts';

/** The code of the service for every expression that cannot be read or evaluated. */
const EXPRESSION_ERRORS = {
  InvalidTemplate: {
    status: 400,
    title: 'An expression cannot be read or evaluated',
  },
} as const;

const ExpressionErrorBase = createErrorClass('ExpressionError', EXPRESSION_ERRORS);

/** What went wrong: the text of the expression, a limit, or what an evaluation met. */
export type ExpressionFault = 'syntax' | 'function' | 'arguments' | 'limit' | 'name' | 'selection' | 'value';

/** The string that an expression stands in. */
export interface Source {
  readonly text: string;
  /** JSON pointer to the string inside the template. */
  readonly pointer: string;
}

export interface FaultDetails {
  /** What the parser would have accepted. */
  readonly expected?: readonly string[];
  /** What to do about it. */
  readonly fix?: string;
  /** The value that an evaluation stumbled over, shortened. It may hold a secret, so it is not in the message. */
  readonly seen?: string;
  readonly cause?: unknown;
}

/**
 * An expression that cannot be read or evaluated. The message is one sentence, followed by the line of the
 * expression with a caret under the fault. It quotes the expression, never a value that an evaluation saw.
 */
export class ExpressionError extends ExpressionErrorBase {
  readonly fault: ExpressionFault;
  /** The sentence alone. */
  readonly sentence: string;
  /** Offsets in the string at `pointer`. */
  readonly start: number;
  readonly end: number;
  /** 1-based place in that string. */
  readonly line: number;
  readonly column: number;
  readonly expected: readonly string[];
  readonly seen: string | undefined;

  constructor(
    fault: ExpressionFault,
    sentence: string,
    source: Source,
    start: number,
    end: number,
    details: FaultDetails = {},
  ) {
    const { line, column } = locate(source.text, start);
    super('InvalidTemplate', `${sentence}\n${drawCaret(source.text, start, end)}`, {
      pointer: source.pointer,
      fix: details.fix,
      cause: details.cause,
      extra: { start, end, line, column },
    });
    this.fault = fault;
    this.sentence = sentence;
    this.start = start;
    this.end = end;
    this.line = line;
    this.column = column;
    this.expected = details.expected ?? [];
    this.seen = details.seen;
  }
}

function locate(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: offset - lineStart + 1 };
}

/** How much of a long line is shown on either side of the fault. */
const CONTEXT = 48;

/** The line of the fault, cut to its surroundings, and a line of carets under it. */
function drawCaret(text: string, start: number, end: number): string {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', start);
  const lineEnd = newline === -1 ? text.length : newline;
  const from = Math.max(lineStart, start - CONTEXT);
  const to = Math.min(lineEnd, Math.max(end, start) + CONTEXT, start + 2 * CONTEXT);
  const head = from > lineStart ? '…' : '';
  const tail = to < lineEnd ? '…' : '';
  const width = Math.max(1, Math.min(end, to) - start);
  const shown = text.slice(from, to).replaceAll(/[\t\r]/g, ' ');
  return `  ${head}${shown}${tail}\n  ${' '.repeat(head.length + start - from)}${'^'.repeat(width)}`;
}
