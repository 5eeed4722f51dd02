import { type Json, stringifyJson } from '../../base/index.ts';

/** A value as messages show it: what is long is cut. */
export function showValue(value: Json | undefined): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? `'${value}'` : stringifyJson(value);
  return text.length > 60 ? `${text.slice(0, 60)} …` : text;
}
