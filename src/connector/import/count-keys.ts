import { isJsonObject, type Json } from '../../base/index.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const BLANK = 0x20;

/**
 * How many members the objects of a text have, as written, a key that stands twice counted twice. The text must be
 * valid JSON. Looking at quotes only, it takes a fraction of the time of reading the text with places.
 */
export function countWrittenKeys(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at)) {
    at = findClosingQuote(text, at + 1) + 1;
    // No valid JSON ends in a key, so a colon, or what tells that there is none, follows.
    while (text.charCodeAt(at) <= BLANK) at += 1;
    if (text.charCodeAt(at) === COLON) count += 1;
  }
  return count;
}

function findClosingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); ; at = text.indexOf('"', at + 1)) {
    let first = at;
    while (text.charCodeAt(first - 1) === BACKSLASH) first -= 1;
    if ((at - first) % 2 === 0) return text.charCodeAt(at) === QUOTE ? at : text.length;
  }
}

/** How many members the objects of a value have, each key counted once. */
export function countKeys(value: Json): number {
  if (Array.isArray(value)) {
    let count = 0;
    for (const item of value) if (typeof item === 'object') count += countKeys(item);
    return count;
  }
  if (!isJsonObject(value)) return 0;
  let count = 0;
  // Read from JSON, an object inherits nothing that would be listed.
  for (const key in value) {
    count += 1;
    const member = value[key];
    if (typeof member === 'object' && member !== null) count += countKeys(member);
  }
  return count;
}
