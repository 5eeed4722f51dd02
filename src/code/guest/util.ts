import { asBytes, toBytes, toText } from './encoding.ts';
import { call, start, toBuffer } from './host.ts';
import { URLSearchParams } from './url.ts';

type Data = string | Uint8Array | ArrayBuffer;

export const base64 = {
  encode: (data: Data): string => toText(asBytes(data), 'base64'),
  decode: (text: string): Uint8Array => toBytes(text, 'base64'),
};

export const base64url = {
  encode: (data: Data): string => toText(asBytes(data), 'base64url'),
  decode: (text: string): Uint8Array => toBytes(text, 'base64url'),
};

/** Lower case, unless upper is asked for. */
export function hex(data: Data, upper = false): string {
  const text = toText(asBytes(data), 'hex');
  return upper ? text.toUpperCase() : text;
}

export function bytes(text: string, encoding = 'utf8'): Uint8Array {
  return toBytes(String(text), encoding);
}

export function text(data: Data, encoding = 'utf8'): string {
  return toText(asBytes(data), encoding);
}

export function hash(algorithm: string, data: Data): Uint8Array {
  return new Uint8Array(call('hash', algorithm, toBuffer(asBytes(data))) as ArrayBuffer);
}

export function hmac(algorithm: string, key: Data, data: Data): Uint8Array {
  const keyText = toText(asBytes(key), 'base64');
  return new Uint8Array(call('hmac', [algorithm, keyText], toBuffer(asBytes(data))) as ArrayBuffer);
}

export function timingSafeEqual(a: Data, b: Data): boolean {
  return call('timingSafeEqual', toText(asBytes(a), 'base64'), toBuffer(asBytes(b))) as boolean;
}

/** Query strings; repeated names stay apart. */
export const query = {
  parse: (search: string): URLSearchParams => new URLSearchParams(search),
  getAll: (search: string, name: string): string[] => new URLSearchParams(search).getAll(name),
  set: (search: string, name: string, value: string): string => {
    const params = new URLSearchParams(search);
    params.set(name, value);
    return params.toString();
  },
  append: (search: string, name: string, value: string): string => {
    const params = new URLSearchParams(search);
    params.append(name, value);
    return params.toString();
  },
  toString: (pairs: Record<string, string> | Iterable<readonly [string, string]>): string =>
    new URLSearchParams(pairs).toString(),
};

export const html = {
  encode: (content: string): string =>
    String(content).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`),
  decode: (content: string): string => call('decodeHtml', String(content)) as string,
};

export { xml } from './xml.ts';

export function uuid(): string {
  return call('uuid', null) as string;
}

export async function sleep(milliseconds: number): Promise<void> {
  await start('sleep', Number(milliseconds));
}

/** Values kept between the runs of one connection, on this machine, until their time is over. */
export const cache = {
  // biome-ignore lint/suspicious/noExplicitAny: what was put in comes out
  get: (key: string): Promise<any> => start('cacheGet', String(key)),
  set: async (key: string, value: unknown, ttlSeconds = 300): Promise<void> => {
    await start('cacheSet', { key: String(key), value, ttlSeconds: Number(ttlSeconds) });
  },
  delete: async (key: string): Promise<void> => {
    await start('cacheSet', { key: String(key), ttlSeconds: 0 });
  },
};

interface Page {
  readonly body: { json(): Promise<unknown> };
}

interface Paging<Body, Item> {
  /** The address of the next page, or nothing. */
  next: (body: Body, page: Page) => string | null | undefined;
  items: (body: Body) => Item[];
  max?: number;
}

/** Follows pages from ctx.request on and collects their items, at most `max` (10,000). */
export async function pages<Body, Item>(
  ctx: { send(init?: unknown): Promise<Page>; request: { url: unknown } },
  { next, items, max = 10_000 }: Paging<Body, Item>,
): Promise<Item[]> {
  const collected: Item[] = [];
  let page = await ctx.send();
  for (;;) {
    const body = (await page.body.json()) as Body;
    collected.push(...items(body));
    const address = next(body, page);
    if (address === null || address === undefined || address === '' || collected.length >= max) break;
    ctx.request.url = new URL(address, String(ctx.request.url));
    page = await ctx.send();
  }
  return collected.slice(0, max);
}
