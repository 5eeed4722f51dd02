import { isJsonObject, type Json, type JsonObject, stringifyJson } from '../../base/index.ts';
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

/**
 * As `encode`, leaving the reserved characters (section 2.2) that an `allowReserved` value may hold. What would end
 * the value in a query is encoded all the same (OpenAPI 3.1.1, section 4.8.12.2).
 */
export function encodeReserved(text: string): string {
  return encodeURI(toWellFormed(text))
    .replaceAll('%5B', '[')
    .replaceAll('%5D', ']')
    .replace(/[#&+]/g, (character) => encodeURIComponent(character));
}

/** The same in a path, where a question mark would end it: slashes stay, so that the value may be several segments. */
export function encodeSegments(text: string): string {
  return encodeURI(toWellFormed(text)).replace(/[?#]/g, encodeURIComponent);
}

/** A lone half of a surrogate pair cannot be encoded. */
function toWellFormed(text: string): string {
  return text.isWellFormed() ? text : text.toWellFormed();
}

type Encode = (text: string) => string;

const asIs: Encode = (text) => text;

/** Writes one piece of a value: text, or JSON, or a list whose items the definition says how to join. */
function createWriter({ itemDelimiters = [] }: CompiledParameter, encode: Encode): (piece: Json) => string {
  const write = (piece: Json, depth: number): string => {
    const delimiter = itemDelimiters[depth];
    if (!Array.isArray(piece) || delimiter === undefined) return encode(toText(piece));
    const between = delimiter === ',' ? delimiter : encode(delimiter);
    return piece
      .filter(isDefined)
      .map((item) => write(item, depth + 1))
      .join(between);
  };
  return (piece) => write(piece, 0);
}

/**
 * Name and value, or several of a value that is taken apart: `[['tag', 'a'], ['tag', 'b']]`. The pieces of a value
 * are run through `encode`, and so are delimiters other than the comma (RFC 6570, section 3.2.1: a comma between
 * pieces stands as it is, one within a piece is encoded). Names are not encoded.
 */
export function toPairs(
  parameter: CompiledParameter,
  value: Json,
  encode: Encode = asIs,
): [string, string][] {
  const { name: input, sentAs: name = input, style, explode, mediaType } = parameter;
  if (mediaType !== undefined) return [[name, encode(toText(value))]];
  const write = createWriter(parameter, encode);
  const delimiter = DELIMITERS[style];
  const between = delimiter === undefined ? ',' : encode(delimiter);
  if (Array.isArray(value)) {
    const items = value.filter(isDefined);
    if (style === 'deepObject') return toDeepPairs(name, items, write);
    if (explode && style === 'form') return items.map((item) => [name, write(item)]);
    return items.length === 0 ? [] : [[name, items.map(write).join(between)]];
  }
  if (!isJsonObject(value)) return [[name, encode(toText(value))]];
  if (style === 'deepObject') return toDeepPairs(name, value, write);
  const members = listMembers(value);
  // Nobody defines a list within an object; the habit of forms is to repeat its name.
  if (explode && style === 'form')
    return members.flatMap(([key, member]) =>
      (isFlatList(member) ? member : [member]).map((one): [string, string] => [key, write(one)]),
    );
  const pieces = members.flatMap(([key, member]) => [write(key), write(member)]);
  return pieces.length === 0 ? [] : [[name, pieces.join(between)]];
}

/** `filter[a]=1&filter[b][c]=2`: OpenAPI defines one level; deeper ones follow the same habit, lists by index. */
function toDeepPairs(name: string, value: Json, write: (piece: Json) => string): [string, string][] {
  if (Array.isArray(value)) {
    return value.filter(isDefined).flatMap((item, index) => toDeepPairs(`${name}[${index}]`, item, write));
  }
  if (!isJsonObject(value)) return [[name, write(value)]];
  return listMembers(value).flatMap(([key, member]) => toDeepPairs(`${name}[${key}]`, member, write));
}

/** An undefined piece is left out (RFC 6570, section 3.2.1). */
function isDefined(value: Json): boolean {
  return value !== null;
}

function isFlatList(value: Json): value is Json[] {
  return Array.isArray(value) && value.every((item) => typeof item !== 'object');
}

function listMembers(value: JsonObject): [string, Json][] {
  return Object.entries(value).filter(([, member]) => isDefined(member));
}

/** The text of a path parameter in its style (RFC 6570 as OpenAPI narrows it), each piece run through `encode`. */
export function toPathText(parameter: CompiledParameter, value: Json, encode: Encode): string {
  const { name: input, sentAs: name = input, style, explode, mediaType } = parameter;
  if (mediaType !== undefined) return encode(toText(value));
  const delimiter = DELIMITERS[style];
  if (delimiter !== undefined && Array.isArray(value)) {
    return value.filter(isDefined).map(createWriter(parameter, encode)).join(encode(delimiter));
  }
  const pieces = toPieces(value, explode, createWriter(parameter, encode));
  if (style === 'label') return pieces.length === 0 ? '' : `.${pieces.join(explode ? '.' : ',')}`;
  if (style !== 'matrix') return pieces.join(',');
  if (pieces.length === 0) return '';
  if (!explode || typeof value !== 'object') return toMatrix(encode(name), pieces.join(','));
  return pieces.map((piece) => (isJsonObject(value) ? `;${piece}` : toMatrix(encode(name), piece))).join('');
}

/** An empty value has no equals sign (RFC 6570, section 3.2.7). */
function toMatrix(name: string, value: string): string {
  return value === '' ? `;${name}` : `;${name}=${value}`;
}

/** The text of a header parameter: style `simple`. */
export function toHeaderText(parameter: CompiledParameter, value: Json): string {
  if (parameter.mediaType !== undefined) return toText(value);
  const delimiter = DELIMITERS[parameter.style];
  if (delimiter !== undefined && Array.isArray(value)) {
    return value.filter(isDefined).map(createWriter(parameter, asIs)).join(delimiter);
  }
  return toPieces(value, parameter.explode, createWriter(parameter, asIs)).join(',');
}

function toPieces(value: Json, explode: boolean, write: (piece: Json) => string): string[] {
  if (Array.isArray(value)) return value.filter(isDefined).map(write);
  if (!isJsonObject(value)) return [write(value)];
  const within = explode ? '=' : ',';
  return listMembers(value).map(([key, member]) => `${write(key)}${within}${write(member)}`);
}
