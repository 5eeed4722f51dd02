import type { Json, JsonObject } from '../base/index.ts';
import { decodeUtf8, encodeBase64 } from './base64.ts';
import { wrapBase64 } from './content.ts';

/** Splits a multipart body (RFC 2046) into `{headers, body}`; none if the type is not multipart. */
export function splitMultipart(type: string, bytes: Uint8Array): JsonObject[] {
  const boundary = /^multipart\/[^;]+;.*\bboundary\s*=\s*(?:"([^"]+)"|([^;\s]+))/is.exec(type);
  const name = boundary?.[1] ?? boundary?.[2];
  if (name === undefined) return [];
  // One character per byte, so that text functions find boundaries and lose nothing.
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  const pieces = `\r\n${binary}`.split(`\r\n--${name}`).slice(1);
  return pieces.filter((piece) => !piece.startsWith('--')).map(readPart);
}

function readPart(piece: string): JsonObject {
  const content = piece.replace(/^[ \t]*\r\n/, '');
  const blank = content.startsWith('\r\n') ? 0 : content.indexOf('\r\n\r\n');
  const head = blank <= 0 ? '' : content.slice(0, blank);
  const bytes = toBytes(content.slice(blank === 0 ? 2 : blank + 4));
  const headers = readHeaders(head);
  const entry = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type');
  const type = typeof entry?.[1] === 'string' ? entry[1] : 'text/plain';
  return { headers, body: readBody(type, bytes) };
}

function readBody(type: string, bytes: Uint8Array): Json {
  return /^text\//i.test(type) ? decodeUtf8(bytes) : wrapBase64(type, encodeBase64(bytes));
}

function readHeaders(head: string): JsonObject {
  const lines = decodeUtf8(toBytes(head)).split('\r\n');
  return Object.fromEntries(
    lines.flatMap((line) => {
      const colon = line.indexOf(':');
      return colon < 1 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]];
    }),
  );
}

function toBytes(binary: string): Uint8Array {
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}
