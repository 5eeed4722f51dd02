import { createHash, createHmac, getHashes, randomUUID, timingSafeEqual } from 'node:crypto';
import { decodeHTML } from 'entities';
import type { Bodies } from './bodies.ts';

import { parseXml } from './parse-xml.ts';

/** JSON-able, or bytes. */
type Answer = unknown;
type HostFunction = (args: unknown, bytes: Uint8Array, bodies: Bodies) => Answer;

/**
 * What the sandbox may ask for and has at once. Nothing here trusts its arguments: code in the sandbox may have
 * changed everything that runs there.
 */
export const HOST_FUNCTIONS: Readonly<Record<string, HostFunction>> = {
  parseUrl: (args) => {
    const [url, base] = texts(args);
    return describeUrl(URL.parse(url ?? '', base));
  },
  changeUrl: (args) => {
    const [href, part, value] = texts(args);
    const url = URL.parse(href ?? '');
    if (url === null || value === undefined) return null;
    if (part === 'href') return describeUrl(URL.parse(value));
    if (part !== undefined && isChangeable(part)) url[part] = value;
    return describeUrl(url);
  },
  readQuery: (args) => [...new URLSearchParams(String(args))],
  writeQuery: (args) => new URLSearchParams(pairs(args)).toString(),
  encodeText: (args) => {
    const [text = '', encoding = 'utf8'] = texts(args);
    return encodeText(text, toEncoding(encoding));
  },
  writeText: (args, bytes) => view(bytes).toString(toEncoding(String(args))),
  checkEncoding: (args) => new TextDecoder(String(args)).encoding,
  decodeText: (args, bytes) => {
    const [label, fatal] = Array.isArray(args) ? args : [];
    return new TextDecoder(String(label), { fatal: fatal === true }).decode(bytes);
  },
  atob: (args) => atob(String(args)),
  btoa: (args) => btoa(String(args)),
  hash: (args, bytes) => createHash(toHash(args)).update(bytes).digest(),
  hmac: (args, bytes) => {
    const [algorithm, key = ''] = texts(args);
    return createHmac(toHash(algorithm), Buffer.from(key, 'base64')).update(bytes).digest();
  },
  timingSafeEqual: (args, bytes) => {
    const other = Buffer.from(String(args), 'base64');
    return other.length === bytes.length && timingSafeEqual(other, bytes);
  },
  uuid: () => randomUUID(),
  decodeHtml: (args) => decodeHTML(String(args)),
  parseXml: (args) => parseXml(String(args)),
  bodyText: (args, _bytes, bodies) => {
    const [id, contentType] = Array.isArray(args) ? args : [];
    return decodeBody(bodies.get(id) ?? NO_BYTES, String(contentType));
  },
  bodyBytes: (args, _bytes, bodies) => bodies.get(args) ?? NO_BYTES,
  storeText: (args, _bytes, bodies) => bodies.store(Buffer.from(String(args))),
  storeBytes: (_args, bytes, bodies) => bodies.store(Uint8Array.from(bytes)),
  storeMultipart: (args, _bytes, bodies) => bodies.store(writeMultipart(args, bodies)),
};

const NO_BYTES = new Uint8Array(0);

function texts(args: unknown): (string | undefined)[] {
  return Array.isArray(args) ? args.map(String) : [String(args)];
}

function pairs(args: unknown): [string, string][] {
  if (!Array.isArray(args)) return [];
  return args.map((pair): [string, string] =>
    Array.isArray(pair) ? [String(pair[0]), String(pair[1])] : ['', ''],
  );
}

const CHANGEABLE = [
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

function isChangeable(part: string): part is (typeof CHANGEABLE)[number] {
  return (CHANGEABLE as readonly string[]).includes(part);
}

function describeUrl(url: URL | null): Answer {
  if (url === null) return null;
  const parts = Object.fromEntries(CHANGEABLE.map((part) => [part, url[part]]));
  return { href: url.href, origin: url.origin, ...parts };
}

const ENCODINGS: Readonly<Record<string, BufferEncoding>> = {
  utf8: 'utf8',
  'utf-8': 'utf8',
  utf16le: 'utf16le',
  'utf-16le': 'utf16le',
  latin1: 'latin1',
  ascii: 'ascii',
  base64: 'base64',
  base64url: 'base64url',
  hex: 'hex',
};

function toEncoding(name: string): BufferEncoding {
  const encoding = ENCODINGS[name.toLowerCase()];
  if (encoding !== undefined) return encoding;
  throw new TypeError(`'${name}' is no encoding; there are ${Object.keys(ENCODINGS).join(', ')}.`);
}

/** Characters ASCII does not have become question marks, as .NET writes them. */
function encodeText(text: string, encoding: BufferEncoding): Buffer {
  if (encoding === 'ascii') return Buffer.from(text.replace(/[^\0-\x7f]/gu, '?'), 'ascii');
  return Buffer.from(text, encoding);
}

const HASHES = new Set(getHashes().map((name) => name.toLowerCase()));

function toHash(name: unknown): string {
  const algorithm = String(name).toLowerCase().replace(/^sha-/, 'sha');
  if (HASHES.has(algorithm)) return algorithm;
  throw new TypeError(`'${name}' is no hash; there are md5, sha1, sha256, sha384 and sha512.`);
}

function decodeBody(bytes: Uint8Array, contentType: string): string {
  const charset = /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

function writeMultipart(args: unknown, bodies: Bodies): Buffer {
  const [boundary, parts] = Array.isArray(args) ? args : [];
  const pieces: Uint8Array[] = [];
  for (const part of Array.isArray(parts) ? parts : []) {
    const { head, id } = part as { head?: unknown; id?: unknown };
    pieces.push(
      Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`),
      bodies.get(id) ?? NO_BYTES,
      Buffer.from('\r\n'),
    );
  }
  return Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]);
}

function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
