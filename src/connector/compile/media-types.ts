import type { BodyKind } from '../types.ts';

/** `application/json` of `application/json; charset=utf-8`, lower case. */
export function bareMediaType(mediaType: string): string {
  return (mediaType.split(';')[0] ?? '').trim().toLowerCase();
}

export function isJsonType(mediaType: string): boolean {
  return (
    /^[\w.-]+\/(?:[\w.-]+\+)?json$/.test(bareMediaType(mediaType)) ||
    /[/-]json-?/.test(bareMediaType(mediaType))
  );
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

/** How a body of a media type is written. */
export function bodyKindOf(mediaType: string): BodyKind {
  const bare = bareMediaType(mediaType);
  if (bare === '*/*' || bare === 'application/*' || isJsonType(bare)) return 'json';
  if (bare === 'application/x-www-form-urlencoded') return 'form';
  if (bare.startsWith('multipart/')) return 'multipart';
  return isTextType(bare) ? 'text' : 'binary';
}

const PREFERENCE: readonly BodyKind[] = ['json', 'form', 'multipart', 'text', 'binary'];

/** Of several media types the one Patchbay writes best; among equals the first. */
export function pickMediaType(mediaTypes: readonly string[]): string | undefined {
  for (const kind of PREFERENCE) {
    const found = mediaTypes.find((mediaType) => bodyKindOf(mediaType) === kind);
    if (found !== undefined) return found;
  }
  return undefined;
}
