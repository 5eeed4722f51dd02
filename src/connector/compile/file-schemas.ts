import type { Json, JsonObject } from '../../base/index.ts';
import { unwrapSchema } from './unwrap-schema.ts';

/** Bytes: what was `type: file` or `format: binary` before OpenAPI 3.1, null beside them or not. */
export function isFile(written: Json | undefined, document: JsonObject): boolean {
  const schema = unwrapSchema(written, document);
  const { contentEncoding, contentMediaType, format } = schema;
  if (format === 'binary') return true;
  if (contentEncoding === undefined) return contentMediaType !== undefined;
  // Encodings of mail (RFC 2045, section 6.2) that change nothing.
  return /^(?:binary|7bit|8bit)$/i.test(String(contentEncoding));
}

/** A list of files is given as one of envelopes. */
export function isFileList(written: Json | undefined, document: JsonObject): boolean {
  const { items } = unwrapSchema(written, document);
  return items !== undefined && isFile(items, document);
}
