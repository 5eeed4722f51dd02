import { isJsonObject, type Json, type JsonObject, readOwn, stringifyJson } from '../../base/index.ts';
import { bareMediaType, isJsonLinesType, isXmlType } from '../compile/media-types.ts';
import type { MultipartPart, RequestContent } from '../request-types.ts';
import type { CompiledBody, CompiledParameter } from '../types.ts';
import { writeXml } from '../xml/write-xml.ts';
import { isEnvelope, readContent } from './binary.ts';
import { toPairs, toText } from './serialize.ts';

export interface BuiltBody {
  readonly content: RequestContent;
  readonly mediaType: string;
}

/**
 * Writes the body in the operation's media type.
 *
 * @throws ConnectorError CONNECTOR_INVALID_INPUTS when a value cannot be written so
 */
export function buildBody(body: CompiledBody, value: Json, document: JsonObject): BuiltBody {
  const { mediaType } = body;
  switch (body.kind) {
    case 'json':
      return { content: { kind: 'json', value }, mediaType };
    case 'form':
      return { content: { kind: 'form', fields: buildForm(body, value) }, mediaType };
    case 'multipart':
      if (typeof value === 'string' && body.fields?.length === 0) return buildWritten(body, value);
      return { content: { kind: 'multipart', parts: buildParts(body, value, document) }, mediaType };
    case 'text':
      return isEnvelope(value)
        ? buildBinary(body, value)
        : { content: { kind: 'text', text: writeText(body, value, document) }, mediaType };
    case 'binary':
      return buildBinary(body, value);
  }
}

/** Objects as XML where the type is XML, lists as lines where it is JSON lines; text is sent as it is given. */
function writeText({ mediaType, schema, name }: CompiledBody, value: Json, document: JsonObject): string {
  if (typeof value !== 'object' || value === null) return toText(value);
  if (isXmlType(mediaType)) return writeXml(value, schema, document, name);
  if (isJsonLinesType(mediaType) && Array.isArray(value))
    return value.map((item) => `${stringifyJson(item)}\n`).join('');
  return toText(value);
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

/** A body of parts that is written already: its boundary stands in the media type, or in its first line. */
function buildWritten({ mediaType }: CompiledBody, text: string): BuiltBody {
  const [, boundary] = /^--([\w'()+,./:=? -]{1,70}?)[ \t]*\r?\n/.exec(text.trimStart()) ?? [];
  const isNamed = /;\s*boundary\s*=/i.test(mediaType);
  if (!isNamed && boundary === undefined)
    return { content: { kind: 'multipart', parts: [buildNamelessPart(text)] }, mediaType };
  return {
    content: { kind: 'binary', bytes: new TextEncoder().encode(text) },
    mediaType: isNamed ? mediaType : `${bareMediaType(mediaType)}; boundary="${boundary}"`,
  };
}

function buildForm(body: CompiledBody, value: Json): [string, string][] {
  if (!isJsonObject(value)) return typeof value === 'string' ? [...new URLSearchParams(value)] : [];
  return fieldsOf(body, value).flatMap(([field, given]) =>
    field === undefined ? [] : toFieldPairs(field, given),
  );
}

/** Objects are JSON unless the definition gives them a style (OpenAPI 3.1, section 4.8.15.1.1). */
function toFieldPairs(field: CompiledParameter, value: Json): [string, string][] {
  if (field.styled !== true && isJsonObject(value)) return [[field.name, toText(value)]];
  return toPairs(field, value);
}

/** What is given, each with its field; one nobody described is sent like a plain field. */
function fieldsOf(body: CompiledBody, value: JsonObject): [CompiledParameter | undefined, Json][] {
  const fields = new Map(body.fields?.map((field) => [field.name, field]));
  const given = Object.entries(value).filter(([, member]) => member !== null);
  const missing = [...fields.values()].filter((field) => {
    return field.required && field.default !== undefined && (readOwn(value, field.name) ?? null) === null;
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
    fileList: false,
    extensions: {},
  };
}

function buildParts(body: CompiledBody, value: Json, document: JsonObject): MultipartPart[] {
  if (!isJsonObject(value)) return [value].flat().map((item) => buildNamelessPart(item));
  if (Array.isArray(value['$multipart'])) return value['$multipart'].filter(isJsonObject).map(readRawPart);
  return fieldsOf(body, value).flatMap(([field, given]) =>
    field === undefined ? [] : buildPart(field, given, document).map((part) => withPartHeaders(part, field)),
  );
}

function withPartHeaders(part: MultipartPart, { partHeaders }: CompiledParameter): MultipartPart {
  return partHeaders === undefined ? part : { ...part, headers: partHeaders };
}

function buildPart(field: CompiledParameter, value: Json, document: JsonObject): MultipartPart[] {
  if (Array.isArray(value) && (field.file || value.some(isEnvelope))) {
    return value.map((item) => buildFilePart(field, item));
  }
  if (field.file || isEnvelope(value)) return [buildFilePart(field, value)];
  const { name, mediaType } = field;
  if (mediaType !== undefined && isXmlType(mediaType) && typeof value === 'object') {
    return [{ name, mediaType, content: writeXml(value, field.schema, document, name) }];
  }
  if (isJsonObject(value) && (mediaType !== undefined || field.styled !== true)) {
    return [{ name, mediaType: mediaType ?? 'application/json', content: toText(value) }];
  }
  if (Array.isArray(value) && field.styled !== true && mediaType === undefined && value.some(isJsonObject)) {
    return value.map((item) => ({ name, mediaType: 'application/json', content: toText(item) }));
  }
  const type = mediaType === undefined ? {} : { mediaType };
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

/** A part of `multipart/mixed` and the like, whose parts are told apart by their order. */
function buildNamelessPart(value: Json): MultipartPart {
  if (isEnvelope(value)) {
    const { bytes, mediaType = 'application/octet-stream' } = readContent(value);
    return { name: '', headers: { 'Content-Type': mediaType }, content: bytes };
  }
  const type = typeof value === 'object' ? 'application/json' : 'text/plain; charset=utf-8';
  return { name: '', headers: { 'Content-Type': type }, content: toText(value) };
}

/** A part as the Power Platform's designer writes it: `{headers: {"Content-Disposition": …}, body}`. */
function readRawPart(part: JsonObject): MultipartPart {
  const headers = isJsonObject(part['headers']) ? part['headers'] : {};
  const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, toText(value)]));
  const body = part['body'] ?? '';
  return { name: '', headers: named, content: isEnvelope(body) ? readContent(body).bytes : toText(body) };
}
