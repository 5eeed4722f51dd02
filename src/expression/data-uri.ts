import { decodeBase64, encodeBase64 } from './base64.ts';
import { type Content, decodeContent, wrapBase64 } from './content.ts';
import { Fault } from './define.ts';
import { decodePercentToBytes } from './percent.ts';

/** Splits a data URI (RFC 2397) into its media type and bytes. */
export function parseDataUri(uri: string): Content {
  const comma = uri.indexOf(',');
  if (!/^data:/i.test(uri) || comma === -1) return fail(uri);
  const header = uri.slice('data:'.length, comma);
  const data = uri.slice(comma + 1);
  const isBase64 = /;\s*base64$/i.test(header);
  const type = isBase64 ? header.slice(0, header.lastIndexOf(';')) : header;
  const bytes = isBase64 ? decodeBase64(data) : decodePercentToBytes(data);
  return bytes === undefined
    ? fail(uri)
    : wrapBase64(type || 'text/plain;charset=US-ASCII', encodeBase64(bytes));
}

/** The text of a data URI with a textual media type, else its envelope. */
export function decodeDataUri(uri: string): string | Content {
  const content = parseDataUri(uri);
  return /^text\//i.test(content['$content-type']) ? decodeContent(content) : content;
}

function fail(uri: string): never {
  throw new Fault('expects a valid data URI', { parameter: 'uri', seen: uri });
}
