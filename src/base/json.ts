/**
 * JSON values as Patchbay carries them.
 *
 * A whole number that a double cannot hold exactly (beyond ±2^53−1) is a `bigint`: order numbers and SQL
 * keys keep all their digits from an upstream answer to the next request. Everything smaller is a `number`.
 */
export type Json = null | boolean | number | bigint | string | Json[] | JsonObject;

export interface JsonObject {
  [key: string]: Json;
}

/** As many digits as a number has at least that lies beyond 2^53. */
const LONG_DIGITS = 16;

/**
 * Parses JSON text. Integers beyond ±(2^53−1) become `bigint`.
 *
 * @throws SyntaxError as `JSON.parse` does.
 */
export function parseJson(text: string): Json {
  if (!hasLongNumber(text)) return JSON.parse(text) as Json;
  return JSON.parse(text, reviveBigInt) as Json;
}

/**
 * Whether a number, not a text, has that many digits; most documents have none. As many digits in a row cannot be
 * stepped over in steps of that many characters, so only every sixteenth is looked at. A regular expression would try
 * at each comma: in a large document so often that the server's limit on backtracking ends it.
 */
function hasLongNumber(text: string): boolean {
  for (let at = LONG_DIGITS - 1; at < text.length; at += LONG_DIGITS) {
    if (!isDigit(text, at)) continue;
    let start = at;
    while (isDigit(text, start - 1)) start -= 1;
    while (isDigit(text, at + 1)) at += 1;
    if (at + 1 - start >= LONG_DIGITS && beginsNumber(text, start)) return true;
  }
  return false;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

/** Whether digits stand where JSON has a value, after a sign perhaps, and not in a text or behind a point. */
function beginsNumber(text: string, start: number): boolean {
  let before = text[start - 1] === '-' ? start - 2 : start - 1;
  while (before >= 0 && ' \n\r\t'.includes(text.charAt(before))) before -= 1;
  return before < 0 || ':,['.includes(text.charAt(before));
}

/** JSON.parse hands the source text of primitives to the reviver (ECMAScript 2026, JSON.parse source text access). */
function reviveBigInt(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  return source !== undefined && /^-?\d+$/.test(source) ? BigInt(source) : value;
}

/** Writes compact JSON; a `bigint` is written with all its digits, as a JSON number. */
export function stringifyJson(value: Json | undefined, indent?: number): string {
  try {
    return JSON.stringify(value, undefined, indent);
  } catch (error) {
    // JSON.stringify refuses bigint: only documents that hold one pay for the replacer.
    if (!(error instanceof TypeError)) throw error;
    return JSON.stringify(value, rawBigInt, indent);
  }
}

interface RawJson {
  rawJSON(text: string): object;
}

function rawBigInt(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? (JSON as unknown as RawJson).rawJSON(String(value)) : value;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member that an object has itself: a name such as `constructor` finds nothing that every object has. */
export function readOwn(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Gives an object a member of its own, whatever its name: assigning `__proto__` would set a prototype. */
export function setOwn(object: JsonObject, name: string, value: Json): void {
  if (name !== '__proto__') object[name] = value;
  else Object.defineProperty(object, name, { value, configurable: true, enumerable: true, writable: true });
}

/** Deep equality of JSON values: key order is ignored, `1` equals `1n`. */
export function equalJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a === 'bigint' || typeof b === 'bigint') return toBigInt(a) === toBigInt(b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => equalJson(item, b[index]));
  }
  if (a === undefined || b === undefined) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && equalJson(a[key], b[key]));
}

/** A whole number as bigint; anything else as NaN, which equals nothing. */
function toBigInt(value: Json | undefined): bigint | number {
  if (typeof value === 'bigint') return value;
  return Number.isInteger(value) ? BigInt(value as number) : Number.NaN;
}
