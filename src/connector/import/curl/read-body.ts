import { bareMediaType } from '../../compile/media-types.ts';
import { readJsonSample } from '../requests/samples.ts';
import { readPairs } from '../requests/split-url.ts';
import type { NotedBody, NotedField } from '../requests/types.ts';
import type { CurlData, CurlOptions, CurlPart } from './read-options.ts';

/** The body of a command; files it names are not read. */
export function readBody(options: CurlOptions): NotedBody | undefined {
  const declared = contentTypeOf(options);
  if (options.form.length > 0) {
    const fields = options.form.flatMap(readPart);
    return { kind: 'form', mediaType: 'multipart/form-data', fields };
  }
  if (options.uploads) return { kind: 'binary', mediaType: declared || 'application/octet-stream' };
  if (options.isGet || options.data.length === 0) return undefined;
  const isFile = options.data.some(
    ({ kind, text }) => kind !== 'raw' && kind !== 'encode' && text.startsWith('@'),
  );
  if (isFile) return readFileBody(declared);
  const text = joinData(options.data);
  const isJson = options.isJson || readJsonSample(text) !== undefined;
  // Who leaves the type out of a command with JSON means JSON, although curl then says it is a form.
  const mediaType = declared || (isJson ? 'application/json' : 'application/x-www-form-urlencoded');
  if (mediaType !== 'application/x-www-form-urlencoded') return { kind: 'text', mediaType, text };
  const fields = readPairs(text).map(([name, value]) => createField(name, value));
  return { kind: 'form', mediaType, fields };
}

function readFileBody(declared: string): NotedBody {
  const mediaType = declared || 'application/octet-stream';
  return mediaType === 'application/json'
    ? { kind: 'text', mediaType, text: '' }
    : { kind: 'binary', mediaType };
}

function contentTypeOf({ headers }: CurlOptions): string {
  const value = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return value.includes('/') ? bareMediaType(value) : '';
}

/** The data as it is sent; several pieces are joined as fields of a form. */
export function joinData(data: readonly CurlData[]): string {
  return data.map(({ kind, text }) => (kind === 'encode' ? encode(text) : text)).join('&');
}

/** `content`, `=content`, `name=content`; `@file` and `name@file` name files, which are not read. */
function encode(text: string): string {
  const [, name = '', sign, content = ''] = /^([^=@]*)([=@])?([\s\S]*)$/.exec(text) ?? [];
  if (sign === undefined) return encodeURIComponent(name);
  const value = sign === '@' ? '' : encodeURIComponent(content);
  return name === '' ? value : `${name}=${value}`;
}

function readPart({ text, isLiteral }: CurlPart): NotedField[] {
  const [, name, value = ''] = /^([^=]+)=([\s\S]*)$/.exec(text) ?? [];
  if (name === undefined) return [];
  if (isLiteral) return [createField(name, value)];
  if (!/^[@<]/.test(value)) {
    const [, text = value, type] = /^([\s\S]*?);\s*type=([\w.+-]+\/[\w.+-]+)/.exec(value) ?? [];
    return [{ ...createField(name, text), mediaType: type }];
  }
  const mediaType = /;type=([^;]+)/.exec(value)?.[1];
  return [{ ...createField(name, ''), kind: value.startsWith('@') ? 'file' : 'text', mediaType }];
}

function createField(name: string, value: string): NotedField {
  return { name, kind: 'text', value, description: '', required: false };
}
