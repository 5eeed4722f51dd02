import { isJsonObject, type Json, stringifyJson } from '../../base/index.ts';
import { decodeBase64 } from '../base64.ts';

/** Bytes in a flow, and what is known of them. */
export interface Content {
  readonly bytes: Uint8Array;
  readonly mediaType?: string;
  readonly fileName?: string;
}

/**
 * Reads what stands for bytes in inputs: the envelope `{"$content-type", "$content", "$filename"?}`, an attachment
 * `{name, contentBytes}`, else a text as UTF-8, else JSON.
 */
export function readContent(value: Json): Content {
  if (isJsonObject(value)) {
    const envelope = readEnvelope(value['$content'], value['$content-type'], value['$filename']);
    if (envelope !== undefined) return envelope;
    const attachment = readEnvelope(value['contentBytes'], value['contentType'], value['name']);
    if (attachment !== undefined) return attachment;
  }
  const text = typeof value === 'string' ? value : stringifyJson(value);
  return { bytes: new TextEncoder().encode(text) };
}

function readEnvelope(
  content: Json | undefined,
  mediaType: Json | undefined,
  fileName: Json | undefined,
): Content | undefined {
  if (typeof content !== 'string') return undefined;
  // In a form the designer fills, `$content` may hold the text itself.
  const bytes = decodeBase64(content) ?? new TextEncoder().encode(content);
  return {
    bytes,
    ...(typeof mediaType === 'string' && mediaType !== '' ? { mediaType } : {}),
    ...(typeof fileName === 'string' && fileName !== '' ? { fileName } : {}),
  };
}

/** Whether a value is one of the envelopes above. */
export function isEnvelope(value: Json): boolean {
  return isJsonObject(value) && typeof (value['$content'] ?? value['contentBytes']) === 'string';
}
