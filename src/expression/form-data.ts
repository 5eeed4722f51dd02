import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import { decodeContent, isContent, readBytes } from './content.ts';
import { splitMultipart } from './multipart.ts';

/** One field of a form. */
interface Field {
  readonly key: string;
  readonly value: Json;
}

/**
 * The values of a form field in what an action or trigger gave: listed in `$formdata` or `$multipart` of the body by the
 * connector that received it, or read from the content of the envelope, or from a text that the headers call a form.
 */
export function findFormValues(outputs: Json, key: string): Json[] {
  return readFields(outputs)
    .filter((field) => field.key === key)
    .map((field) => field.value);
}

function readFields(outputs: Json): Field[] {
  const body = isJsonObject(outputs) ? (outputs.body ?? null) : null;
  if (typeof body === 'string') return isForm(readContentType(outputs)) ? readUrlEncoded(body) : [];
  if (!isJsonObject(body)) return [];
  if (Array.isArray(body.$formdata)) return body.$formdata.filter(isJsonObject).map(readListed);
  const parts = readParts(body);
  if (parts.length > 0) return parts.map((part) => ({ key: readPartName(part), value: readPartBody(part) }));
  return isContent(body) && isForm(body['$content-type']) ? readUrlEncoded(decodeContent(body)) : [];
}

function isForm(type: string): boolean {
  return /^application\/x-www-form-urlencoded/i.test(type);
}

function readUrlEncoded(text: string): Field[] {
  return [...new URLSearchParams(text)].map(([key, value]) => ({ key, value }));
}

function readContentType(outputs: Json): string {
  return isJsonObject(outputs) ? readHeader(outputs, 'content-type') : '';
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
  const disposition = readHeader(part, 'content-disposition');
  const match = /;\s*name\s*=\s*(?:"([^"]*)"|([^;\s]+))/i.exec(disposition);
  return match?.[1] ?? match?.[2] ?? '';
}

function readHeader(message: JsonObject, name: string): string {
  const headers = isJsonObject(message.headers) ? message.headers : {};
  const entry = Object.entries(headers).find(([header]) => header.toLowerCase() === name);
  return typeof entry?.[1] === 'string' ? entry[1] : '';
}
