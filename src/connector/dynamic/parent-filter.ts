import { isJsonObject, type Json } from '../../base/index.ts';
import { followPath } from './follow-path.ts';

/**
 * Whether an item of a tree has children, by `itemIsParent`: `true`, `false`, the name of a member, or a filter such
 * as `(is_folder eq true)`, `type ne 'file' and not (size gt 0)`: comparisons `eq ne gt ge lt le`, joined by `and`,
 * `or` and `not`. What cannot be read as one says no.
 */
export function isParentItem(item: Json, filter: string): boolean {
  const tokens = filter.match(/\(|\)|'(?:[^']|'')*'|[^\s()']+/g) ?? [];
  const reader = new FilterReader(tokens, item);
  const result = reader.or();
  return reader.isAtEnd && isTrue(result);
}

class FilterReader {
  readonly #tokens: readonly string[];
  readonly #item: Json;
  #at = 0;

  constructor(tokens: readonly string[], item: Json) {
    this.#tokens = tokens;
    this.#item = item;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#tokens.length && this.#at > 0;
  }

  or(): Json {
    let result = this.#and();
    while (this.#take('or', '||')) {
      const right = this.#and();
      result = isTrue(result) || isTrue(right);
    }
    return result;
  }

  #and(): Json {
    let result = this.#comparison();
    while (this.#take('and', '&&')) {
      const right = this.#comparison();
      result = isTrue(result) && isTrue(right);
    }
    return result;
  }

  #comparison(): Json {
    const left = this.#term();
    const word = this.#tokens[this.#at]?.toLowerCase() ?? '';
    const compare = COMPARISONS[word];
    if (compare === undefined) return left;
    this.#at += 1;
    return compare(left, this.#term());
  }

  #term(): Json {
    if (this.#take('not', '!')) return !isTrue(this.#term());
    if (this.#take('(')) {
      const inner = this.or();
      return this.#take(')') ? inner : false;
    }
    const token = this.#tokens[this.#at];
    if (token === undefined || token === ')') return false;
    this.#at += 1;
    return readTerm(token, this.#item);
  }

  #take(...words: string[]): boolean {
    const isThere = words.includes(this.#tokens[this.#at]?.toLowerCase() ?? '');
    if (isThere) this.#at += 1;
    return isThere;
  }
}

function readTerm(token: string, item: Json): Json {
  if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
  const word = token.toLowerCase();
  if (word === 'true') return true;
  if (word === 'false') return false;
  if (word === 'null') return null;
  if (/^-?\d+(?:\.\d+)?$/.test(token)) return Number(token);
  return isJsonObject(item) ? (followPath(item, token) ?? null) : null;
}

const COMPARISONS: Readonly<Record<string, (left: Json, right: Json) => boolean>> = {
  eq: isSame,
  '==': isSame,
  ne: (left, right) => !isSame(left, right),
  '!=': (left, right) => !isSame(left, right),
  gt: (left, right) => Number(left) > Number(right),
  ge: (left, right) => Number(left) >= Number(right),
  lt: (left, right) => Number(left) < Number(right),
  le: (left, right) => Number(left) <= Number(right),
};

/** Services write `"true"` for true as well. */
function isSame(left: Json, right: Json): boolean {
  if (left === null || right === null) return left === right;
  return String(left).toLowerCase() === String(right).toLowerCase();
}

function isTrue(value: Json): boolean {
  if (typeof value === 'string') return !/^(?:false|0|no|)$/i.test(value);
  return Boolean(value);
}
