import { isJsonObject, type Json, type JsonObject, stringifyJson } from '../base/index.ts';
import { decodeBase64, type MultipartPart, type RequestContent } from '../connector/index.ts';

/** The body of an Http action. */
export interface HttpContent {
  readonly body?: RequestContent;
  readonly mediaType?: string;
  /** Its type counts, whatever a header says: only who writes the parts knows the boundary between them. */
  readonly setsType: boolean;
}

/** JSON for objects, text for text, bytes for `{"$content-type", "$content"}`, parts for `{"$multipart"}`. */
export function buildHttpContent(body: Json | undefined, mayChooseType: boolean): HttpContent {
  if (body === undefined || body === null) return { setsType: false };
  const choose = (mediaType: string) => ({ ...(mayChooseType ? { mediaType } : {}), setsType: false });
  if (typeof body === 'string') return { body: { kind: 'text', text: body }, ...choose('text/plain') };
  if (isJsonObject(body) && Array.isArray(body['$multipart'])) {
    const parts = body['$multipart'].filter(isJsonObject).map(readPart);
    const mediaType = readType(body) ?? 'multipart/form-data';
    return { body: { kind: 'multipart', parts }, mediaType, setsType: true };
  }
  const bytes = readEnvelope(body);
  if (bytes !== undefined) {
    return { body: { kind: 'binary', bytes }, ...choose(readType(body) ?? 'application/octet-stream') };
  }
  return { body: { kind: 'text', text: stringifyJson(body) }, ...choose('application/json') };
}

/** `{headers, body}`: the headers are all there are, save a type where an envelope names one. */
function readPart({ headers, body = null }: JsonObject): MultipartPart {
  const entries = Object.entries(isJsonObject(headers) ? headers : {});
  const own = Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
  const type = readType(body);
  const hasType = entries.some(([name]) => name.toLowerCase() === 'content-type');
  return {
    name: '',
    headers: type === undefined || hasType ? own : { ...own, 'Content-Type': type },
    content: readEnvelope(body) ?? (typeof body === 'string' ? body : stringifyJson(body)),
  };
}

function readEnvelope(value: Json): Uint8Array | undefined {
  const content = isJsonObject(value) ? value['$content'] : undefined;
  return typeof content === 'string' ? decodeBase64(content) : undefined;
}

function readType(value: Json): string | undefined {
  const type = isJsonObject(value) ? value['$content-type'] : undefined;
  return typeof type === 'string' ? type : undefined;
}
