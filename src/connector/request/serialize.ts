import { isJsonObject, type Json, stringifyJson } from '../../base/index.ts';
import type { CompiledParameter } from '../types.ts';

/** A value in one piece, as it stands in a URL, header or form. */
export function toText(value: Json): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  return typeof value === 'object' ? stringifyJson(value) : String(value);
}

const DELIMITERS: Readonly<Record<string, string>> = {
  spaceDelimited: ' ',
  pipeDelimited: '|',
  tabDelimited: '\t',
};

/** Percent-encodes all but unreserved characters (RFC 3986, section 2.3). */
export function encode(text: string): string {
  return encodeURIComponent(toWellFormed(text)).replace(/[!'()*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  });
}

/** As `encode`, leaving the reserved characters (section 2.2) that an `allowReserved` value may hold. */
export function encodeReserved(text: string): string {
  return encodeURI(toWellFormed(text)).replaceAll('%5B', '[').replaceAll('%5D', ']').replaceAll('#', '%23');
}

/** A lone half of a surrogate pair cannot be encoded. */
function toWellFormed(text: string): string {
  return text.isWellFormed() ? text : text.toWellFormed();
}

/** Name and value, or several of a value that is taken apart: `[['tag', 'a'], ['tag', 'b']]`. Not encoded. */
export function toPairs(parameter: CompiledParameter, value: Json): [string, string][] {
  const { name, style, explode, mediaType } = parameter;
  if (mediaType !== undefined) return [[name, typeof value === 'string' ? value : stringifyJson(value)]];
  if (Array.isArray(value)) {
    if (explode && style === 'form') return value.map((item) => [name, toText(item)]);
    return value.length === 0 ? [] : [[name, value.map(toText).join(DELIMITERS[style] ?? ',')]];
  }
  if (!isJsonObject(value)) return [[name, toText(value)]];
  if (style === 'deepObject') return toDeepPairs(name, value);
  if (explode && style === 'form') return Object.entries(value).map(([key, member]) => [key, toText(member)]);
  return [[name, joinMembers(value, DELIMITERS[style] ?? ',', ',')]];
}

/** `filter[a]=1&filter[b][c]=2`: OpenAPI defines one level; deeper ones follow the same habit. */
function toDeepPairs(name: string, value: Json): [string, string][] {
  if (!isJsonObject(value)) {
    return Array.isArray(value) ? value.map((item) => [name, toText(item)]) : [[name, toText(value)]];
  }
  return Object.entries(value).flatMap(([key, member]) => toDeepPairs(`${name}[${key}]`, member));
}

function joinMembers(value: { [key: string]: Json }, between: string, within: string): string {
  return Object.entries(value)
    .map(([key, member]) => `${key}${within}${toText(member)}`)
    .join(between);
}

/** The text of a path parameter in its style (RFC 6570 as OpenAPI narrows it), each piece run through `encode`. */
export function toPathText(
  parameter: CompiledParameter,
  value: Json,
  encode: (text: string) => string,
): string {
  const { name, style, explode } = parameter;
  const delimiter = DELIMITERS[style];
  if (delimiter !== undefined && Array.isArray(value)) return encode(value.map(toText).join(delimiter));
  const pieces = toPieces(value, explode, encode);
  if (style === 'label') return `.${pieces.join(explode ? '.' : ',')}`;
  if (style !== 'matrix') return pieces.join(',');
  if (!explode) return `;${encode(name)}=${pieces.join(',')}`;
  const isObject = isJsonObject(value);
  return pieces.map((piece) => (isObject ? `;${piece}` : `;${encode(name)}=${piece}`)).join('');
}

/** The text of a header parameter: style `simple`. */
export function toHeaderText(parameter: CompiledParameter, value: Json): string {
  if (parameter.mediaType !== undefined) return typeof value === 'string' ? value : stringifyJson(value);
  const delimiter = DELIMITERS[parameter.style];
  if (delimiter !== undefined && Array.isArray(value)) return value.map(toText).join(delimiter);
  return toPieces(value, parameter.explode, (text) => text).join(',');
}

function toPieces(value: Json, explode: boolean, encode: (text: string) => string): string[] {
  if (Array.isArray(value)) return value.map((item) => encode(toText(item)));
  if (!isJsonObject(value)) return [encode(toText(value))];
  const within = explode ? '=' : ',';
  return Object.entries(value).map(([key, member]) => `${encode(key)}${within}${encode(toText(member))}`);
}
