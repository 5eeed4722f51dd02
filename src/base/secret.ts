/** What stands wherever a secret was. */
export const REDACTED = '••••••';

/**
 * A value that must not be printed. It shows as dots in JSON, templates, logs and debuggers; only `reveal()`
 * gives the value, so a search for `reveal(` lists every place that handles a secret in the clear.
 */
export class Secret<T = string> {
  readonly #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  reveal(): T {
    return this.#value;
  }

  toString(): string {
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  /** The hook that Node's `util.inspect` and `console.log` look for. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return REDACTED;
  }
}
