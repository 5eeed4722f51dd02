import { isCredentialName, isJsonObject, type Json, stringifyJson } from '../base/index.ts';
import type { RunEvent } from '../flow/index.ts';

/** What runs are found by is no place for documents: longer values are cut. In characters. */
const LONGEST_VALUE = 256;

/** The tracked properties of an action that has ended, as runs are found by them. */
export function listTracked({ kind, data }: RunEvent): { name: string; value: string }[] | undefined {
  if (kind !== 'settled' || !isJsonObject(data) || !isJsonObject(data.tracked)) return undefined;
  return Object.entries(data.tracked)
    .filter(([name]) => !isCredentialName(name))
    .map(([name, value]) => ({ name: cut(name), value: cut(toText(value)) }));
}

function toText(value: Json): string {
  return typeof value === 'string' ? value : stringifyJson(value);
}

function cut(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: PostgreSQL's text holds every character but this one
  return text.replaceAll(/\x00/g, '').slice(0, LONGEST_VALUE);
}
