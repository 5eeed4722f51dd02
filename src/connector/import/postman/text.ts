import { isJsonObject, type Json, type JsonObject } from '../../../base/index.ts';

/** A description as Postman writes it: a text, or an object that holds one. */
export function readDescription(written: Json | undefined): string {
  if (typeof written === 'string') return written;
  return isJsonObject(written) && typeof written['content'] === 'string' ? written['content'] : '';
}

export function readText(written: Json | undefined): string {
  return typeof written === 'string' || typeof written === 'number' || typeof written === 'boolean'
    ? String(written)
    : '';
}

/** A list of `{key, value}`, or of headers as lines of one text (2.0). */
export function readEntries(written: Json | undefined): JsonObject[] {
  if (Array.isArray(written)) return written.filter(isJsonObject);
  if (typeof written !== 'string') return [];
  return written.split(/\r?\n/).flatMap((line) => {
    const [, key, value] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
    return key === undefined ? [] : [{ key: key.trim(), value: value ?? '' }];
  });
}

/** Collections made from API descriptions mark required parameters this way. */
export function isMarkedRequired(description: string): boolean {
  return /^\(Required\)/i.test(description);
}

export function withoutMark(description: string): string {
  return description.replace(/^\(Required\)\s*/i, '');
}
