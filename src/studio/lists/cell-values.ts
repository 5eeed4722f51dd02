import type { ColumnType, ListColumn } from '../../api/index.ts';
import { describeError, type Json, parseJson, stringifyJson } from '../../base/index.ts';

/** What was typed into a cell: a value (null for an empty cell), or why it is none. */
export type CellValue =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly message: string };

/** Reads what was typed, by the type of the column. The server has the last word. */
export function parseCell(column: ListColumn, text: string): CellValue {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: true, value: null };
  const title = column.title ?? column.name;
  switch (column.type) {
    case 'number':
    case 'integer':
      return parseNumber(title, column.type, trimmed);
    case 'boolean':
      return { ok: true, value: /^(?:true|yes|1|x)$/i.test(trimmed) };
    case 'dateTime':
      return parseDateTime(title, trimmed);
    case 'json':
      return parseJsonCell(title, trimmed);
    case 'multilineText':
      return { ok: true, value: text };
    default:
      return { ok: true, value: trimmed };
  }
}

function parseNumber(title: string, type: ColumnType, text: string): CellValue {
  const value = Number(text.replace(/^\+/, ''));
  if (!Number.isFinite(value)) return { ok: false, message: `${title} takes a number, like 12.5.` };
  if (type === 'number') return { ok: true, value };
  if (!Number.isInteger(value)) return { ok: false, message: `${title} takes a whole number.` };
  return { ok: true, value: Number.isSafeInteger(value) ? value : BigInt(text) };
}

/** The browser's field gives local time without a zone; what is stored is UTC. */
function parseDateTime(title: string, text: string): CellValue {
  const at = Date.parse(text);
  if (Number.isNaN(at)) return { ok: false, message: `${title} takes a date and a time.` };
  return { ok: true, value: new Date(at).toISOString() };
}

function parseJsonCell(title: string, text: string): CellValue {
  try {
    return { ok: true, value: parseJson(text) };
  } catch (error) {
    return { ok: false, message: `${title} takes JSON: ${describeError(error)}` };
  }
}

/** How a cell reads. */
export function formatCell(type: ColumnType, value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (type === 'dateTime' && typeof value === 'string') {
    const at = new Date(value);
    return Number.isNaN(at.getTime())
      ? value
      : at.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  }
  if (type === 'boolean') return value === true ? 'Yes' : 'No';
  return typeof value === 'string' ? value : stringifyJson(value);
}

/** What stands in the field when one begins to type into a cell that holds something. */
export function startText(type: ColumnType, value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (type === 'date' && typeof value === 'string') return value.slice(0, 10);
  if (type === 'dateTime' && typeof value === 'string') return toLocalInput(value);
  if (type === 'boolean') return value === true ? 'true' : 'false';
  return typeof value === 'string' ? value : stringifyJson(value);
}

/** An instant as `<input type="datetime-local">` takes it: local time to the minute. */
function toLocalInput(instant: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return '';
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
