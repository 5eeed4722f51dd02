import { isJsonObject, type Json } from './json.ts';

/** Formats a path as a JSON pointer (RFC 6901): `['paths', '/a', 0]` → `/paths/~1a/0`. The root is `''`. */
export function formatPointer(path: readonly (string | number)[]): string {
  return path.map((segment) => `/${escapeSegment(String(segment))}`).join('');
}

/** Appends segments to a pointer. */
export function joinPointer(pointer: string, ...segments: (string | number)[]): string {
  return pointer + formatPointer(segments);
}

/** Splits a JSON pointer into its unescaped segments. A leading `#` (URI fragment form) is accepted. */
export function parsePointer(pointer: string): string[] {
  const text = pointer.startsWith('#') ? safeDecode(pointer.slice(1)) : pointer;
  if (text === '') return [];
  return text
    .slice(text.startsWith('/') ? 1 : 0)
    .split('/')
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value a pointer names, or `undefined` when nothing stands there. */
export function getByPointer(root: Json | undefined, pointer: string): Json | undefined {
  let value: Json | undefined = root;
  for (const segment of parsePointer(pointer)) {
    if (Array.isArray(value)) value = /^\d+$/.test(segment) ? value[Number(segment)] : undefined;
    else if (isJsonObject(value)) value = Object.hasOwn(value, segment) ? value[segment] : undefined;
    else return undefined;
  }
  return value;
}

function escapeSegment(segment: string): string {
  // Most need none, and rules about large definitions ask by the hundred thousand.
  if (!segment.includes('~') && !segment.includes('/')) return segment;
  return segment.replaceAll('~', '~0').replaceAll('/', '~1');
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a literal % in a hand-written fragment: take it as it stands
  }
}
