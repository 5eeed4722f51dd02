import { call } from './host.ts';

/** Parsing and writing is the WHATWG implementation of the runtime outside; here is only the surface. */
interface Parts {
  href: string;
  origin: string;
  protocol: string;
  username: string;
  password: string;
  host: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  hash: string;
}

type Pairs = [string, string][];
type SearchInit = string | Iterable<readonly [string, string]> | Record<string, string> | undefined;

export class URLSearchParams {
  #pairs: Pairs;
  #changed: ((search: string) => void) | undefined;

  constructor(init?: SearchInit) {
    this.#pairs = readPairs(init);
  }

  /** The parameters of a URL: a change writes them back into it. */
  static bind(search: string, changed: (search: string) => void): URLSearchParams {
    const params = new URLSearchParams(search);
    params.#changed = changed;
    return params;
  }

  /** Takes over what the URL's search has become. */
  static reload(params: URLSearchParams, search: string): void {
    params.#pairs = readPairs(search);
  }

  get size(): number {
    return this.#pairs.length;
  }

  append(name: string, value: string): void {
    this.#pairs.push([String(name), String(value)]);
    this.#update();
  }

  delete(name: string, value?: string): void {
    this.#pairs = this.#pairs.filter(
      ([known, text]) => known !== String(name) || (value !== undefined && text !== String(value)),
    );
    this.#update();
  }

  get(name: string): string | null {
    return this.#pairs.find(([known]) => known === String(name))?.[1] ?? null;
  }

  getAll(name: string): string[] {
    return this.#pairs.filter(([known]) => known === String(name)).map(([, value]) => value);
  }

  has(name: string, value?: string): boolean {
    return this.#pairs.some(
      ([known, text]) => known === String(name) && (value === undefined || text === String(value)),
    );
  }

  set(name: string, value: string): void {
    const first = this.#pairs.findIndex(([known]) => known === String(name));
    if (first < 0) {
      this.append(name, value);
      return;
    }
    const kept = this.#pairs.filter(([known], index) => known !== String(name) || index === first);
    this.#pairs = kept.map((pair) => (pair[0] === String(name) ? [pair[0], String(value)] : pair));
    this.#update();
  }

  sort(): void {
    this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#update();
  }

  forEach(visit: (value: string, name: string, params: URLSearchParams) => void): void {
    for (const [name, value] of this) visit(value, name, this);
  }

  *entries(): IterableIterator<[string, string]> {
    // By place, not by a copy: what is added meanwhile is visited too, as the specification has it.
    for (let index = 0; index < this.#pairs.length; index += 1) {
      const pair = this.#pairs[index];
      if (pair !== undefined) yield [pair[0], pair[1]];
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

  toString(): string {
    return call('writeQuery', this.#pairs) as string;
  }

  #update(): void {
    this.#changed?.(this.toString());
  }
}

function readPairs(init: SearchInit): Pairs {
  if (init === undefined || init === null) return [];
  if (typeof init === 'string') return call('readQuery', init) as Pairs;
  const pairs = Symbol.iterator in init ? [...init] : Object.entries(init);
  return pairs.map(([name, value]) => [String(name), String(value)]);
}

export class URL {
  /** Defined below, all alike. */
  declare href: string;
  declare protocol: string;
  declare username: string;
  declare password: string;
  declare host: string;
  declare hostname: string;
  declare port: string;
  declare pathname: string;
  declare search: string;
  declare hash: string;
  #parts: Parts;
  #search: URLSearchParams | undefined;

  constructor(url: string | URL, base?: string | URL) {
    const parts = parse(url, base);
    if (parts === null) throw new TypeError(`'${url}' is no URL.`);
    this.#parts = parts;
  }

  static canParse(url: string | URL, base?: string | URL): boolean {
    return parse(url, base) !== null;
  }

  static parse(url: string | URL, base?: string | URL): URL | null {
    return URL.canParse(url, base) ? new URL(url, base) : null;
  }

  get searchParams(): URLSearchParams {
    this.#search ??= URLSearchParams.bind(this.#parts.search, (search) => {
      this.#parts = call('changeUrl', [this.#parts.href, 'search', search]) as Parts;
    });
    return this.#search;
  }

  get origin(): string {
    return this.#parts.origin;
  }

  toString(): string {
    return this.#parts.href;
  }

  toJSON(): string {
    return this.#parts.href;
  }

  /** Used by the accessors below, which all parts share. */
  static read(url: URL, part: keyof Parts): string {
    return url.#parts[part];
  }

  static change(url: URL, part: keyof Parts, value: unknown): void {
    const next = call('changeUrl', [url.#parts.href, part, String(value)]) as Parts | null;
    if (next === null) throw new TypeError(`'${value}' is no URL.`);
    url.#parts = next;
    if (url.#search !== undefined) URLSearchParams.reload(url.#search, next.search);
  }
}

const CHANGEABLE = [
  'href',
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'hash',
] as const;

for (const part of CHANGEABLE) {
  Object.defineProperty(URL.prototype, part, {
    get(this: URL) {
      return URL.read(this, part);
    },
    set(this: URL, value: unknown) {
      URL.change(this, part, value);
    },
    enumerable: true,
    configurable: true,
  });
}

function parse(url: string | URL, base: string | URL | undefined): Parts | null {
  return call('parseUrl', base === undefined ? [String(url)] : [String(url), String(base)]) as Parts | null;
}
