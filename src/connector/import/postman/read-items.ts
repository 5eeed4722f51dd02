import { equalJson, isJsonObject, type Json, type JsonObject, joinPointer } from '../../../base/index.ts';
import { isJsonType } from '../../compile/media-types.ts';
import type { Problems } from '../problems.ts';
import { maskSample, readJsonSample } from '../requests/samples.ts';
import type { NotedBody, NotedCredential, NotedRequest } from '../requests/types.ts';
import { noteBrokenBody, noteLosses } from './note-losses.ts';
import { readAuth } from './read-auth.ts';
import { readRequest, type Surroundings } from './read-request.ts';
import { readResponse } from './read-response.ts';
import { readDescription, readText } from './text.ts';
import { Variables } from './variables.ts';

interface Folder {
  readonly tags: readonly string[];
  readonly variables: Variables;
  readonly credentials: readonly NotedCredential[] | undefined;
}

/** Folders within folders without end are no work of a person. */
const MAX_DEPTH = 100;

/** The requests of a collection, those kept with saved answers included. `pointer`: where the collection stands. */
export function readItems(collection: JsonObject, pointer: string, problems: Problems): NotedRequest[] {
  const variables = new Variables().with(collection['variable']);
  const credentials = readAuth(collection['auth'], variables, problems, joinPointer(pointer, 'auth'));
  noteLosses('The collection', collection, pointer, problems);
  const requests: NotedRequest[] = [];
  walk(collection, pointer, { tags: [], variables, credentials }, 0);
  return requests;

  function walk(owner: JsonObject, place: string, folder: Folder, depth: number): void {
    if (!Array.isArray(owner['item']) || depth > MAX_DEPTH) return;
    for (const [index, item] of owner['item'].entries()) {
      if (!isJsonObject(item)) continue;
      const at = joinPointer(joinPointer(place, 'item'), String(index));
      const name = readText(item['name']).trim();
      if (item['request'] !== undefined) requests.push(...readItem(name, item, at, folder, problems));
      else walk(item, at, enterFolder(name, item, at, folder, problems), depth + 1);
    }
  }
}

function enterFolder(
  name: string,
  item: JsonObject,
  pointer: string,
  folder: Folder,
  problems: Problems,
): Folder {
  const variables = folder.variables.with(item['variable']);
  noteLosses(`The folder '${name}'`, item, pointer, problems);
  return {
    tags: isTag(name) ? [...folder.tags, name] : folder.tags,
    variables,
    credentials:
      readAuth(item['auth'], variables, problems, joinPointer(pointer, 'auth')) ?? folder.credentials,
  };
}

/** Collections made from API descriptions have a folder for each segment of a path. */
export function isTag(name: string): boolean {
  return name !== '' && !/^[/{:]/.test(name);
}

function readItem(
  name: string,
  item: JsonObject,
  pointer: string,
  folder: Folder,
  problems: Problems,
): NotedRequest[] {
  const { request: written } = item;
  const operationId = readId(item['id']);
  const variables = folder.variables.with(item['variable']);
  const at = joinPointer(pointer, 'request');
  const own = isJsonObject(written)
    ? readAuth(written['auth'], variables, problems, joinPointer(at, 'auth'))
    : undefined;
  const around = {
    name: name === operationId ? '' : name,
    tags: folder.tags,
    variables,
    credentials: own ?? folder.credentials,
  };
  const request = readRequest(written, around);
  if (request === undefined) {
    const message = `The request '${name}' has no address or no known method; it is left out.`;
    problems.add('CONNECTOR_REQUEST_LEFT_OUT', message, { pointer: at });
    return [];
  }
  noteLosses(`The request '${name}'`, item, pointer, problems);
  noteBrokenBody(name, request.body, joinPointer(at, 'body'), problems);
  const description = request.description || readDescription(item['description']);
  const saved = Array.isArray(item['response']) ? item['response'].filter(isJsonObject) : [];
  const samples = standIn(
    request,
    saved.flatMap((one) => readSample(one, request, around)),
  );
  return [{ ...request, operationId, description, responses: saved.map(readResponse) }, ...samples];
}

/** Postman makes up UUIDs; another id was given by whoever wrote the collection. */
function readId(written: Json | undefined): string | undefined {
  const id = readText(written);
  const isMadeUp = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$|^[\da-f]{16,}$|^\d/i.test(id);
  return isMadeUp || !/^[\p{L}_][\p{L}\p{N}_.~/ $-]{0,119}$/u.test(id) ? undefined : id;
}

/** The request a saved answer belongs to, where its body shows something else than the request's own. */
function readSample(response: JsonObject, request: NotedRequest, around: Surroundings): NotedRequest[] {
  const name = readText(response['name']).trim() || around.name;
  const sample = readRequest(response['originalRequest'], { ...around, name });
  if (sample?.body === undefined || sample.method !== request.method || sample.path !== request.path)
    return [];
  if (request.body !== undefined && showsSame(request.body, sample.body)) return [];
  // People keep the answer and tidy up what they asked: what is missing is no sign that it may be missing.
  const has = new Set(sample.parameters.map((one) => `${one.in} ${one.name}`));
  const missing = request.parameters.filter((one) => !has.has(`${one.in} ${one.name}`));
  const { server, credentials } = request;
  return [
    { ...sample, parameters: [...sample.parameters, ...missing], server, description: '', credentials },
  ];
}

/** A body that is not the JSON it says it is shows nothing: the first sample that does stands for it. */
function standIn(request: NotedRequest, samples: readonly NotedRequest[]): readonly NotedRequest[] {
  if (request.body === undefined || isReadable(request.body)) return samples;
  const { mediaType } = request.body;
  const place = samples.findIndex(
    ({ body }) => body !== undefined && body.mediaType === mediaType && isReadable(body),
  );
  const found = samples[place];
  return found === undefined ? samples : samples.with(place, { ...found, name: request.name });
}

function isReadable(body: NotedBody): boolean {
  return body.kind !== 'text' || !isJsonType(body.mediaType) || readJsonSample(body.text) !== undefined;
}

function showsSame(a: NotedBody, b: NotedBody): boolean {
  if (a.mediaType !== b.mediaType || a.kind !== b.kind) return false;
  if (a.kind === 'form' && b.kind === 'form') return JSON.stringify(a.fields) === JSON.stringify(b.fields);
  if (a.kind !== 'text' || b.kind !== 'text') return true;
  return a.text === b.text || equalJson(readValue(a.text), readValue(b.text));
}

function readValue(text: string): Json {
  return maskSample(readJsonSample(text) ?? text);
}
