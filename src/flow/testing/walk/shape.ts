import { isJsonObject, type Json, type JsonObject, stringifyJson } from '../../../base/index.ts';

const TEXT = 'sample';
/** Long enough for what is cut out of texts. */
const LONG = 140;
const LONGEST = 100_000;

/**
 * What is known of a value by the way a flow uses it. Every use adds to it; `sample` makes a value that fits them
 * all, as far as one can.
 */
export class Shape {
  readonly #members = new Map<string, Shape>();
  #element: Shape | undefined;
  #parsed: Shape | undefined;
  #decoded: Shape | undefined;
  /** How many elements an array must have at least. */
  #length = 1;
  #isArray = false;
  #value: Json | undefined;
  /** What a schema gives for it, where no use says more. */
  #usual: Json | undefined;
  /** What a text must hold, and how often. */
  readonly #parts = new Map<string, number>();
  #isLong = false;

  member(name: string): Shape {
    const key = name.toLowerCase();
    for (const [known, shape] of this.#members) if (known.toLowerCase() === key) return shape;
    const shape = new Shape();
    this.#members.set(name, shape);
    return shape;
  }

  /** A member that is known under another name as well. */
  link(name: string, shape: Shape): this {
    this.#members.set(name, shape);
    return this;
  }

  /** The elements of an array; all are alike. */
  element(index = 0): Shape {
    this.#isArray = true;
    this.#length = Math.min(Math.max(this.#length, index + 1), 100);
    this.#element ??= new Shape();
    return this.#element;
  }

  /** Elements that are known under another name as well. */
  linkElement(shape: Shape): this {
    this.#isArray = true;
    this.#element = shape;
    return this;
  }

  /** What a text of JSON says. */
  parsed(): Shape {
    if (this.#parsed === undefined) {
      this.#parsed = new Shape();
      this.#parsed.resemble({});
    }
    return this.#parsed;
  }

  /** What a text in base64 says. */
  decoded(): Shape {
    this.#decoded ??= new Shape();
    return this.#decoded;
  }

  asArray(): void {
    this.element();
  }

  /** A value that fits the use; the first one counts. */
  suggest(value: Json): void {
    this.#value ??= value;
  }

  /** A text that holds another one so many times. */
  contain(part: string, times = 1): void {
    if (part !== '') this.#parts.set(part, Math.min(Math.max(times, this.#parts.get(part) ?? 0), 100));
  }

  /** A text out of which something is cut. */
  lengthen(): void {
    this.#isLong = true;
  }

  /** What a schema says of the value. */
  resemble(example: Json): void {
    const members = isJsonObject(example) ? Object.entries(example) : [];
    if (Array.isArray(example)) {
      const element = this.element();
      if (example[0] !== undefined) element.resemble(example[0]);
    } else if (members.length === 0) this.#usual ??= example;
    else for (const [name, value] of members) this.member(name).resemble(value);
  }

  sample(depth = 0): Json {
    if (depth > 20) return null;
    const isText = this.#members.size === 0 && !this.#isArray;
    if (this.#decoded !== undefined && isText) return encode(this.#decoded.sample(depth + 1));
    if (this.#parsed !== undefined && isText) return stringifyJson(this.#parsed.sample(depth + 1));
    if (this.#isArray) {
      const element = this.#element?.sample(depth + 1) ?? null;
      return Array.from({ length: this.#length }, () => element);
    }
    if (isText) return this.#complete(this.#value ?? this.#usual ?? TEXT);
    const parsed = this.#parsed?.sample(depth + 1);
    const object: JsonObject = isJsonObject(parsed) ? { ...parsed } : {};
    for (const [name, shape] of this.#members) object[name] = shape.sample(depth + 1);
    return object;
  }

  /** A text gets what it must hold, and the length it must have. */
  #complete(value: Json): Json {
    if (typeof value !== 'string') return value;
    // From the last to the first: what is cut out of a piece is in every piece.
    const text = [...this.#parts].reverse().reduce((piece, [part, times]) => {
      const missing = Math.max(0, times + 1 - piece.split(part).length);
      return Array.from({ length: missing + 1 }, () => piece)
        .join(part)
        .slice(0, LONGEST);
    }, value);
    return this.#isLong && text.length < LONG ? text + ` ${TEXT}`.repeat(LONG / TEXT.length) : text;
  }
}

function encode(value: Json): string {
  const text = typeof value === 'string' ? value : stringifyJson(value);
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
