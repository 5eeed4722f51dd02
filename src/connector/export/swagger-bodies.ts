import { equalJson, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { resolveReference, resolveSchema } from '../../schema/index.ts';
import { isFile } from '../compile/file-schemas.ts';
import { listFormProperties } from '../compile/form-fields.ts';
import { BODY_NAME, FORM_PARAMETERS, PARAMETER_STYLE } from '../import/prepare-swagger.ts';
import {
  flattenSchema,
  readCollectionFormat,
  type SwaggerWork,
  writeOutExamples,
} from './swagger-parameters.ts';
import { toSwaggerSchema } from './swagger-schemas.ts';

export interface SwaggerBody {
  readonly parameters: JsonObject[];
  /** The media types of the body; undefined where there is none. */
  readonly consumes: string[] | undefined;
}

const FORM = /^(?:multipart\/form-data|application\/x-www-form-urlencoded)/i;

/** The parameters that make the body of an operation: one `body`, or one per field of a form. */
export function toSwaggerBody(operation: JsonObject, work: SwaggerWork): SwaggerBody {
  const body = resolveReference(operation['requestBody'], work.document);
  if (!isJsonObject(body)) return { parameters: [], consumes: undefined };
  const content = isJsonObject(body['content']) ? body['content'] : {};
  const types = Object.keys(content);
  const forms = types.filter((type) => FORM.test(type));
  const isForm = work.exact ? operation[FORM_PARAMETERS] === true : forms.length === types.length;
  if (!isForm || forms.length === 0) return toBodyParameter(body, content, work);
  const { content: _content, ...rest } = body;
  const own = work.exact && Object.keys(rest).length > 0 ? toBodyParameter(body, {}, work).parameters : [];
  const media = content[forms[0] ?? ''];
  return { parameters: [...own, ...toFields(media, forms, work)], consumes: forms };
}

function toBodyParameter(body: JsonObject, content: JsonObject, work: SwaggerWork): SwaggerBody {
  const { content: _content, [BODY_NAME]: name, ...rest } = body;
  const types = Object.keys(content);
  const media = content[types.find((type) => /json/i.test(type)) ?? types[0] ?? ''];
  const schema = isJsonObject(media) ? media['schema'] : undefined;
  const isBytes = types.length === 1 && types[0] === 'application/octet-stream';
  const parameter = {
    ...rest,
    name: name ?? body['x-bodyName'] ?? 'body',
    in: 'body',
    schema: toSwaggerSchema(isBytes ? schema : withoutBytes(schema), work.exact),
    ...collectExamples(content, work),
  };
  return { parameters: [parameter], consumes: types };
}

/** Only a body of unnamed bytes says so in its schema: the importer takes the media type from it. */
function withoutBytes(schema: Json | undefined): Json | undefined {
  if (!isJsonObject(schema) || schema['type'] !== 'string' || schema['format'] !== 'binary') return schema;
  const { type: _type, format: _format, ...rest } = schema;
  return rest;
}

function collectExamples(content: JsonObject, work: SwaggerWork): JsonObject {
  const entries = Object.entries(content).flatMap(([type, media]) => {
    if (!isJsonObject(media)) return [];
    const { example, examples } = media;
    if (example !== undefined) return [[type, { default: { value: example } }] as const];
    const isThere = isJsonObject(examples) && Object.keys(examples).length > 0;
    return isThere ? [[type, writeOutExamples(examples, work)] as const] : [];
  });
  return entries.length === 0 ? {} : { 'x-examples': Object.fromEntries(entries) };
}

function toFields(media: Json | undefined, forms: readonly string[], work: SwaggerWork): JsonObject[] {
  if (!isJsonObject(media)) return [];
  const { properties, required } = listFormProperties(media['schema'], work.document);
  const encoding = isJsonObject(media['encoding']) ? media['encoding'] : {};
  const isMultipart = forms.length === 1 && /^multipart/i.test(forms[0] ?? '');
  return Object.entries(properties).map(([name, property]) => {
    const rules = encoding[name];
    const field = toField(property, isJsonObject(rules) ? rules : undefined, isMultipart, work);
    return { name, in: 'formData', ...(required.has(name) ? { required: true } : {}), ...field };
  });
}

function toField(
  property: Json,
  rules: JsonObject | undefined,
  isMultipart: boolean,
  work: SwaggerWork,
): JsonObject {
  const written = work.exact && isJsonObject(property) ? property : resolveSchema(property, work.document);
  const value: JsonObject = {};
  const shown: JsonObject = {};
  for (const [key, member] of Object.entries(written)) {
    if (key === PARAMETER_STYLE) continue;
    if (key === 'description' || key.startsWith('x-')) shown[key] = member;
    else if (key !== 'example' || !work.exact) value[key] = member;
  }
  const flat = flattenSchema(value, work);
  const isBytes = work.exact ? flat['format'] === 'binary' : isFile(property, work.document);
  if (flat['type'] === 'string' && isBytes && isMultipart) {
    const { format: _format, ...rest } = flat;
    return { ...shown, ...rest, type: 'file' };
  }
  if (flat['type'] !== 'array') return { ...shown, ...flat };
  const { style, explode } = rules ?? {};
  const format = readCollectionFormat('formData', { style, explode, joined: written[PARAMETER_STYLE] });
  return { ...shown, ...flat, collectionFormat: format ?? 'csv' };
}

/** Whether two lists of media types are the same. */
export function sameTypes(a: readonly string[] | undefined, b: readonly string[]): boolean {
  return a !== undefined && equalJson([...a], [...b]);
}
