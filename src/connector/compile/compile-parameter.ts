import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { resolveReference, resolveSchema } from '../../schema/index.ts';
import { PARAMETER_STYLE } from '../import/prepare-swagger.ts';
import type { OperationPlace } from '../operations.ts';
import type { CompiledParameter, ParameterLocation, ParameterStyle } from '../types.ts';
import { firstText, readVisibility } from './text.ts';

const LOCATIONS = new Set(['path', 'query', 'header', 'cookie']);

const STYLES: Readonly<Record<ParameterLocation, ParameterStyle>> = {
  path: 'simple',
  query: 'form',
  header: 'simple',
  cookie: 'form',
  formData: 'form',
};

/** The parameters of an operation: the path's, each replaced by one of the same name and place of the operation. */
export function compileParameters(place: OperationPlace, document: JsonObject): CompiledParameter[] {
  const merged = new Map<string, JsonObject>();
  for (const written of [place.pathItem['parameters'], place.operation['parameters']].flat()) {
    const parameter = resolveReference(written, document);
    if (!isJsonObject(parameter) || !LOCATIONS.has(String(parameter['in']))) continue;
    merged.set(`${String(parameter['in'])} ${String(parameter['name'])}`, parameter);
  }
  return [...merged.values()].map((parameter) => compileParameter(parameter, document));
}

function compileParameter(parameter: JsonObject, document: JsonObject): CompiledParameter {
  const location = parameter['in'] as ParameterLocation;
  const name = String(parameter['name']);
  const [content] = isJsonObject(parameter['content']) ? Object.entries(parameter['content']) : [];
  const media = isJsonObject(content?.[1]) ? content[1] : parameter;
  const schema = isJsonObject(media['schema']) ? media['schema'] : {};
  return {
    ...describeValue(name, parameter, schema, document),
    in: location,
    required: location === 'path' || parameter['required'] === true,
    encoding: parameter['x-ms-url-encoding'] === 'double' ? 'double' : 'single',
    ...readStyle(location, parameter),
    ...(content === undefined ? {} : { mediaType: content[0] }),
  };
}

function readStyle(location: ParameterLocation, parameter: JsonObject) {
  const written = parameter[PARAMETER_STYLE] ?? parameter['style'];
  const style = isStyle(written) ? written : STYLES[location];
  const explode = typeof parameter['explode'] === 'boolean' ? parameter['explode'] : style === 'form';
  return { style, explode, allowReserved: parameter['allowReserved'] === true };
}

const KNOWN = new Set<unknown>([
  ...Object.values(STYLES),
  'spaceDelimited',
  'pipeDelimited',
  'tabDelimited',
  'deepObject',
  'label',
  'matrix',
]);

function isStyle(written: unknown): written is ParameterStyle {
  return KNOWN.has(written);
}

function describeValue(name: string, parameter: JsonObject, schema: JsonObject, document: JsonObject) {
  const resolved = resolveSchema(schema, document);
  const fallback = resolved['default'] ?? parameter['default'];
  return {
    name,
    schema,
    ...(fallback === undefined ? {} : { default: fallback }),
    visibility: readVisibility(parameter, schema, resolved),
    // The title of a schema that is referred to is the name of a type.
    summary: firstText(parameter['x-ms-summary'], resolved['x-ms-summary'], schema['title'], name),
    description: firstText(parameter['description'], resolved['description']),
    deprecated: parameter['deprecated'] === true || resolved['deprecated'] === true,
    file: isFile(resolved),
    extensions: { ...readExtensions(resolved), ...readExtensions(parameter) },
    ...readExample(parameter),
  };
}

/** The author's, where it stands beside the schema. */
export function readExample({ example, examples, ...parameter }: JsonObject): { readonly example?: Json } {
  if (example !== undefined) return { example };
  const [first] = isJsonObject(examples) ? Object.values(examples) : [parameter['x-example']];
  const value = isJsonObject(first) && isJsonObject(examples) ? first['value'] : first;
  return value === undefined ? {} : { example: value };
}

/** Fields of a form, from the properties of its schema. */
export function compileFields(
  schema: JsonObject,
  encoding: Json | undefined,
  document: JsonObject,
): CompiledParameter[] {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(properties).map(([name, property]) => {
    const own = isJsonObject(property) ? property : {};
    const found = isJsonObject(encoding) ? encoding[name] : undefined;
    const rules = isJsonObject(found) ? found : {};
    const type = pickPartType(firstText(rules['contentType']));
    const partHeaders = readPartHeaders(rules['headers'], document);
    const styled = ['style', 'explode', PARAMETER_STYLE].some(
      (key) => (rules[key] ?? own[key]) !== undefined,
    );
    return {
      ...describeValue(name, own, own, document),
      file: isFile(resolveSchema(own, document)) || isFileList(own, document),
      in: 'formData' as const,
      required: required.includes(name),
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

/** A list of files is given as one of envelopes. */
function isFileList(written: Json, document: JsonObject): boolean {
  const { items } = resolveSchema(written, document);
  return items !== undefined && isFile(resolveSchema(items, document));
}

/** Bytes: what was `type: file` or `format: binary` before OpenAPI 3.1. */
function isFile(schema: JsonObject): boolean {
  if (schema['format'] === 'binary') return true;
  return schema['contentMediaType'] !== undefined && schema['contentEncoding'] === undefined;
}

const DISPLAY = new Set(['x-ms-summary', 'x-ms-visibility', 'x-ms-url-encoding']);

function readExtensions(owner: JsonObject): JsonObject {
  const own = Object.entries(owner).filter(([key]) => key.startsWith('x-ms-') && !DISPLAY.has(key));
  return Object.fromEntries(own);
}
