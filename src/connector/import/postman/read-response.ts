import type { JsonObject } from '../../../base/index.ts';
import type { NotedResponse } from '../requests/types.ts';
import { contentType } from './read-request.ts';
import { readDescription, readEntries, readText } from './text.ts';

const PREVIEWS: Readonly<Record<string, string>> = {
  html: 'text/html',
  json: 'application/json',
  text: 'text/plain',
  xml: 'application/xml',
};

/** A saved answer of a request. */
export function readResponse(written: JsonObject): NotedResponse {
  const text = readText(written['body']);
  const code = Number(written['code']);
  const guessed = PREVIEWS[readText(written['_postman_previewlanguage'])];
  const json = /^\s*[[{]/.test(text) ? 'application/json' : 'text/plain';
  return {
    name: readText(written['name']),
    status: Number.isInteger(code) && code >= 100 && code <= 599 ? String(code) : 'default',
    mediaType: text.trim() === '' ? '' : contentType(readEntries(written['header'])) || guessed || json,
    text,
    headers: readEntries(written['header']).map((entry) => ({
      name: readText(entry['key']).trim(),
      value: readText(entry['value']),
      description: readDescription(entry['description']),
    })),
  };
}
