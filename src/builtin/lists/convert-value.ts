import { isJsonObject, type Json } from '../../base/index.ts';
import type { Column, ColumnType } from './columns.ts';

/** What a value became, or what was expected instead of it: `a number`, `one of New, Done`. */
export type Conversion =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly expected: string };

/** Converts a value that is not empty to the form in which its column keeps it. */
export function convertValue(column: Column, value: Json): Conversion {
  return CONVERTERS[column.type](value, column);
}

type Converter = (value: Json, column: Column) => Conversion;

const CONVERTERS: Readonly<Record<ColumnType, Converter>> = {
  text: convertText,
  multilineText: convertText,
  number: (value) => convertNumber(value, false),
  integer: (value) => convertNumber(value, true),
  boolean: convertBoolean,
  date: (value) =>
    convertInstant(value, 'a date like 2026-01-31', (instant) => instant.toISOString().slice(0, 10)),
  dateTime: (value) =>
    convertInstant(value, 'a date and time like 2026-01-31T12:00:00Z', (instant) =>
      instant.toISOString().replace('.000Z', 'Z'),
    ),
  choice: convertChoice,
  person: convertPerson,
  hyperlink: convertHyperlink,
  json: (value) => accept(value),
};

function convertText(value: Json): Conversion {
  if (typeof value === 'string') return accept(value);
  return typeof value === 'object' ? expected('text') : accept(String(value));
}

function convertNumber(value: Json, whole: boolean): Conversion {
  const name = whole ? 'a whole number' : 'a number';
  if (typeof value === 'bigint') return accept(value);
  const number = typeof value === 'string' ? readNumber(value) : value;
  if (typeof number === 'bigint') return accept(number);
  if (typeof number !== 'number' || !Number.isFinite(number)) return expected(name);
  return whole && !Number.isInteger(number) ? expected(name) : accept(number);
}

/** Digits beyond 2^53 stay exact. */
function readNumber(text: string): number | bigint | undefined {
  const trimmed = text.trim();
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed)) return undefined;
  const number = Number(trimmed);
  return /^[+-]?\d+$/.test(trimmed) && !Number.isSafeInteger(number) ? BigInt(trimmed) : number;
}

function convertBoolean(value: Json): Conversion {
  if (typeof value === 'boolean') return accept(value);
  const text = String(value).trim().toLowerCase();
  if (text === 'true' || text === '1' || text === 'yes') return accept(true);
  if (text === 'false' || text === '0' || text === 'no') return accept(false);
  return expected('true or false');
}

const INSTANT = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/i;

/** Reads an ISO 8601 instant; without a zone it is UTC, without a time it is midnight. */
export function readInstant(text: string): Date | undefined {
  const found = INSTANT.exec(text.trim());
  if (found === null) return undefined;
  const [, day = '', time = '00:00', zone = 'Z'] = found;
  const instant = new Date(`${day}T${time}${zone.toUpperCase()}`);
  // 2026-02-31 would quietly become 3 March.
  const exists = !Number.isNaN(instant.getTime()) && new Date(`${day}T00:00Z`).toISOString().startsWith(day);
  return exists ? instant : undefined;
}

function convertInstant(value: Json, name: string, format: (instant: Date) => string): Conversion {
  const instant = typeof value === 'string' ? readInstant(value) : undefined;
  return instant === undefined ? expected(name) : accept(format(instant));
}

function convertChoice(value: Json, { choices = [] }: Column): Conversion {
  const text = isJsonObject(value) ? value['Value'] : value;
  const known = typeof text === 'string' && (choices.length === 0 || choices.includes(text));
  return known ? accept(text) : expected(choices.length === 0 ? 'text' : `one of ${choices.join(', ')}`);
}

/** An address, or SharePoint's claim `i:0#.f|membership|ann@b.c`. */
function convertPerson(value: Json): Conversion {
  const text = isJsonObject(value) ? (value['Claims'] ?? value['Email'] ?? value['EMail']) : value;
  const address = typeof text === 'string' ? (text.split('|').at(-1) ?? '').trim() : '';
  return /^[^\s@]+@[^\s@]+$/.test(address) ? accept(address) : expected('the email address of a person');
}

function convertHyperlink(value: Json): Conversion {
  const text = isJsonObject(value) ? (value['Url'] ?? value['url']) : value;
  const url = typeof text === 'string' ? URL.parse(text.trim()) : null;
  const usable = url !== null && ['http:', 'https:', 'mailto:'].includes(url.protocol);
  return usable && typeof text === 'string'
    ? accept(text.trim())
    : expected('a link like https://example.com');
}

function accept(value: Json): Conversion {
  return { ok: true, value };
}

function expected(name: string): Conversion {
  return { ok: false, expected: name };
}
