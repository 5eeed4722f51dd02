import { isJsonObject, type Json, type JsonObject, stringifyJson } from '../../../base/index.ts';
import { isJsonType } from '../../compile/media-types.ts';
import { readJsonSample } from '../requests/samples.ts';
import type { NotedBody, NotedField } from '../requests/types.ts';
import { isMarkedRequired, readDescription, readEntries, readText, withoutMark } from './text.ts';
import type { Variables } from './variables.ts';

const LANGUAGES: Readonly<Record<string, string>> = {
  html: 'text/html',
  javascript: 'application/javascript',
  json: 'application/json',
  text: 'text/plain',
  xml: 'application/xml',
};

/** The body of a request; `declared` is its Content-Type, where a header names one. */
export function readBody(
  written: Json | undefined,
  declared: string,
  variables: Variables,
): NotedBody | undefined {
  if (!isJsonObject(written) || written['disabled'] === true) return undefined;
  switch (written['mode']) {
    case 'raw':
      return readRaw(written, declared, variables);
    case 'urlencoded':
      return readForm(written['urlencoded'], 'application/x-www-form-urlencoded', variables);
    case 'formdata':
      return readForm(written['formdata'], 'multipart/form-data', variables);
    case 'file':
      return { kind: 'binary', mediaType: declared || 'application/octet-stream' };
    case 'graphql':
      return readGraphQl(written['graphql']);
    default:
      return undefined;
  }
}

function readRaw(written: JsonObject, declared: string, variables: Variables): NotedBody | undefined {
  const text = readText(written['raw']);
  if (text.trim() === '') return undefined;
  const mediaType =
    declared || languageType(written) || (/^\s*[[{]/.test(text) ? 'application/json' : 'text/plain');
  const filled = isJsonType(mediaType) ? fillSample(text, variables) : variables.fill(text);
  return { kind: 'text', mediaType, text: filled };
}

function languageType(written: JsonObject): string | undefined {
  const { options } = written;
  const raw = isJsonObject(options) ? options['raw'] : undefined;
  return isJsonObject(raw) ? LANGUAGES[readText(raw['language'])] : undefined;
}

/** `{{variables}}` outside of quotes stand for whole JSON values; inside they are part of a text. */
function fillSample(text: string, variables: Variables): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|\{\{([^{}]+)\}\}/g, (match, name?: string) => {
    if (name === undefined) return variables.fill(match);
    const value = variables.get(name.trim());
    return value !== undefined && readJsonSample(value) !== undefined ? value : 'null';
  });
}

function readForm(written: Json | undefined, mediaType: string, variables: Variables): NotedBody | undefined {
  const fields = readEntries(written).flatMap((entry) => readField(entry, variables));
  return fields.length === 0 ? undefined : { kind: 'form', mediaType, fields };
}

function readField(entry: JsonObject, variables: Variables): NotedField[] {
  const name = readText(entry['key']);
  if (name === '') return [];
  const description = readDescription(entry['description']);
  const contentType = readText(entry['contentType']);
  return [
    {
      name,
      kind: entry['type'] === 'file' ? 'file' : 'text',
      value: variables.fill(readText(entry['value'])),
      description: withoutMark(description),
      required: entry['disabled'] !== true && isMarkedRequired(description),
      off: entry['disabled'] === true,
      mediaType: contentType === '' ? undefined : contentType,
    },
  ];
}

function readGraphQl(written: Json | undefined): NotedBody {
  const { query, variables, operationName } = isJsonObject(written) ? written : {};
  const values = typeof variables === 'string' ? readJsonSample(variables) : variables;
  const sample: JsonObject = { query: readText(query), variables: isJsonObject(values) ? values : {} };
  if (typeof operationName === 'string') sample['operationName'] = operationName;
  return { kind: 'text', mediaType: 'application/json', text: stringifyJson(sample) };
}
