import type { BodyKind } from '../types.ts';

/** `application/json` of `application/json; charset=utf-8`, lower case. */
export function bareMediaType(mediaType: string): string {
  return (mediaType.split(';')[0] ?? '').trim().toLowerCase();
}

export function isJsonType(mediaType: string): boolean {
  return (
    /^[\w.-]+\/(?:[\w.*-]+\+)?json$/.test(bareMediaType(mediaType)) ||
    /[/-]json-?/.test(bareMediaType(mediaType))
  );
}

export function isXmlType(mediaType: string): boolean {
  return /[/+]xml(?:-|$)/.test(bareMediaType(mediaType));
}

/** One JSON value a line. */
export function isJsonLinesType(mediaType: string): boolean {
  return /(?:ndjson|jsonl|json-?lines|json-seq)$/.test(bareMediaType(mediaType));
}

export function isTextType(mediaType: string): boolean {
  const bare = bareMediaType(mediaType);
  return (
    isJsonLinesType(bare) ||
    /^text\/|[/+]xml$|[/+]yaml$|\/(?:javascript|ecmascript|graphql|sql|csv|jwt)$/.test(bare)
  );
}

/** Whether a media type falls into a range, as png images into all images. */
export function isInRange(mediaType: string, range: string): boolean {
  const [type] = bareMediaType(mediaType).split('/');
  const bare = bareMediaType(range);
  return bare === '*/*' || (bare.endsWith('/*') && bare === `${type}/*`);
}

/** How a body of a media type is written. */
export function bodyKindOf(mediaType: string): BodyKind {
  const bare = bareMediaType(mediaType);
  if (bare === '*/*' || bare === 'application/*' || isJsonType(bare)) return 'json';
  if (bare === 'application/x-www-form-urlencoded') return 'form';
  if (bare.startsWith('multipart/')) return 'multipart';
  return isTextType(bare) ? 'text' : 'binary';
}

const PREFERENCE: readonly BodyKind[] = ['json', 'form', 'multipart', 'text', 'binary'];

/** Of several media types the one Patchbay writes best; among equals plain JSON, else the first. */
export function pickMediaType(mediaTypes: readonly string[]): string | undefined {
  const plain = mediaTypes.find((mediaType) => bareMediaType(mediaType) === 'application/json');
  if (plain !== undefined) return plain;
  for (const kind of PREFERENCE) {
    const found = mediaTypes.find((mediaType) => bodyKindOf(mediaType) === kind);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * What a request asks for: the media types an operation answers with, JSON first, each a little less wanted than the
 * one before; anything else rather than nothing.
 */
export function writeAccept(mediaTypes: readonly string[]): string {
  const bare = [...new Set(mediaTypes.map(bareMediaType))].filter((one) => /^[\w.+-]+\/[\w.+-]+$/.test(one));
  const ordered = [...bare.filter(isJsonType), ...bare.filter((one) => !isJsonType(one))];
  if (ordered.length === 0) return DEFAULT_ACCEPT;
  const ranges = ordered.slice(0, MAX_RANGES).map((one, index) => (index === 0 ? one : `${one};q=0.9`));
  return [...ranges, '*/*;q=0.8'].join(', ');
}

export const DEFAULT_ACCEPT = 'application/json, */*;q=0.8';
const MAX_RANGES = 8;
