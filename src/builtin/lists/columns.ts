import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { ListError } from './errors.ts';

const COLUMN_TYPES = [
  'text',
  'multilineText',
  'number',
  'integer',
  'boolean',
  'date',
  'dateTime',
  'choice',
  'person',
  'hyperlink',
  'json',
] as const;

export type ColumnType = (typeof COLUMN_TYPES)[number];

/** A column of a list. `name` is what expressions call it and never changes. */
export interface Column {
  readonly name: string;
  readonly title?: string;
  readonly type: ColumnType;
  readonly required?: boolean;
  /** The values of a choice column. */
  readonly choices?: readonly string[];
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;

/** What every item has of its own; a column of the same name would hide it. */
const RESERVED = new Set([
  'id',
  'created',
  'modified',
  'author',
  'editor',
  'iteminternalid',
  '__proto__',
  'constructor',
  'prototype',
]);

/**
 * Reads the columns of a list as they are stored or sent.
 *
 * @throws ListError LIST_COLUMNS_INVALID that names the column
 */
export function readColumns(value: Json): Column[] {
  if (!Array.isArray(value)) throw invalid('The columns must be a list.', '');
  const columns = value.map(readColumn);
  const seen = new Set<string>();
  for (const [index, { name }] of columns.entries()) {
    const key = name.toLowerCase();
    if (seen.has(key)) throw invalid(`Two columns are called ${name}.`, `/${index}/name`);
    seen.add(key);
  }
  return columns;
}

function readColumn(value: Json, index: number): Column {
  if (!isJsonObject(value)) throw invalid(`Column ${index + 1} is not an object.`, `/${index}`);
  const name = value['name'];
  if (typeof name !== 'string' || !NAME.test(name)) {
    const message = `Column ${index + 1} needs a name of letters, digits and _, beginning with a letter.`;
    throw invalid(message, `/${index}/name`);
  }
  if (RESERVED.has(name.toLowerCase())) {
    throw invalid(`A column cannot be called ${name}: every item has that already.`, `/${index}/name`);
  }
  const type = value['type'];
  if (!isColumnType(type)) {
    throw invalid(`The column ${name} needs a type: ${COLUMN_TYPES.join(', ')}.`, `/${index}/type`);
  }
  return { name, type, ...readTitle(value), ...readRequired(value), ...readChoices(value, type, index) };
}

function isColumnType(value: Json | undefined): value is ColumnType {
  return typeof value === 'string' && (COLUMN_TYPES as readonly string[]).includes(value);
}

function readTitle({ title }: JsonObject): { title?: string } {
  return typeof title === 'string' && title !== '' ? { title } : {};
}

function readRequired({ required }: JsonObject): { required?: boolean } {
  return required === true ? { required } : {};
}

function readChoices(value: JsonObject, type: ColumnType, index: number): { choices?: string[] } {
  if (type !== 'choice') return {};
  const choices = value['choices'] ?? [];
  if (!Array.isArray(choices) || !choices.every((choice) => typeof choice === 'string')) {
    throw invalid(`The choices of the column ${String(value['name'])} must be texts.`, `/${index}/choices`);
  }
  return { choices };
}

function invalid(message: string, pointer: string) {
  return new ListError('LIST_COLUMNS_INVALID', message, { pointer });
}
