import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { Choice, FieldKind } from './types.ts';

/** How a value of a schema is edited. */
export function chooseKind(schema: JsonObject, isFile = false): FieldKind {
  if (isFile || isBytes(schema)) return 'file';
  const dynamic = chooseDynamic(schema);
  if (dynamic !== undefined) return dynamic;
  const type = readType(schema);
  if (type !== 'array' && listChoices(schema) !== undefined)
    return Array.isArray(schema.enum) ? 'choice' : 'options';
  switch (type) {
    case 'boolean':
      return 'boolean';
    case 'integer':
    case 'number':
      return type;
    case 'array':
      return 'array';
    case 'object':
      return chooseObject(schema);
    case 'string':
      return chooseText(schema);
    default:
      return 'json';
  }
}

/** The type in a word; one of several that may also be null is that one. */
export function readType(schema: JsonObject): string | undefined {
  const types = [schema.type ?? []].flat().filter((type) => type !== 'null');
  if (types.length === 1) return String(types[0]).toLowerCase();
  if (types.length > 1) return undefined;
  if (isJsonObject(schema.properties) || isJsonObject(schema.additionalProperties)) return 'object';
  if (Array.isArray(schema.allOf)) return 'object';
  if (schema.items !== undefined) return 'array';
  return Array.isArray(schema.enum) || typeof schema.format === 'string' ? 'string' : undefined;
}

/** What may be chosen, with its names: `x-ms-enum-values`, else `x-ms-editor-options`, else the values themselves. */
export function listChoices(schema: JsonObject): Choice[] | undefined {
  const allowed = Array.isArray(schema.enum) ? schema.enum.filter((value) => value !== null) : undefined;
  const named = readNamed(schema['x-ms-enum-values'], 'displayName');
  const editor = isJsonObject(schema['x-ms-editor-options'])
    ? schema['x-ms-editor-options'].items
    : undefined;
  const titles = named ?? readNamed(editor, 'title');
  if (allowed === undefined) return titles;
  return allowed.map(
    (value) =>
      titles?.find((one) => one.value === value) ?? {
        value,
        title: value === '' ? '(empty)' : String(value),
      },
  );
}

function readNamed(written: Json | undefined, member: string): Choice[] | undefined {
  if (!Array.isArray(written) || written.length === 0) return undefined;
  return written.filter(isJsonObject).flatMap(({ value, ...entry }) => {
    const title = entry[member];
    return value === undefined
      ? []
      : [{ value, title: typeof title === 'string' && title !== '' ? title : String(value) }];
  });
}

function chooseDynamic(schema: JsonObject): FieldKind | undefined {
  const values = schema['x-ms-dynamic-values'];
  if (isJsonObject(schema['x-ms-dynamic-tree'])) return 'tree';
  if (isJsonObject(values) && typeof values.capability === 'string') return 'tree';
  if (isJsonObject(values) || isJsonObject(schema['x-ms-dynamic-list'])) {
    return readType(schema) === 'array' ? 'array' : 'options';
  }
  const isShape =
    isJsonObject(schema['x-ms-dynamic-schema']) || isJsonObject(schema['x-ms-dynamic-properties']);
  return isShape ? 'shape' : undefined;
}

function chooseObject(schema: JsonObject): FieldKind {
  if (isJsonObject(schema.properties) && Object.keys(schema.properties).length > 0) return 'object';
  if (Array.isArray(schema.allOf)) return 'object';
  if (schema['x-ms-editor'] === 'dictionary') return 'dictionary';
  const { additionalProperties: more } = schema;
  const isFlat = isJsonObject(more) && !['object', 'array'].includes(readType(more) ?? 'string');
  return isFlat ? 'dictionary' : 'json';
}

function chooseText(schema: JsonObject): FieldKind {
  const format = String(schema.format ?? '').toLowerCase();
  if (format === 'date') return 'date';
  if (format === 'date-time' || format === 'date-no-tz') return 'datetime';
  if (format === 'password') return 'password';
  const isLong = format === 'html' || (typeof schema.maxLength === 'number' && schema.maxLength > 250);
  return isLong ? 'longtext' : 'text';
}

function isBytes(schema: JsonObject): boolean {
  return (
    schema.format === 'binary' ||
    (schema.contentMediaType !== undefined && schema.contentEncoding === undefined)
  );
}
