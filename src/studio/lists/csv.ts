import Papa from 'papaparse';
import type { ListColumn, ListItem } from '../../api/index.ts';
import { type Json, type JsonObject, stringifyJson } from '../../base/index.ts';
import { parseCell } from './cell-values.ts';

/** A row of a file that can be kept. */
export interface CsvRow {
  /** Where it begins in the file, counted from 1. */
  readonly line: number;
  readonly fields: JsonObject;
}

export interface CsvProblem {
  readonly line: number;
  readonly message: string;
}

export interface CsvTable {
  readonly rows: readonly CsvRow[];
  readonly problems: readonly CsvProblem[];
  /** Columns of the file that the list does not have. */
  readonly ignored: readonly string[];
  /** Columns of the list that the file has. */
  readonly known: readonly ListColumn[];
}

/** Spreadsheets would carry out what begins so. */
const FORMULA = /^[=+\-@\t\r]/;
const YES_OR_NO = /^(?:true|false|yes|no|1|0|x|-)?$/i;

/** Reads a file with a header, whatever separates its values. Columns are found by name or title. */
export function readCsv(text: string, columns: readonly ListColumn[]): CsvTable {
  const rows: CsvRow[] = [];
  const problems: CsvProblem[] = [];
  const source = text.replace(/^\uFEFF/, '');
  let header: (ListColumn | undefined)[] | undefined;
  let names: string[] = [];
  let line = 1;
  let at = 0;
  Papa.parse<string[]>(source, {
    step: ({ data, errors, meta }) => {
      const startsAt = line;
      line += countLines(source, at, meta.cursor);
      at = meta.cursor;
      if (data.every((value) => value.trim() === '')) return;
      const [error] = errors.filter(({ type }) => type === 'Quotes');
      if (error !== undefined) {
        problems.push({
          line: startsAt,
          message: 'A quotation mark is opened and not closed, or the other way.',
        });
      } else if (header === undefined) {
        names = data.map((name) => name.trim());
        header = names.map((name) => findColumn(columns, name));
      } else readRow(data, header, columns, { line: startsAt, rows, problems });
    },
  });
  const found = header ?? [];
  const ignored = names.filter((name, index) => name !== '' && !isOwn(name) && found[index] === undefined);
  return { rows, problems, ignored, known: found.filter((column) => column !== undefined) };
}

interface Sink {
  readonly line: number;
  readonly rows: CsvRow[];
  readonly problems: CsvProblem[];
}

function readRow(
  values: readonly string[],
  header: readonly (ListColumn | undefined)[],
  columns: readonly ListColumn[],
  { line, rows, problems }: Sink,
): void {
  const messages: string[] = [];
  const surplus = values.slice(header.length).filter((value) => value.trim() !== '').length;
  if (surplus > 0) messages.push(`There are ${values.length} values for ${header.length} columns.`);
  const fields: Record<string, Json> = {};
  for (const [index, column] of header.entries()) {
    if (column === undefined) continue;
    const read = readValue(column, values[index] ?? '');
    if (!read.ok) messages.push(read.message);
    else if (read.value !== null) fields[column.name] = read.value;
  }
  for (const { name, title, required } of columns) {
    if (required === true && fields[name] === undefined) messages.push(`${title ?? name} is required.`);
  }
  if (messages.length === 0) rows.push({ line, fields });
  else problems.push({ line, message: messages.join(' ') });
}

function readValue(column: ListColumn, written: string) {
  const text = written.startsWith("'") && FORMULA.test(written.slice(1)) ? written.slice(1) : written;
  const title = column.title ?? column.name;
  if (column.type === 'boolean' && !YES_OR_NO.test(text.trim())) {
    return { ok: false, message: `${title} takes yes or no, and “${text.trim()}” is neither.` } as const;
  }
  if (column.type === 'choice' && text.trim() !== '' && column.choices?.includes(text.trim()) === false) {
    return {
      ok: false,
      message: `${title} is one of ${column.choices.join(', ')}, and “${text.trim()}” is not.`,
    } as const;
  }
  return parseCell(column, text);
}

function findColumn(columns: readonly ListColumn[], name: string): ListColumn | undefined {
  const isLike = (text: string | undefined) => text?.toLowerCase() === name.toLowerCase();
  return columns.find((column) => isLike(column.name)) ?? columns.find((column) => isLike(column.title));
}

/** What an export adds, and an import gives anew. */
function isOwn(name: string): boolean {
  return ['id', 'created', 'modified'].includes(name.toLowerCase());
}

function countLines(text: string, from: number, to: number): number {
  let count = 0;
  for (
    let index = text.indexOf('\n', from);
    index !== -1 && index < to;
    index = text.indexOf('\n', index + 1)
  ) {
    count++;
  }
  return count;
}

/** Items as a file that spreadsheets open and `readCsv` reads back. */
export function writeCsv(columns: readonly ListColumn[], items: readonly ListItem[]): string {
  const rows = items.map(({ id, fields }) => [id, ...columns.map(({ name }) => writeValue(fields[name]))]);
  const text = Papa.unparse([['ID', ...columns.map(({ name }) => name)], ...rows], {
    newline: '\r\n',
    escapeFormulae: FORMULA,
  });
  return `\uFEFF${text}\r\n`;
}

function writeValue(value: Json | undefined): string | number {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return value;
  return stringifyJson(value);
}
