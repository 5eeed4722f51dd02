import { decodeUtf8, encodeUtf8 } from './base64.ts';

/** Escapes all but letters, digits and `-_.~` (RFC 3986, unreserved characters). */
export function encodePercent(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Undoes percent escapes; what is no escape stays as it is. */
export function decodePercent(text: string): string {
  if (!text.includes('%')) return text;
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (escapes) => decodeUtf8(readEscapes(escapes)));
}

export function decodePercentToBytes(text: string): Uint8Array<ArrayBuffer> {
  const parts = text.split(/((?:%[0-9a-f]{2})+)/i);
  const bytes = parts.map((part, index) => (index % 2 === 1 ? readEscapes(part) : encodeUtf8(part)));
  const result = new Uint8Array(bytes.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of bytes) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}

function readEscapes(escapes: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: escapes.length / 3 }, (_, index) =>
    Number.parseInt(escapes.slice(index * 3 + 1, index * 3 + 3), 16),
  );
}
