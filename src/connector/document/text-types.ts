/** How a document is written. */
export type TextFormat = 'yaml' | 'json';

/** A stretch of a text, as offsets; `end` is the first character after it. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** Why a text cannot be read, and where. */
export interface TextError extends TextSpan {
  /** A sentence that names line and column. */
  readonly message: string;
  readonly line: number;
}

/** What stands in a text, with its place. */
export interface TextNode extends TextSpan {
  readonly kind: 'object' | 'array' | 'scalar' | 'alias';
  /** Between brackets, as everything in JSON is; YAML's other way is by indentation. */
  readonly isFlow: boolean;
  /** Of a YAML scalar in several lines, after `|` or `>`. */
  readonly isBlockText: boolean;
  /** Of objects and arrays, in the order of the text. */
  readonly members: readonly TextMember[];
}

/** A member of an object, or an item of an array, which has no key. */
export interface TextMember {
  readonly key: (TextSpan & { readonly name: string }) | undefined;
  readonly value: TextNode;
}

/** A replacement of a stretch of a text. */
export interface TextSplice extends TextSpan {
  readonly text: string;
}

export function applySplices(text: string, splices: readonly TextSplice[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, text: put } of [...splices].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, start) + put;
    at = end;
  }
  return result + text.slice(at);
}
