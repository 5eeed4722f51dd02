import { isJsonObject, type Json, type JsonObject } from '../../../base/index.ts';
import { decodeBase64 } from '../../base64.ts';
import { bareMediaType } from '../../compile/media-types.ts';
import {
  BASIC,
  carriesCredential,
  createApiKey,
  isIgnoredHeader,
  readCredentialHeader,
  uniteCredentials,
} from '../requests/credentials.ts';
import { templatePath } from '../requests/path-template.ts';
import { readPairs, type SplitUrl, splitUrl } from '../requests/split-url.ts';
import type {
  NotedBody,
  NotedCredential,
  NotedField,
  NotedParameter,
  NotedRequest,
  NotedResponse,
} from '../requests/types.ts';
import { readParts } from './read-parts.ts';

const METHODS = new Set(['get', 'put', 'post', 'delete', 'head', 'patch']);

/** What a browser fetches for itself while a page is open. */
const PAGE_TYPES =
  /^(?:image|font|audio|video)\/|^text\/(?:html|css|javascript)|javascript$|^application\/(?:font|wasm)/;

/** A recorded call of an API; `undefined` for what belongs to the page around it. */
export function readEntry(entry: JsonObject): NotedRequest | undefined {
  const { request, response } = entry;
  if (!isJsonObject(request)) return undefined;
  const method = String(request['method'] ?? '').toLowerCase();
  const url = splitUrl(String(request['url'] ?? ''));
  const answer = readAnswer(response);
  if (url === undefined || !METHODS.has(method) || isSocket(entry)) return undefined;
  if (method === 'get' && PAGE_TYPES.test(answer?.mediaType ?? '')) return undefined;
  const headers = readNamed(request['headers']);
  const { path, parameters } = templatePath(url.path.replaceAll('{', '%7B').replaceAll('}', '%7D'));
  return {
    name: '',
    description: '',
    tags: [],
    method,
    server: url.server,
    path,
    parameters: [...parameters, ...readQuery(url), ...readHeaders(headers)],
    body: readPostData(request['postData']),
    responses: answer === undefined ? [] : [answer],
    credentials: readCredentials(url, headers, readNamed(request['cookies'])),
  };
}

/** What went on as a web socket is no call. */
function isSocket({ _resourceType: type, response }: JsonObject): boolean {
  return type === 'websocket' || (isJsonObject(response) && Number(response['status']) === 101);
}

function readNamed(written: Json | undefined): [string, string][] {
  const list = Array.isArray(written) ? written.filter(isJsonObject) : [];
  return list.map((one) => [String(one['name'] ?? ''), String(one['value'] ?? '')]);
}

function readQuery({ query }: SplitUrl): NotedParameter[] {
  const values = new Map<string, string[]>();
  for (const [name, value] of query) values.set(name, [...(values.get(name) ?? []), value]);
  const own = [...values].filter(([name]) => name !== '' && !carriesCredential(name));
  return own.map(([name, some]) => ({ name, in: 'query', values: some, description: '', required: false }));
}

function readHeaders(headers: readonly [string, string][]): NotedParameter[] {
  const own = headers.filter(([name]) => {
    return name !== '' && !isIgnoredHeader(name) && readCredentialHeader(name, '') === undefined;
  });
  return own.map(([name, value]) => ({
    name,
    in: 'header',
    values: [value],
    description: '',
    required: false,
  }));
}

function readCredentials(
  url: SplitUrl,
  headers: readonly [string, string][],
  cookies: readonly [string, string][],
): NotedCredential[] {
  const inQuery = url.query.filter(([name]) => carriesCredential(name));
  const inCookies = cookies.filter(([name]) => carriesCredential(name));
  return uniteCredentials([
    ...(url.hasUserInfo ? [BASIC] : []),
    ...headers.flatMap(([name, value]) => readCredentialHeader(name, value) ?? []),
    ...inQuery.map(([name]) => createApiKey('query', name)),
    ...inCookies.map(([name]) => createApiKey('cookie', name)),
  ]);
}

function readPostData(written: Json | undefined): NotedBody | undefined {
  if (!isJsonObject(written)) return undefined;
  const mediaType = bareMediaType(String(written['mimeType'] ?? ''));
  const text = String(written['text'] ?? '');
  if (mediaType === 'application/x-www-form-urlencoded' || mediaType === 'multipart/form-data') {
    const listed = Array.isArray(written['params']) ? written['params'].filter(isJsonObject) : [];
    if (listed.length === 0 && mediaType === 'multipart/form-data')
      return { kind: 'form', mediaType, fields: readParts(text) };
    const isPlain = listed.length === 0 && mediaType === 'application/x-www-form-urlencoded';
    const fields = isPlain
      ? readPairs(text).map(([name, value]) => createField(name, value, false))
      : listed.map((one) => {
          return createField(
            String(one['name'] ?? ''),
            String(one['value'] ?? ''),
            one['fileName'] !== undefined,
          );
        });
    return { kind: 'form', mediaType, fields };
  }
  if (text === '') return undefined;
  return { kind: 'text', mediaType: mediaType || 'application/json', text };
}

function createField(name: string, value: string, isFile: boolean): NotedField {
  return { name, kind: isFile ? 'file' : 'text', value, description: '', required: false };
}

function readAnswer(written: Json | undefined): NotedResponse | undefined {
  if (!isJsonObject(written)) return undefined;
  const status = Number(written['status']);
  // 0: the page was left before the answer came. 304: the browser had it already.
  if (!Number.isInteger(status) || status < 200 || status > 599 || status === 304) return undefined;
  const content = isJsonObject(written['content']) ? written['content'] : {};
  const text = String(content['text'] ?? '');
  const isEncoded = content['encoding'] === 'base64';
  const mediaType = bareMediaType(String(content['mimeType'] ?? ''));
  return {
    name: String(written['statusText'] ?? ''),
    status: String(status),
    mediaType: mediaType === 'x-unknown' || status === 204 ? '' : mediaType,
    text: isEncoded ? new TextDecoder().decode(decodeBase64(text)) : text,
  };
}
