import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { resolveReference, resolveSchema } from '../../schema/index.ts';
import { PARAMETER_STYLE } from '../import/prepare-swagger.ts';
import type { OperationPlace } from '../operations.ts';
import { PARAMETER_STYLES, type ParameterStyle } from '../parameter-styles.ts';
import type { CompiledParameter, ParameterLocation } from '../types.ts';
import { firstText, readVisibility } from './text.ts';

const LOCATIONS = new Set(['path', 'query', 'header', 'cookie']);

const STYLES: Readonly<Record<ParameterLocation, ParameterStyle>> = {
  path: 'simple',
  query: 'form',
  header: 'simple',
  cookie: 'form',
  formData: 'form',
};

/**
 * The parameters of an operation: the path's, each replaced by one of the same name and place of the operation.
 *
 * @param bodyNames names that inputs have for the body or its fields
 */
export function compileParameters(
  place: OperationPlace,
  document: JsonObject,
  bodyNames: readonly string[],
): CompiledParameter[] {
  const merged = new Map<string, JsonObject>();
  for (const written of [place.pathItem['parameters'], place.operation['parameters']].flat()) {
    const parameter = resolveReference(written, document);
    if (!isJsonObject(parameter) || !LOCATIONS.has(String(parameter['in']))) continue;
    merged.set(`${String(parameter['in'])} ${String(parameter['name'])}`, parameter);
  }
  const parameters = [...merged.values()].map((parameter) => compileParameter(parameter, document));
  return tellApart(parameters, bodyNames);
}

/**
 * Inputs go by name alone. Of several with one name the body or its field keeps it, else the parameter in the path,
 * else the first; each other is called by its place too: `id_query`.
 */
function tellApart(parameters: CompiledParameter[], bodyNames: readonly string[]): CompiledParameter[] {
  const names = parameters.map(({ name }) => name);
  if (new Set([...names, ...bodyNames]).size === names.length + bodyNames.length) return parameters;
  const taken = new Set([...names, ...bodyNames]);
  const kept = new Set(bodyNames);
  const inOrder = [...parameters].sort((a, b) => Number(b.in === 'path') - Number(a.in === 'path'));
  const renamed = new Map<CompiledParameter, CompiledParameter>();
  for (const parameter of inOrder) {
    if (!kept.has(parameter.name)) {
      kept.add(parameter.name);
      continue;
    }
    let name = `${parameter.name}_${parameter.in}`;
    for (let count = 2; taken.has(name); count++) name = `${parameter.name}_${parameter.in}${count}`;
    taken.add(name);
    const summary =
      parameter.summary === parameter.name ? `${parameter.name} (${parameter.in})` : parameter.summary;
    renamed.set(parameter, { ...parameter, name, summary, sentAs: parameter.name });
  }
  return parameters.map((parameter) => renamed.get(parameter) ?? parameter);
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
    // Bytes stand in bodies only; some generators describe a part of a form as a query too.
    file: false,
    required: location === 'path' || parameter['required'] === true,
    encoding: parameter['x-ms-url-encoding'] === 'double' ? 'double' : 'single',
    ...readStyle(location, parameter),
    ...(content === undefined ? {} : { mediaType: content[0] }),
  };
}

export function readStyle(location: ParameterLocation, parameter: JsonObject) {
  const written = parameter[PARAMETER_STYLE] ?? parameter['style'];
  const style = isStyle(written) ? written : STYLES[location];
  const explode = typeof parameter['explode'] === 'boolean' ? parameter['explode'] : style === 'form';
  return { style, explode, allowReserved: parameter['allowReserved'] === true };
}

const KNOWN: ReadonlySet<unknown> = new Set(PARAMETER_STYLES);

function isStyle(written: unknown): written is ParameterStyle {
  return KNOWN.has(written);
}

export function describeValue(name: string, parameter: JsonObject, schema: JsonObject, document: JsonObject) {
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
    fileList: false,
    ...readItemDelimiters(resolved, document),
    extensions: { ...readExtensions(resolved), ...readExtensions(parameter) },
    ...readExample(parameter),
  };
}

const DELIMITERS: Readonly<Record<string, string>> = { csv: ',', ssv: ' ', tsv: '\t', pipes: '|' };

/** Of lists in lists that say how they are joined, as those of Swagger do. */
function readItemDelimiters(
  schema: JsonObject,
  document: JsonObject,
): { readonly itemDelimiters?: readonly string[] } {
  const delimiters: string[] = [];
  let items = resolveSchema(schema['items'], document);
  while (items['type'] === 'array' && items['collectionFormat'] !== undefined && delimiters.length < 8) {
    delimiters.push(DELIMITERS[String(items['collectionFormat'])] ?? ',');
    items = resolveSchema(items['items'], document);
  }
  return delimiters.length === 0 ? {} : { itemDelimiters: delimiters };
}

/** The author's, where it stands beside the schema. */
export function readExample(owner: JsonObject): { readonly example?: Json } {
  const { example, examples } = owner;
  if (example !== undefined) return { example };
  const [first] = isJsonObject(examples) ? Object.values(examples) : [owner['x-example']];
  const value = isJsonObject(first) && isJsonObject(examples) ? first['value'] : first;
  return value === undefined ? {} : { example: value };
}

const DISPLAY = new Set(['x-ms-summary', 'x-ms-visibility', 'x-ms-url-encoding']);

function readExtensions(owner: JsonObject): JsonObject {
  const own = Object.entries(owner).filter(([key]) => key.startsWith('x-ms-') && !DISPLAY.has(key));
  return Object.fromEntries(own);
}
