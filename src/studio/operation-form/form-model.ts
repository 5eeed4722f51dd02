import type { OperationDetail } from '../../api/index.ts';
import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { resolveSchemaReference } from '../connectors/read-schema.ts';
import { plainText } from '../format/plain-text.ts';
import { chooseKind, readType } from './field-kind.ts';
import type { FormField } from './types.ts';

/** What a field is made of. */
interface Source {
  readonly path: readonly string[];
  readonly schema: JsonObject;
  readonly required: boolean;
  readonly definitions: JsonObject;
  readonly label?: string | undefined;
  readonly description?: string | undefined;
  readonly visibility?: string | undefined;
  readonly isFile?: boolean | undefined;
  readonly isFromShape?: boolean | undefined;
}

/** Makes a field of a schema, or none when people are not meant to see it (`internal`). */
function createField(source: Source): FormField | undefined {
  const schema = resolveSchemaReference(source.schema, source.definitions);
  const visibility = String(source.visibility ?? schema['x-ms-visibility'] ?? '').toLowerCase();
  if (visibility === 'internal' || schema['x-ms-notification-url'] === true) return undefined;
  const name = source.path.at(-1) ?? '';
  return {
    path: source.path,
    // The title of a schema that is referred to is the name of a type.
    label: source.label || firstText(schema['x-ms-summary'], source.schema.title) || name,
    description: plainText(source.description || firstText(schema.description)),
    required: source.required,
    visibility: visibility === 'important' || visibility === 'advanced' ? visibility : 'normal',
    schema,
    kind: chooseKind(schema, source.isFile),
    isFromShape: source.isFromShape ?? false,
  };
}

/** The fields of an operation: its parameters, and those of a body that is an object, in the order to fill them. */
export function listFields(operation: OperationDetail): FormField[] {
  const { parameters, body, definitions, method } = operation;
  const fields = parameters.map((parameter) =>
    createField({
      path: [parameter.name],
      schema: { ...resolveSchemaReference(parameter.schema, definitions), ...parameter.extensions },
      required: parameter.required,
      definitions,
      label: parameter.summary,
      description: parameter.description,
      visibility: parameter.visibility ?? 'normal',
      isFile: parameter.file,
    }),
  );
  const whole =
    body &&
    createField({
      path: [body.name],
      schema: body.schema,
      required: body.required,
      definitions,
      label: body.summary,
      description: body.description,
      visibility: body.visibility === 'internal' ? 'normal' : body.visibility,
      isFile: body.file,
    });
  const inBody = whole?.kind === 'object' ? listMembers(whole, definitions, method) : [whole];
  return orderFields([...fields, ...inBody].filter((field) => field !== undefined));
}

/** The fields within an object. What the service fills in itself, and what this method may not write, are left out. */
export function listMembers(parent: FormField, definitions: JsonObject, method = 'POST'): FormField[] {
  const members = collectProperties(parent.schema, definitions, 0);
  const fields = [...members].flatMap(([name, { schema, required }]) => {
    const resolved = resolveSchemaReference(schema, definitions);
    if (isReadOnly(resolved, method)) return [];
    const { isFromShape } = parent;
    return [createField({ path: [...parent.path, name], schema, required, definitions, isFromShape })];
  });
  return orderFields(fields.filter((field) => field !== undefined));
}

/** The field of one element of a list. */
export function createItem(parent: FormField, index: number, definitions: JsonObject): FormField | undefined {
  const items = isJsonObject(parent.schema.items) ? parent.schema.items : {};
  const own = Object.entries(parent.schema).filter(([name]) => /^x-ms-dynamic-(?:values|list)$/.test(name));
  const resolved = { ...Object.fromEntries(own), ...resolveSchemaReference(items, definitions) };
  return createField({
    path: [...parent.path, String(index)],
    schema: resolved,
    required: false,
    definitions,
    label: `${firstText(resolved['x-ms-summary'], resolved.title) || parent.label} ${index + 1}`,
    isFromShape: parent.isFromShape,
  });
}

/** The same field once the service has said what it looks like. */
export function withShape(field: FormField, shape: JsonObject): FormField {
  const rest = Object.entries(field.schema).filter(
    ([name]) => !/^x-ms-dynamic-(?:schema|properties)$/.test(name),
  );
  const schema: JsonObject = { ...Object.fromEntries(rest), ...shape };
  const kind = chooseKind(readType(schema) === undefined ? { ...schema, type: 'object' } : schema);
  return { ...field, schema, kind, isFromShape: true };
}

const RANKS = { important: 1, normal: 2, advanced: 3 };

/** Required, important, normal, advanced; among equals the order of the document. */
function orderFields(fields: readonly FormField[]): FormField[] {
  const rank = ({ required, visibility }: FormField) => (required ? 0 : RANKS[visibility]);
  return fields.toSorted((a, b) => rank(a) - rank(b));
}

const MAX_DEPTH = 8;

function collectProperties(schema: JsonObject, definitions: JsonObject, depth: number) {
  const found = new Map<string, { schema: JsonObject; required: boolean }>();
  if (depth < MAX_DEPTH) {
    for (const part of Array.isArray(schema.allOf) ? schema.allOf.filter(isJsonObject) : []) {
      const inner = collectProperties(resolveSchemaReference(part, definitions), definitions, depth + 1);
      for (const [name, property] of inner) found.set(name, property);
    }
  }
  const required = Array.isArray(schema.required) ? schema.required : [];
  for (const [name, property] of Object.entries(isJsonObject(schema.properties) ? schema.properties : {})) {
    if (isJsonObject(property)) found.set(name, { schema: property, required: required.includes(name) });
  }
  for (const name of required) {
    const property = typeof name === 'string' ? found.get(name) : undefined;
    if (property !== undefined) found.set(String(name), { ...property, required: true });
  }
  return found;
}

/** `readOnly`, or `x-ms-mutability` without what the method does: creating, or updating. */
function isReadOnly(schema: JsonObject, method: string): boolean {
  if (schema.readOnly === true) return true;
  const mutability = schema['x-ms-mutability'];
  if (!Array.isArray(mutability) || mutability.length === 0) return false;
  if (method === 'PATCH') return !mutability.includes('update');
  return !mutability.includes('create') && !mutability.includes('update');
}

function firstText(...values: (Json | undefined)[]): string {
  for (const value of values) if (typeof value === 'string' && value.trim() !== '') return value.trim();
  return '';
}
