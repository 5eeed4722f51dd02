import { isJsonObject, type Json, type JsonObject, joinPointer } from '../../../base/index.ts';
import { isJsonType } from '../../compile/media-types.ts';
import type { Problems } from '../problems.ts';
import { readJsonSample } from '../requests/samples.ts';
import type { NotedBody } from '../requests/types.ts';
import { readText } from './text.ts';

const EVENTS: Readonly<Record<string, string>> = {
  prerequest: 'a script that runs before the request',
  test: 'a script that tests the answer',
};

/** What a collection, folder or request has that no description of an API can say. `owner` begins a sentence. */
export function noteLosses(owner: string, item: JsonObject, pointer: string, problems: Problems): void {
  noteScripts(owner, item['event'], joinPointer(pointer, 'event'), problems);
  if (isJsonObject(item['request']))
    noteBody(owner, item['request'], joinPointer(pointer, 'request'), problems);
}

function noteScripts(owner: string, events: Json | undefined, pointer: string, problems: Problems): void {
  if (!Array.isArray(events)) return;
  for (const [index, event] of events.entries()) {
    if (!isJsonObject(event) || event['disabled'] === true || !hasCode(event['script'])) continue;
    const what = EVENTS[readText(event['listen'])] ?? 'a script';
    const message = `${owner} has ${what}; it is left out. What it sets must be given as an input or by custom code.`;
    problems.add('CONNECTOR_SCRIPT_LEFT_OUT', message, { pointer: joinPointer(pointer, String(index)) });
  }
}

function hasCode(script: Json | undefined): boolean {
  if (!isJsonObject(script)) return false;
  const lines = [script['exec'] ?? []].flat().map(readText).join('\n');
  const code = lines.replace(/\/\/.*$|\/\*[\s\S]*?\*\//gm, '').trim();
  return code !== '' || readText(script['src']) !== '';
}

function noteBody(owner: string, request: JsonObject, pointer: string, problems: Problems): void {
  const { body } = request;
  if (!isJsonObject(body) || body['disabled'] === true || body['mode'] !== 'graphql') return;
  const message = `${owner} sends GraphQL: its query becomes a text of a JSON body, its answer has no schema but what saved answers show.`;
  problems.add('CONNECTOR_GRAPHQL', message, { pointer: joinPointer(pointer, 'body') });
}

/** A sample that says it is JSON and is not shows nothing. */
export function noteBrokenBody(
  name: string,
  body: NotedBody | undefined,
  pointer: string,
  problems: Problems,
): void {
  if (body?.kind !== 'text' || !isJsonType(body.mediaType) || readJsonSample(body.text) !== undefined) return;
  const message = `The body of the request '${name}' is not JSON, as it says; anything is allowed there.`;
  problems.add('CONNECTOR_MALFORMED', message, { pointer: joinPointer(pointer, 'raw') });
}
