type Init = Iterable<readonly [string, string]> | Record<string, string> | undefined;

const NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Headers as fetch has them: names in lower case, values of one name joined, `set-cookie` apart. */
export class Headers {
  #entries: [string, string][] = [];

  constructor(init?: Init) {
    if (init === undefined || init === null) return;
    const pairs = Symbol.iterator in init ? init : Object.entries(init);
    for (const [name, value] of pairs) this.append(name, value);
  }

  append(name: string, value: string): void {
    this.#entries.push([toName(name), toValue(value)]);
  }

  delete(name: string): void {
    const key = toName(name);
    this.#entries = this.#entries.filter(([known]) => known !== key);
  }

  get(name: string): string | null {
    const key = toName(name);
    const values = this.#entries.filter(([known]) => known === key).map(([, value]) => value);
    return values.length === 0 ? null : values.join(key === 'cookie' ? '; ' : ', ');
  }

  getSetCookie(): string[] {
    return this.#entries.filter(([name]) => name === 'set-cookie').map(([, value]) => value);
  }

  has(name: string): boolean {
    const key = toName(name);
    return this.#entries.some(([known]) => known === key);
  }

  set(name: string, value: string): void {
    this.delete(name);
    this.append(name, value);
  }

  forEach(visit: (value: string, name: string, headers: Headers) => void): void {
    for (const [name, value] of this) visit(value, name, this);
  }

  *entries(): IterableIterator<[string, string]> {
    const names = [...new Set(this.#entries.map(([name]) => name))].sort();
    for (const name of names) {
      if (name === 'set-cookie') for (const cookie of this.getSetCookie()) yield [name, cookie];
      else yield [name, this.get(name) ?? ''];
    }
  }

  *keys(): IterableIterator<string> {
    for (const [name] of this.entries()) yield name;
  }

  *values(): IterableIterator<string> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries();
  }

  get [Symbol.toStringTag](): string {
    return 'Headers';
  }
}

function toName(name: string): string {
  const text = String(name);
  if (!NAME.test(text)) throw new TypeError(`'${text}' is no name of a header.`);
  return text.toLowerCase();
}

function toValue(value: string): string {
  const text = String(value).replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '');
  if (/[\0\r\n]/.test(text)) throw new TypeError('The value of a header holds a line break.');
  return text;
}
