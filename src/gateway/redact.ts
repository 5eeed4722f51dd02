import { isJsonObject, type Json, type JsonObject, REDACTED, type Secret } from '../base/index.ts';

/** Takes a connection's secret values out of texts, whatever service repeats them. */
export interface Redactor {
  /** Whether there is anything to look for: connections without secrets skip the search. */
  readonly active: boolean;
  text(text: string): string;
  json<T extends Json>(value: T): T;
  /** Whether the bytes of an answer hold a secret; decides if its decoded form must be walked. */
  foundIn(bytes: Uint8Array): boolean;
}

/** Shorter values would blacken half of an answer: a user name `a`, a flag `1`. */
const SHORTEST = 6;

export const NO_REDACTION: Redactor = {
  active: false,
  text: (text) => text,
  json: (value) => value,
  foundIn: () => false,
};

/** Knows each secret as it is, percent-encoded and JSON-escaped, and the pairs that Basic authentication encodes. */
export function createRedactor(secrets: readonly Secret[]): Redactor {
  const forms = new Set(secrets.flatMap((secret) => listForms(secret.reveal())));
  if (forms.size === 0) return NO_REDACTION;
  const needles = [...forms].sort((a, b) => b.length - a.length);
  const bytes = needles.map((needle) => Buffer.from(needle));
  const redactText = (text: string) =>
    needles.reduce(
      (result, needle) => (result.includes(needle) ? result.replaceAll(needle, REDACTED) : result),
      text,
    );
  return {
    active: true,
    text: redactText,
    json: (value) => redactJson(value, redactText),
    foundIn: (haystack) => {
      const buffer = Buffer.from(haystack.buffer, haystack.byteOffset, haystack.byteLength);
      return bytes.some((needle) => buffer.includes(needle));
    },
  };
}

function listForms(secret: string): string[] {
  if (secret.length < SHORTEST) return [];
  const escaped = JSON.stringify(secret).slice(1, -1);
  return [secret, encodeURIComponent(secret), escaped];
}

function redactJson<T extends Json>(value: T, redactText: (text: string) => string): T {
  return walk(value, redactText) as T;
}

function walk(value: Json, redactText: (text: string) => string): Json {
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map((item) => walk(item, redactText));
  if (!isJsonObject(value)) return value;
  const result: JsonObject = {};
  for (const [key, member] of Object.entries(value)) result[redactText(key)] = walk(member, redactText);
  return result;
}
