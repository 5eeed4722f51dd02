import type { JsonObject } from '../../base/index.ts';
import type { Column, ColumnType } from './columns.ts';

/** The JSON Schema of a list's items, for forms and dynamic content; what Patchbay sets itself is `readOnly`. */
export function buildItemSchema(columns: readonly Column[]): JsonObject {
  const properties: JsonObject = {};
  for (const column of columns) {
    properties[column.name] = {
      ...buildColumnSchema(column),
      title: column.title ?? column.name,
      'x-ms-summary': column.title ?? column.name,
    };
  }
  const required = columns.filter((column) => column.required === true).map(({ name }) => name);
  return {
    type: 'object',
    properties: { ...properties, ...SYSTEM_PROPERTIES },
    ...(required.length === 0 ? {} : { required }),
  };
}

function buildColumnSchema({ type, choices = [] }: Column): JsonObject {
  if (type !== 'choice') return SCHEMAS[type];
  const value: JsonObject = { type: 'string', ...(choices.length === 0 ? {} : { enum: [...choices] }) };
  return { type: 'object', properties: { Value: { ...value, title: 'Value' } } };
}

const PERSON: JsonObject = {
  type: 'object',
  properties: {
    Claims: { type: 'string', title: 'Claims' },
    DisplayName: { type: 'string', title: 'Display name', readOnly: true },
    Email: { type: 'string', format: 'email', title: 'Email', readOnly: true },
  },
};

const SCHEMAS: Readonly<Record<Exclude<ColumnType, 'choice'>, JsonObject>> = {
  text: { type: 'string' },
  multilineText: { type: 'string', format: 'html' },
  number: { type: 'number' },
  integer: { type: 'integer', format: 'int64' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  dateTime: { type: 'string', format: 'date-time' },
  person: PERSON,
  hyperlink: { type: 'string', format: 'uri' },
  json: {},
};

const SYSTEM_PROPERTIES: JsonObject = {
  ID: { type: 'integer', format: 'int64', title: 'ID', readOnly: true },
  Created: { type: 'string', format: 'date-time', title: 'Created', readOnly: true },
  Modified: { type: 'string', format: 'date-time', title: 'Modified', readOnly: true },
  Author: { ...PERSON, title: 'Created By', readOnly: true },
  Editor: { ...PERSON, title: 'Modified By', readOnly: true },
  '@odata.etag': { type: 'string', title: 'ETag', readOnly: true, 'x-ms-visibility': 'advanced' },
  '{Identifier}': { type: 'string', title: 'Identifier', readOnly: true, 'x-ms-visibility': 'advanced' },
  '{Name}': { type: 'string', title: 'Name', readOnly: true, 'x-ms-visibility': 'advanced' },
  '{VersionNumber}': {
    type: 'string',
    title: 'Version number',
    readOnly: true,
    'x-ms-visibility': 'advanced',
  },
};
