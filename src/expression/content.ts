import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { decodeBase64, decodeUtf8, encodeBase64, encodeUtf8 } from './base64.ts';

/** A content envelope stands for bytes: `{"$content-type": …, "$content": <base64>}`. */
export interface Content extends JsonObject {
  '$content-type': string;
  $content: string;
}

export const BINARY_TYPE = 'application/octet-stream';
export const XML_TYPE = 'application/xml;charset=utf-8';

export function isContent(value: Json): value is Content {
  return (
    isJsonObject(value) && typeof value.$content === 'string' && typeof value['$content-type'] === 'string'
  );
}

/** An envelope around bytes that are base64 already. */
export function wrapBase64(type: string, base64: string): Content {
  return { '$content-type': type, $content: base64 };
}

export function wrapText(type: string, text: string): Content {
  return wrapBase64(type, encodeBase64(encodeUtf8(text)));
}

/** The bytes of an envelope; bytes that are not base64 count as none. */
export function readBytes(content: Content): Uint8Array<ArrayBuffer> {
  return decodeBase64(content.$content) ?? new Uint8Array();
}

/** The text of an envelope in the charset that its media type names, UTF-8 by default. */
export function decodeContent(content: Content): string {
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(content['$content-type'])?.[1];
  return decodeIn(charset, readBytes(content));
}

function decodeIn(charset: string | undefined, bytes: Uint8Array): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return decodeUtf8(bytes); // a charset nobody knows: the bytes are most likely UTF-8 anyway
  }
}
