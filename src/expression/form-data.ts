import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { decodeContent, isContent, readBytes } from './content.ts';
import { splitMultipart } from './multipart.ts';

/** One field of a form. */
interface Field {
  readonly key: string;
  readonly value: Json;
}

/**
 * The values of a form field in a body: listed in `$formdata` or `$multipart` by the connector that received it, or
 * read from the content of the envelope.
 */
export function findFormValues(body: Json, key: string): Json[] {
  return readFields(body)
    .filter((field) => field.key === key)
    .map((field) => field.value);
}

function readFields(body: Json): Field[] {
  if (!isJsonObject(body)) return [];
  if (Array.isArray(body.$formdata)) return body.$formdata.filter(isJsonObject).map(readListed);
  const parts = readParts(body);
  if (parts.length > 0) return parts.map((part) => ({ key: readPartName(part), value: readPartBody(part) }));
  if (!isContent(body) || !/^application\/x-www-form-urlencoded/i.test(body['$content-type'])) return [];
  return [...new URLSearchParams(decodeContent(body))].map(([key, value]) => ({ key, value }));
}

function readListed(entry: JsonObject): Field {
  return { key: typeof entry.key === 'string' ? entry.key : '', value: entry.value ?? null };
}

/** The parts of a multipart body: `{headers, body}`. */
export function readParts(body: Json): JsonObject[] {
  if (!isJsonObject(body)) return [];
  if (Array.isArray(body.$multipart)) return body.$multipart.filter(isJsonObject);
  return isContent(body) ? splitMultipart(body['$content-type'], readBytes(body)) : [];
}

/** The body of a part; an envelope of text comes as text where a form field is asked for. */
function readPartBody(part: JsonObject): Json {
  const { body = null } = part;
  if (!isJsonObject(body) || !isContent(body)) return body;
  return /^text\//i.test(body['$content-type']) ? decodeContent(body) : body;
}

function readPartName(part: JsonObject): string {
  const headers = isJsonObject(part.headers) ? part.headers : {};
  const entry = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-disposition');
  const disposition = typeof entry?.[1] === 'string' ? entry[1] : '';
  const match = /;\s*name\s*=\s*(?:"([^"]*)"|([^;\s]+))/i.exec(disposition);
  return match?.[1] ?? match?.[2] ?? '';
}
