import { type Json, type JsonObject, stringifyJson } from '../../../base/index.ts';

/**
 * What is known of a value by the way a flow uses it. Every use adds to it; `sample` makes a value that fits them
 * all, as far as one can.
 */
export class Shape {
  readonly #members = new Map<string, Shape>();
  #element: Shape | undefined;
  #parsed: Shape | undefined;
  /** How many elements an array must have at least. */
  #length = 1;
  #isArray = false;
  #value: Json | undefined;

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

  /** What a text of JSON says. */
  parsed(): Shape {
    this.#parsed ??= new Shape();
    return this.#parsed;
  }

  asArray(): void {
    this.element();
  }

  /** A value that fits the use; the first one counts. */
  suggest(value: Json): void {
    this.#value ??= value;
  }

  sample(depth = 0): Json {
    if (depth > 20) return null;
    if (this.#parsed !== undefined) return stringifyJson(this.#parsed.sample(depth + 1));
    if (this.#members.size > 0 && !this.#isArray) {
      const object: JsonObject = {};
      for (const [name, shape] of this.#members) object[name] = shape.sample(depth + 1);
      return object;
    }
    if (this.#isArray) {
      const element = this.#element?.sample(depth + 1) ?? null;
      return Array.from({ length: this.#length }, () => element);
    }
    return this.#value ?? 'sample';
  }
}
