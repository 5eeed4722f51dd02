import { isJsonObject, type Json, stringifyJson } from '../../base/index.ts';
import type { TableWork } from '../types.ts';
import type { RunScope } from './scope.ts';

/** Rows as text: RFC 4180 with CRLF, or an HTML table, as the service's Table action writes them. */
export function buildTable(work: TableWork, items: readonly Json[], scope: RunScope): string {
  const { headers, rows } = work.columns.length > 0 ? readColumns(work, items, scope) : readMembers(items);
  return work.format === 'html' ? formatHtml(headers, rows) : formatCsv(headers, rows);
}

interface TableContent {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function readColumns(work: TableWork, items: readonly Json[], scope: RunScope): TableContent {
  const rows = items.map((item) => {
    scope.setItem(item);
    return work.columns.map((column) => toCellText(column.value.evaluate(scope)));
  });
  return { headers: work.columns.map((column) => toCellText(column.header.evaluate(scope))), rows };
}

/** Without columns the members of the first row name them; what a row lacks is empty. */
function readMembers(items: readonly Json[]): TableContent {
  const [first] = items;
  const headers = isJsonObject(first) ? Object.keys(first) : [];
  const rows = items.map((item) =>
    headers.map((name) => toCellText((isJsonObject(item) ? item[name] : undefined) ?? null)),
  );
  return { headers, rows };
}

function formatCsv(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  return [headers, ...rows].map((cells) => `${cells.map(quoteCsv).join(',')}\r\n`).join('');
}

function quoteCsv(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function formatHtml(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = headers.map((text) => `<th>${escapeHtml(text)}</th>`).join('');
  const body = rows
    .map((cells) => `<tr>${cells.map((text) => `<td>${escapeHtml(text)}</td>`).join('')}</tr>`)
    .join('');
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A value inside a text: null is empty, booleans are capitalised as .NET writes them, objects are JSON. */
export function toCellText(value: Json): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'object' ? stringifyJson(value) : String(value);
}
