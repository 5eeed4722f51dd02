import { isJsonObject, type Json } from '../base/index.ts';

const LONGEST_QUOTE = 300;

/** Where services put the sentence that says what is wrong, best first (RFC 9457, OData, OAuth, and customs). */
const MESSAGE_KEYS = [
  'detail',
  'message',
  'error_description',
  'errorMessage',
  'error_message',
  'Message',
  'description',
  'msg',
  'reason',
  'title',
  'faultstring',
];
const CONTAINER_KEYS = [
  'error',
  'errors',
  'Error',
  'Errors',
  'fault',
  'odata.error',
  'response',
  'result',
  'value',
];

/**
 * The service's own words about a failure, on one line, at most 300 characters; `undefined` when it has none
 * worth repeating (an empty body, a web page). The caller has taken secrets out of the body.
 */
export function quoteUpstream(body: Json): string | undefined {
  const message = typeof body === 'string' ? readText(body) : findMessage(body, 4);
  const line = message?.replaceAll(/\s+/g, ' ').trim();
  if (line === undefined || line === '') return undefined;
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE - 1)}…` : line;
}

function readText(text: string): string | undefined {
  if (!/^\s*</.test(text)) return text;
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1];
  return title ?? /<(?:message|faultstring|error)[^>]*>([^<]+)</i.exec(text)?.[1];
}

function findMessage(value: Json | undefined, depth: number): string | undefined {
  if (typeof value === 'string') return value;
  if (depth === 0) return undefined;
  if (Array.isArray(value)) return findInList(value, depth);
  if (!isJsonObject(value)) return undefined;
  for (const key of MESSAGE_KEYS) {
    const message = value[key];
    if (typeof message === 'string' && message !== '') return message;
    // OData version 3 wraps the sentence: {message: {lang, value}}.
    if (isJsonObject(message) && typeof message['value'] === 'string') return message['value'];
  }
  for (const key of CONTAINER_KEYS) {
    const message = Object.hasOwn(value, key) ? findMessage(value[key], depth - 1) : undefined;
    if (message !== undefined && message !== '') return message;
  }
  return findFieldErrors(value);
}

function findInList(list: readonly Json[], depth: number): string | undefined {
  const messages = list.slice(0, 3).map((item) => findMessage(item, depth - 1));
  const found = messages.filter((message) => message !== undefined && message !== '');
  return found.length === 0 ? undefined : found.join(' ');
}

/** `{"quantity": ["must be positive"]}`, as several frameworks report invalid fields. */
function findFieldErrors(value: Readonly<Record<string, Json>>): string | undefined {
  const fields = Object.entries(value).filter(
    ([, messages]) =>
      Array.isArray(messages) && messages.length > 0 && messages.every((m) => typeof m === 'string'),
  );
  if (fields.length === 0) return undefined;
  return fields
    .slice(0, 3)
    .map(([field, messages]) => `${field}: ${(messages as string[]).join(', ')}`)
    .join('; ');
}
