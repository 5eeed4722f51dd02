import { isJsonObject, type Json, type JsonObject, setOwn } from '../../base/index.ts';
import { resolveReference, resolveSchema } from '../../schema/index.ts';
import { PARAMETER_STYLE } from '../import/prepare-swagger.ts';
import type { CompiledParameter } from '../types.ts';
import { describeValue, readStyle } from './compile-parameter.ts';
import { isFile, isFileList } from './file-schemas.ts';
import { firstText } from './text.ts';

/** The properties of a form's schema, each of its parts included. */
export interface FormProperties {
  readonly properties: JsonObject;
  readonly required: ReadonlySet<Json>;
}

/** Parts of parts; deeper ones only come in circles. */
const MAX_DEPTH = 5;

/** What a schema and its parts name; of alternatives nothing is required. */
export function listFormProperties(
  written: Json | undefined,
  document: JsonObject,
  depth = 0,
): FormProperties {
  const schema = resolveSchema(written, document);
  const properties: JsonObject = isJsonObject(schema['properties']) ? { ...schema['properties'] } : {};
  const required = new Set(Array.isArray(schema['required']) ? schema['required'] : []);
  if (depth >= MAX_DEPTH) return { properties, required };
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    for (const part of Array.isArray(schema[keyword]) ? schema[keyword] : []) {
      const found = listFormProperties(part, document, depth + 1);
      for (const [name, property] of Object.entries(found.properties))
        if (!Object.hasOwn(properties, name)) setOwn(properties, name, property);
      if (keyword === 'allOf') for (const name of found.required) required.add(name);
    }
  }
  return { properties, required };
}

/** Fields of a form, from the properties of its schema. */
export function compileFields(
  schema: JsonObject,
  encoding: Json | undefined,
  document: JsonObject,
): CompiledParameter[] {
  const { properties, required } = listFormProperties(schema, document);
  return Object.entries(properties).map(([name, property]) => {
    const own = isJsonObject(property) ? property : {};
    const found = isJsonObject(encoding) ? encoding[name] : undefined;
    const rules = isJsonObject(found) ? found : {};
    const type = pickPartType(firstText(rules['contentType']));
    const partHeaders = readPartHeaders(rules['headers'], document);
    const styled = ['style', 'explode', PARAMETER_STYLE].some(
      (key) => (rules[key] ?? own[key]) !== undefined,
    );
    const fileList = isFileList(own, document);
    return {
      ...describeValue(name, own, own, document),
      file: fileList || isFile(own, document),
      fileList,
      in: 'formData' as const,
      required: required.has(name),
      encoding: 'single' as const,
      ...readStyle('formData', { ...own, ...rules }),
      ...(styled ? { styled } : {}),
      ...(partHeaders === undefined ? {} : { partHeaders }),
      ...(type === '' ? {} : { mediaType: type }),
    };
  });
}

/** Of several types the first that is not a range. */
function pickPartType(written: string): string {
  const types = written.split(',').map((one) => one.trim());
  return types.find((one) => one !== '' && !one.includes('*')) ?? '';
}

/** Nobody is asked for the headers of a part: one has a value in the definition, or is left out. */
function readPartHeaders(
  written: Json | undefined,
  document: JsonObject,
): Readonly<Record<string, string>> | undefined {
  if (!isJsonObject(written)) return undefined;
  const entries = Object.entries(written).flatMap(([name, header]): [string, string][] => {
    if (name.toLowerCase() === 'content-type') return [];
    const owner = resolveReference(header, document);
    const schema = resolveSchema(isJsonObject(owner) ? owner['schema'] : undefined, document);
    const [only, ...others] = Array.isArray(schema['enum']) ? schema['enum'] : [];
    const value = schema['const'] ?? schema['default'] ?? (others.length === 0 ? only : undefined);
    return value === undefined || value === null || typeof value === 'object' ? [] : [[name, String(value)]];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
