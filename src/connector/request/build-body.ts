import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { bareMediaType } from '../compile/media-types.ts';
import type { CompiledBody, CompiledParameter, MultipartPart, RequestContent } from '../types.ts';
import { isEnvelope, readContent } from './binary.ts';
import { toPairs, toText } from './serialize.ts';

export interface BuiltBody {
  readonly content: RequestContent;
  readonly mediaType: string;
}

/** Writes the body in the operation's media type. */
export function buildBody(body: CompiledBody, value: Json): BuiltBody {
  const { mediaType } = body;
  switch (body.kind) {
    case 'json':
      return { content: { kind: 'json', value }, mediaType };
    case 'form':
      return { content: { kind: 'form', fields: buildForm(body, value) }, mediaType };
    case 'multipart':
      return { content: { kind: 'multipart', parts: buildParts(body, value) }, mediaType };
    case 'text':
      return isEnvelope(value)
        ? buildBinary(body, value)
        : { content: { kind: 'text', text: toText(value) }, mediaType };
    case 'binary':
      return buildBinary(body, value);
  }
}

function buildBinary(body: CompiledBody, value: Json): BuiltBody {
  const { bytes, mediaType } = readContent(value);
  const isOpen =
    bareMediaType(body.mediaType) === 'application/octet-stream' ||
    body.mediaTypes.some((one) => one.includes('*'));
  return {
    content: { kind: 'binary', bytes },
    mediaType: isOpen && mediaType !== undefined ? mediaType : body.mediaType,
  };
}

function buildForm(body: CompiledBody, value: Json): [string, string][] {
  if (!isJsonObject(value)) return typeof value === 'string' ? [...new URLSearchParams(value)] : [];
  return fieldsOf(body, value).flatMap(([field, given]) =>
    field === undefined ? [] : toPairs(field, given),
  );
}

/** What is given, each with its field; one nobody described is sent like a plain field. */
function fieldsOf(body: CompiledBody, value: JsonObject): [CompiledParameter | undefined, Json][] {
  const fields = new Map(body.fields?.map((field) => [field.name, field]));
  const given = Object.entries(value).filter(([, member]) => member !== null);
  const missing = [...fields.values()].filter((field) => {
    return field.required && field.default !== undefined && (value[field.name] ?? null) === null;
  });
  return [
    ...given.map(
      ([name, member]) => [fields.get(name) ?? plainField(name), member] as [CompiledParameter, Json],
    ),
    ...missing.map((field) => [field, field.default ?? null] as [CompiledParameter, Json]),
  ];
}

function plainField(name: string): CompiledParameter {
  return {
    name,
    in: 'formData',
    schema: {},
    required: false,
    visibility: 'normal',
    summary: name,
    description: '',
    encoding: 'single',
    style: 'form',
    explode: true,
    allowReserved: false,
    deprecated: false,
    file: false,
    extensions: {},
  };
}

function buildParts(body: CompiledBody, value: Json): MultipartPart[] {
  if (!isJsonObject(value)) return [];
  if (Array.isArray(value['$multipart'])) return value['$multipart'].filter(isJsonObject).map(readRawPart);
  return fieldsOf(body, value).flatMap(([field, given]) =>
    field === undefined ? [] : buildPart(field, given),
  );
}

function buildPart(field: CompiledParameter, value: Json): MultipartPart[] {
  if (Array.isArray(value) && (field.file || value.some(isEnvelope))) {
    return value.map((item) => buildFilePart(field, item));
  }
  if (field.file || isEnvelope(value)) return [buildFilePart(field, value)];
  if (isJsonObject(value) && field.style !== 'deepObject') {
    // Objects are JSON parts unless an encoding says otherwise (OpenAPI 3.1, section 4.8.15.1.1).
    return [{ name: field.name, mediaType: field.mediaType ?? 'application/json', content: toText(value) }];
  }
  const type = field.mediaType === undefined ? {} : { mediaType: field.mediaType };
  return toPairs(field, value).map(([name, content]) => ({ name, content, ...type }));
}

function buildFilePart(field: CompiledParameter, value: Json): MultipartPart {
  const { bytes, mediaType, fileName } = readContent(value);
  return {
    name: field.name,
    fileName: fileName ?? field.name,
    mediaType: mediaType ?? field.mediaType ?? 'application/octet-stream',
    content: bytes,
  };
}

/** A part as the Power Platform's designer writes it: `{headers: {"Content-Disposition": …}, body}`. */
function readRawPart(part: JsonObject): MultipartPart {
  const headers = isJsonObject(part['headers']) ? part['headers'] : {};
  const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, toText(value)]));
  const body = part['body'] ?? '';
  return { name: '', headers: named, content: isEnvelope(body) ? readContent(body).bytes : toText(body) };
}
