import { type Json, type JsonObject, stringifyJson } from '../../base/index.ts';
import type { Column } from './columns.ts';
import { convertValue } from './convert-value.ts';
import { ListError } from './errors.ts';

/** Members of an item that people send back although only Patchbay sets them. */
const SYSTEM = new Set(['id', 'created', 'modified', 'author', 'editor', 'iteminternalid']);

/**
 * Checks the values of an item against its list's columns and converts them to the form in which they are kept.
 *
 * @param mode `create` wants every required column; `update` leaves out what is not given
 * @returns fields for the store; null empties a cell
 * @throws ListError that names each column and value that does not fit
 */
export function checkFields(
  columns: readonly Column[],
  input: JsonObject,
  mode: 'create' | 'update',
): JsonObject {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const fields: JsonObject = {};
  const problems: { message: string; name: string }[] = [];
  for (const [name, value] of Object.entries(input)) {
    const column = byName.get(name);
    if (column === undefined) {
      if (!isSystemMember(name)) throw describeUnknown(name, columns);
      continue;
    }
    const result = checkValue(column, value);
    if ('message' in result) problems.push({ message: result.message, name });
    else fields[name] = result.value;
  }
  if (mode === 'create') {
    for (const column of columns) {
      if (column.required === true && !Object.hasOwn(input, column.name)) {
        problems.push({ message: `${column.name} is required.`, name: column.name });
      }
    }
  }
  const [first] = problems;
  if (first === undefined) return fields;
  throw new ListError(
    'LIST_VALUE_INVALID',
    problems
      .slice(0, 5)
      .map(({ message }) => message)
      .join(' '),
    {
      pointer: `/${first.name}`,
    },
  );
}

function checkValue(column: Column, value: Json): { value: Json } | { message: string } {
  if (isEmpty(column, value)) {
    return column.required === true ? { message: `${column.name} is required.` } : { value: null };
  }
  const result = convertValue(column, value);
  if (result.ok) return { value: result.value };
  return { message: `${column.name} must be ${result.expected}, not ${show(value)}.` };
}

/** Empty text empties a cell of any type but text; JSON columns keep everything but null. */
function isEmpty({ type, required }: Column, value: Json): boolean {
  if (value === null) return true;
  if (typeof value !== 'string' || value.trim() !== '') return false;
  return required === true || (type !== 'text' && type !== 'multilineText');
}

function isSystemMember(name: string): boolean {
  return name.startsWith('@') || name.startsWith('{') || name.includes('#') || SYSTEM.has(name.toLowerCase());
}

function describeUnknown(name: string, columns: readonly Column[]) {
  const names = columns.map((column) => column.name).join(', ');
  const like = columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
  const hint = like === undefined ? `It has ${names === '' ? 'none' : names}.` : `There is ${like.name}.`;
  return new ListError('LIST_UNKNOWN_COLUMN', `The list has no column ${name}. ${hint}`, {
    pointer: `/${name}`,
  });
}

function show(value: Json): string {
  const text = typeof value === 'string' ? `“${value}”` : stringifyJson(value);
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
