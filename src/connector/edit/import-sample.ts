import { formatPointer, isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import { extendSchema, resolveReference } from '../../schema/index.ts';
import type { ConnectorDefinition } from '../definition-types.ts';
import { ConnectorError } from '../errors.ts';
import { importConnector } from '../import/import-connector.ts';
import { listOperations } from '../operations.ts';
import { inferSchemaFromTexts } from '../samples/infer-from-texts.ts';
import { editAt, putMember } from './edit-at.ts';
import { readMember } from './members.ts';
import { editDocument, editOperation, type Placed } from './operation-edits.ts';
import { applyUrl } from './parameter-edits.ts';
import { parseOperationUrl } from './parse-operation-url.ts';
import { type PastedAnswer, readSample } from './read-sample.ts';
import { readServer } from './server-url.ts';

/** `replace`: the sample says how it is. `extend`: it shows one more way it may be. */
export type SampleMode = 'replace' | 'extend';

/** What was taken over, for people: `the body`, `the response 200`. */
export type SampleResult = Placed & { readonly imported: readonly string[] };

/**
 * Describes the request of an operation by a sample: a body in JSON, XML or as a form, or a curl command, which brings
 * method, address, headers and body, and its answer when that stands after it.
 *
 * @throws ConnectorError CONNECTOR_INVALID_SAMPLE
 */
export function importRequestSample(
  definition: ConnectorDefinition,
  pointer: string,
  text: string,
  mode: SampleMode,
): SampleResult {
  const { command, answer } = readSample(text);
  if (command === undefined) {
    if (answer === undefined) throw invalid('Paste a body in JSON or XML, or a curl command.');
    const media = describeBody(answer);
    const schema = forgetRequired(media.schema);
    const next = setBody(definition, pointer, media.mediaType, schema, mode);
    return { definition: next, pointer, imported: ['the body'] };
  }
  const called = readCommand(command);
  const placed = applyCommand(definition, pointer, called, mode);
  if (answer === undefined || answer.body === '') return placed;
  const answered = setResponse(placed.definition, placed.pointer, answer.status ?? '200', answer, mode);
  return {
    ...placed,
    definition: answered,
    imported: [...placed.imported, `the response ${answer.status ?? '200'}`],
  };
}

/**
 * Describes what an operation answers with a status by a sample: the body, the body with its head, or a curl command
 * with what it answered.
 *
 * @throws ConnectorError CONNECTOR_INVALID_SAMPLE
 */
export function importResponseSample(
  definition: ConnectorDefinition,
  pointer: string,
  status: string,
  text: string,
  mode: SampleMode,
): SampleResult {
  const { command, answer } = readSample(text);
  if (answer === undefined) {
    throw invalid(
      command === undefined
        ? 'Paste an answer in JSON or XML.'
        : 'The command stands here without its answer: paste what it printed after it.',
    );
  }
  // The status of a pasted head is that of the answer; where somebody chose another, theirs is meant.
  const next = setResponse(definition, pointer, status, answer, mode);
  return { definition: next, pointer, imported: [`the response ${status}`] };
}

/**
 * Describes a schema by a sample.
 *
 * @throws ConnectorError CONNECTOR_INVALID_SAMPLE
 */
export function importSchemaSample(
  definition: ConnectorDefinition,
  pointer: string,
  text: string,
  mode: SampleMode,
): ConnectorDefinition {
  const { answer } = readSample(text);
  if (answer === undefined) throw invalid('Paste a sample in JSON or XML.');
  const { schema } = describeBody(answer);
  return editDocument(definition, (openapi) => mergeSchema(openapi, pointer, schema, mode));
}

function setBody(
  definition: ConnectorDefinition,
  pointer: string,
  mediaType: string,
  schema: JsonObject,
  mode: SampleMode,
): ConnectorDefinition {
  const written = editOperation(definition, pointer, (operation) => {
    const body = resolveReference(operation['requestBody'], definition.openapi);
    const before = isJsonObject(body) ? body : { required: true, content: {} };
    const content = mode === 'extend' ? readMember(before, 'content') : keepMedia(before, mediaType);
    const media = readMember(content, mediaType);
    return {
      ...operation,
      requestBody: {
        ...before,
        content: putMember(content, mediaType, { ...media, schema: media['schema'] ?? {} }),
      },
    };
  });
  const place = pointer + formatPointer(['requestBody', 'content', mediaType, 'schema']);
  return editDocument(written, (openapi) => mergeSchema(openapi, place, schema, mode));
}

function setResponse(
  definition: ConnectorDefinition,
  pointer: string,
  status: string,
  answer: PastedAnswer,
  mode: SampleMode,
): ConnectorDefinition {
  const media = answer.body === '' ? undefined : describeBody(answer);
  const written = editOperation(definition, pointer, (operation) => {
    const responses = readMember(operation, 'responses');
    const response = resolveReference(responses[status], definition.openapi);
    const before = isJsonObject(response) ? response : { description: '' };
    const headers = addHeaders(readMember(before, 'headers'), answer.headers);
    const described = Object.keys(headers).length === 0 ? before : { ...before, headers };
    if (media === undefined) return { ...operation, responses: putMember(responses, status, described) };
    const content = mode === 'extend' ? readMember(before, 'content') : keepMedia(before, media.mediaType);
    const entry = readMember(content, media.mediaType);
    const changed = putMember(content, media.mediaType, { ...entry, schema: entry['schema'] ?? {} });
    return { ...operation, responses: putMember(responses, status, { ...described, content: changed }) };
  });
  if (media === undefined) return written;
  const place = pointer + formatPointer(['responses', status, 'content', media.mediaType, 'schema']);
  return editDocument(written, (openapi) => mergeSchema(openapi, place, media.schema, mode));
}

/** What a sample replaces is described by it alone: samples of another media type are no longer meant. */
function keepMedia(owner: JsonObject, mediaType: string): JsonObject {
  const media = readMember(owner, 'content')[mediaType];
  return media === undefined ? {} : { [mediaType]: media };
}

function addHeaders(known: JsonObject, names: readonly string[]): JsonObject {
  const taken = new Set(Object.keys(known).map((name) => name.toLowerCase()));
  const added = names.filter((name) => !taken.has(name.toLowerCase()));
  return { ...known, ...Object.fromEntries(added.map((name) => [name, { schema: { type: 'string' } }])) };
}

/** A schema that is shared is extended where it is written; one that is replaced is not changed for others. */
function mergeSchema(openapi: JsonObject, pointer: string, schema: JsonObject, mode: SampleMode): JsonObject {
  return editAt(openapi, pointer, (before) => {
    if (mode === 'replace' || !isJsonObject(before)) return schema;
    const resolved = resolveReference(before, openapi);
    return extendSchema(isJsonObject(resolved) ? resolved : {}, schema);
  });
}

function describeBody(answer: PastedAnswer): { mediaType: string; schema: JsonObject } {
  const { body, contentType } = answer;
  const schema = inferSchemaFromTexts([{ text: body, contentType }]);
  const named = contentType?.split(';')[0]?.trim().toLowerCase();
  if (named?.includes('/')) return { mediaType: named, schema };
  if (body.trimStart().startsWith('<')) return { mediaType: 'application/xml', schema };
  const isJson = /^[[{"\d\-tfn]/.test(body.trimStart()) && !/^[\w.%+~[\]-]+=/.test(body.trimStart());
  return { mediaType: isJson ? 'application/json' : 'application/x-www-form-urlencoded', schema };
}

/** A sample shows what may be sent, not what must. */
function forgetRequired(schema: JsonObject): JsonObject {
  const { required: _required, ...left } = schema;
  const { properties, items } = left;
  return {
    ...left,
    ...(isJsonObject(properties)
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([name, member]): [string, Json] => [
              name,
              isJsonObject(member) ? forgetRequired(member) : member,
            ]),
          ),
        }
      : {}),
    ...(isJsonObject(items) ? { items: forgetRequired(items) } : {}),
  };
}

interface Called {
  readonly address: string;
  readonly method: string;
  readonly operation: JsonObject;
}

function readCommand(command: string): Called {
  const bytes = new TextEncoder().encode(command);
  const { definition, errors } = importConnector({
    name: 'the command',
    files: [{ path: 'command.txt', bytes }],
  });
  const [place] = definition === undefined ? [] : [...listOperations(definition.openapi)];
  if (definition === undefined || place === undefined) {
    throw invalid(`The command cannot be read: ${errors[0]?.message ?? 'it names no address.'}`);
  }
  const [server] = [definition.openapi['servers'] ?? []].flat();
  const url = isJsonObject(server) && typeof server['url'] === 'string' ? server['url'] : '';
  return { address: url + place.path, method: place.method, operation: place.operation };
}

function applyCommand(
  definition: ConnectorDefinition,
  pointer: string,
  { address, method, operation }: Called,
  mode: SampleMode,
): SampleResult {
  const url = parseOperationUrl(address, readServer(definition));
  const moved = applyUrl(definition, pointer, url, method);
  if (!moved.ok) throw invalid(moved.message);
  const found = (Array.isArray(operation['parameters']) ? operation['parameters'] : []).filter(isJsonObject);
  const next = editOperation(moved.definition, moved.pointer, (before) => {
    const own = (Array.isArray(before['parameters']) ? before['parameters'] : []).filter(isJsonObject);
    const byKey = new Map(own.map((one) => [keyOf(one), one]));
    for (const parameter of found) {
      const known = byKey.get(keyOf(parameter));
      if (known === undefined || parameter['in'] === 'path')
        byKey.set(keyOf(parameter), { ...parameter, ...known });
    }
    return { ...before, ...(byKey.size === 0 ? {} : { parameters: [...byKey.values()] }) };
  });
  const imported = ['method and address', ...(found.length > 0 ? ['parameters'] : [])];
  const content = readMember(readMember(operation, 'requestBody'), 'content');
  const [mediaType] = Object.keys(content);
  if (mediaType === undefined) return { definition: next, pointer: moved.pointer, imported };
  const schema = forgetRequired(readMember(readMember(content, mediaType), 'schema'));
  const withBody = setBody(next, moved.pointer, mediaType, schema, mode);
  return { definition: withBody, pointer: moved.pointer, imported: [...imported, 'the body'] };
}

function keyOf(parameter: JsonObject): string {
  const name = String(parameter['name']);
  return `${String(parameter['in'])} ${parameter['in'] === 'header' ? name.toLowerCase() : name}`;
}

function invalid(message: string) {
  return new ConnectorError('CONNECTOR_INVALID_SAMPLE', message);
}
