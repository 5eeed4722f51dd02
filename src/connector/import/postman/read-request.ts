import { isJsonObject, type Json, type JsonObject } from '../../../base/index.ts';
import { bareMediaType } from '../../compile/media-types.ts';
import {
  BASIC,
  carriesCredential,
  createApiKey,
  isIgnoredHeader,
  readCredentialHeader,
  uniteCredentials,
} from '../requests/credentials.ts';
import type { NotedCredential, NotedParameter, NotedRequest } from '../requests/types.ts';
import { readBody } from './read-body.ts';
import { type PostmanUrl, readUrl } from './read-url.ts';
import { isMarkedRequired, readDescription, readEntries, readText, withoutMark } from './text.ts';
import { type Variables, variableName } from './variables.ts';

/** What a request takes over from the folders around it. */
export interface Surroundings {
  readonly name: string;
  readonly tags: readonly string[];
  readonly variables: Variables;
  /** Of the request itself or what it inherits; `undefined` where nobody says anything. */
  readonly credentials: readonly NotedCredential[] | undefined;
}

/** A request of a collection, its saved answers apart. */
export function readRequest(written: Json | undefined, around: Surroundings): NotedRequest | undefined {
  const request: JsonObject =
    typeof written === 'string' ? { url: written } : isJsonObject(written) ? written : {};
  const { variables } = around;
  const url = readUrl(request['url'], variables);
  // Without a word of where it goes, nothing can be called.
  if (url.server.url === '' && url.path === '/') return undefined;
  const method = readText(request['method']).toLowerCase() || 'get';
  if (!/^(?:get|put|post|delete|options|head|patch|trace)$/.test(method)) return undefined;
  const headers = readEntries(request['header']);
  return {
    name: around.name,
    description: readDescription(request['description']),
    tags: around.tags,
    method,
    server: url.server,
    path: url.path,
    parameters: [...url.pathParameters, ...readQuery(url, variables), ...readHeaders(headers, variables)],
    body: readBody(request['body'], contentType(headers), variables),
    responses: [],
    credentials: uniteCredentials([...(around.credentials ?? []), ...findCredentials(url, headers)]),
  };
}

export function contentType(headers: readonly JsonObject[]): string {
  const header = headers.find(
    (one) => readText(one['key']).toLowerCase() === 'content-type' && one['disabled'] !== true,
  );
  const value = readText(header?.['value']);
  return value.includes('{{') || !value.includes('/') ? '' : bareMediaType(value);
}

function readQuery({ query }: PostmanUrl, variables: Variables): NotedParameter[] {
  const entries = query.filter((entry) => !carriesCredential(readText(entry['key'])));
  return uniteByName(entries.flatMap((entry) => readParameter('query', entry, variables)));
}

function readHeaders(headers: readonly JsonObject[], variables: Variables): NotedParameter[] {
  const entries = headers.filter((entry) => {
    const name = readText(entry['key']);
    return !isIgnoredHeader(name) && readCredentialHeader(name, '') === undefined;
  });
  return uniteByName(entries.flatMap((entry) => readParameter('header', entry, variables)));
}

function readParameter(place: 'query' | 'header', entry: JsonObject, variables: Variables): NotedParameter[] {
  const name = readText(entry['key']).trim();
  if (name === '' || name.includes('{{')) return [];
  const description = readDescription(entry['description']);
  const value = readText(entry['value']);
  const variable = variableName(value);
  const isOff = entry['disabled'] === true;
  // A header with a fixed value, or a value kept as a variable, is meant for every call.
  const fallback = isOff ? undefined : readDefault(place, value, variable, variables);
  return [
    {
      name,
      in: place,
      values: value === '' ? [] : [variables.fill(value)],
      description: withoutMark(description),
      required: !isOff && (fallback !== undefined || isMarkedRequired(description)),
      default: fallback,
      off: isOff,
      ...(place === 'query' && (entry['value'] ?? null) === null ? { bare: true } : {}),
    },
  ];
}

function readDefault(
  place: 'query' | 'header',
  value: string,
  variable: string | undefined,
  variables: Variables,
): string | undefined {
  if (variable !== undefined) return variables.get(variable);
  const isFixed = place === 'header' && value !== '' && !/^<|\{\{/.test(value);
  return isFixed ? value : undefined;
}

/** A name that stands there several times is one parameter with several values. */
function uniteByName(parameters: readonly NotedParameter[]): NotedParameter[] {
  const united = new Map<string, NotedParameter>();
  for (const parameter of parameters) {
    const before = united.get(parameter.name);
    const values = [...(before?.values ?? []), ...parameter.values];
    united.set(parameter.name, { ...(before ?? parameter), values });
  }
  return [...united.values()];
}

/** What the request carries says how it authenticates too, declared or not. */
function findCredentials(url: PostmanUrl, headers: readonly JsonObject[]): NotedCredential[] {
  const fromHeaders = headers.filter(isOn).flatMap((entry) => {
    return readCredentialHeader(readText(entry['key']), readText(entry['value'])) ?? [];
  });
  const fromQuery = url.query
    .filter(isOn)
    .map((entry) => readText(entry['key']))
    .filter((name) => carriesCredential(name))
    .map((name) => createApiKey('query', name));
  return uniteCredentials([...(url.hasUserInfo ? [BASIC] : []), ...fromHeaders, ...fromQuery]);
}

function isOn(entry: JsonObject): boolean {
  return entry['disabled'] !== true;
}
