import { getByPointer, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { resolveSchema } from '../../schema/index.ts';
import { bareMediaType } from '../compile/media-types.ts';
import { locateOperation, locateResponse } from '../diagnose/compare-answer.ts';
import type { CompiledConnector, CompiledOperation } from '../types.ts';

/** Inputs that the author of a document, or somebody who saved a test, gives as an example. */
export interface RequestExample {
  readonly title: string;
  /** By parameter name; what has no example is left out. */
  readonly inputs: JsonObject;
}

export interface ResponseExample {
  readonly title: string;
  readonly value: Json;
}

/** More than these nobody reads. */
const MOST = 10;

/** The examples of what is sent: one for each that the body has, with those of the parameters in each. */
export function listRequestExamples(
  { definition }: CompiledConnector,
  operation: CompiledOperation,
): RequestExample[] {
  const fields = operation.body?.asParameters ? (operation.body.fields ?? []) : [];
  const shared = [...operation.parameters, ...fields].flatMap(({ name, example, visibility }) =>
    example === undefined || visibility === 'internal' ? [] : [[name, example] as const],
  );
  const parameters = Object.fromEntries(shared);
  const { body } = operation;
  const bodies =
    body === undefined || body.asParameters ? [] : listBodies(definition.openapi, operation, body);
  if (bodies.length > 0)
    return bodies.map(({ title, value }) => ({
      title,
      inputs: { ...parameters, [body?.name ?? 'body']: value },
    }));
  return shared.length === 0 ? [] : [{ title: TITLE, inputs: parameters }];
}

/** The examples of a response: its own, else that of its schema. */
export function listResponseExamples(
  { definition }: CompiledConnector,
  operation: CompiledOperation,
  status: string,
): ResponseExample[] {
  const { openapi } = definition;
  const { response } = locateResponse(openapi, locateOperation(operation), status);
  const content = isJsonObject(response['content']) ? Object.values(response['content']) : [];
  const own = content.flatMap((media) => readMedia(openapi, media));
  const schema = operation.responses.find((one) => one.status === status)?.schema;
  const found = own.length > 0 || schema === undefined ? own : readSchemaExample(openapi, schema);
  return found.slice(0, MOST);
}

const TITLE = 'Example';

function listBodies(
  openapi: JsonObject,
  operation: CompiledOperation,
  { mediaType, schema, example }: NonNullable<CompiledOperation['body']>,
): ResponseExample[] {
  const written = follow(openapi, getByPointer(openapi, `${locateOperation(operation)}/requestBody`));
  const content = isJsonObject(written) && isJsonObject(written['content']) ? written['content'] : {};
  const media = Object.entries(content).find(([type]) => bareMediaType(type) === bareMediaType(mediaType));
  const own = readMedia(openapi, media?.[1]);
  if (own.length > 0) return own.slice(0, MOST);
  if (example !== undefined) return [{ title: TITLE, value: example }];
  return readSchemaExample(openapi, schema);
}

function readMedia(openapi: JsonObject, media: Json | undefined): ResponseExample[] {
  if (!isJsonObject(media)) return [];
  const { example, examples } = media;
  if (example !== undefined) return [{ title: TITLE, value: example }];
  return Object.entries(isJsonObject(examples) ? examples : {}).flatMap(([name, written]) => {
    const one = follow(openapi, written);
    if (!isJsonObject(one) || one['value'] === undefined) return [];
    const { summary, value } = one;
    const named = /^(?:default|example)$/i.test(name) ? TITLE : name;
    return [{ title: typeof summary === 'string' && summary !== '' ? summary : named, value }];
  });
}

function readSchemaExample(openapi: JsonObject, schema: JsonObject): ResponseExample[] {
  const { example, examples } = resolveSchema(schema, openapi);
  const [first] = Array.isArray(examples) ? examples : [];
  const value = example ?? first;
  return value === undefined ? [] : [{ title: TITLE, value }];
}

/** What a reference leads to, once: examples and bodies are shared by name. */
function follow(openapi: JsonObject, written: Json | undefined): Json | undefined {
  const reference = isJsonObject(written) ? written['$ref'] : undefined;
  if (typeof reference !== 'string' || !reference.startsWith('#/')) return written;
  return getByPointer(openapi, reference.slice(1));
}
