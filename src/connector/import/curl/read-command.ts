import type { JsonObject } from '../../../base/index.ts';
import { readUrl } from '../postman/read-url.ts';
import { Variables } from '../postman/variables.ts';
import {
  BASIC,
  BEARER,
  carriesCredential,
  createApiKey,
  DIGEST,
  isIgnoredHeader,
  readCredentialHeader,
  uniteCredentials,
} from '../requests/credentials.ts';
import { templatePath } from '../requests/path-template.ts';
import { readPairs } from '../requests/split-url.ts';
import type { NotedCredential, NotedParameter, NotedRequest } from '../requests/types.ts';
import { joinData, readBody } from './read-body.ts';
import { type CurlOptions, readOptions } from './read-options.ts';

export interface CurlCommand {
  readonly requests: readonly NotedRequest[];
  /** What of it cannot be described, a sentence each. */
  readonly losses: readonly CurlLoss[];
}

export interface CurlLoss {
  readonly code: 'CONNECTOR_REQUEST_LEFT_OUT' | 'CONNECTOR_AUTHENTICATION_UNSUPPORTED';
  readonly message: string;
}

/** The requests a curl command would send, from its words after `curl`: one per address, `--next` begins anew. */
export function readCommand(words: readonly string[]): CurlCommand {
  const parts = splitAtNext(words).map(readPartOfCommand);
  return {
    requests: parts.flatMap(({ requests }) => requests),
    losses: parts.flatMap(({ losses }) => losses),
  };
}

function splitAtNext(words: readonly string[]): string[][] {
  const parts: string[][] = [[]];
  for (const word of words) {
    if (word === '--next' || word === '-:') parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts;
}

function readPartOfCommand(words: readonly string[]): CurlCommand {
  const options = readOptions(words);
  const { method, signature } = options;
  if (method !== undefined && !METHODS.test(method)) {
    const message = `OpenAPI describes no ${method.toUpperCase()} requests; a curl command is left out.`;
    return { requests: [], losses: [{ code: 'CONNECTOR_REQUEST_LEFT_OUT', message }] };
  }
  const requests = options.urls.flatMap((address) => readAddress(address, options) ?? []);
  if (requests.length === 0) {
    const message = 'A curl command names no http address; it is left out.';
    return { requests, losses: [{ code: 'CONNECTOR_REQUEST_LEFT_OUT', message }] };
  }
  if (signature === undefined) return { requests, losses: [] };
  const message = `The authentication '${signature}' signs each request, which is not supported; it is left out.`;
  return { requests, losses: [{ code: 'CONNECTOR_AUTHENTICATION_UNSUPPORTED', message }] };
}

function readAddress(address: string, options: CurlOptions): NotedRequest | undefined {
  if (address === '' || /^(?!https?:)[a-z][a-z\d+.-]*:\/\//i.test(address)) return undefined;
  const url = readUrl(markVariables(address), new Variables());
  if (url.server.url === '' || /[\s"<>\\^`']/.test(url.server.url)) return undefined;
  const { path, parameters } = templatePath(url.path);
  const body = readBody(options);
  const query = [...readPairs(queryText(url.query)), ...addedQuery(options)];
  return {
    name: '',
    description: '',
    tags: [],
    method: readMethod(options, body !== undefined),
    server: url.server,
    path,
    parameters: [
      ...url.pathParameters,
      ...parameters.map((one) => ({ ...one, default: one.values[0] })),
      ...readQuery(query),
      ...readHeaders(options),
    ],
    body,
    responses: [],
    credentials: readCredentials(options, query, url.hasUserInfo),
  };
}

/** `$TOKEN`, `${TOKEN}`, `%TOKEN%` and `<token>` stand for something to be filled in. */
function markVariables(address: string): string {
  return address
    .replace(/\$\{(\w+)\}|\$(\w+)|%([A-Za-z_]\w*)%/g, (_match, ...names: (string | undefined)[]) => {
      return `{{${names.slice(0, 3).find((name) => name !== undefined) ?? ''}}}`;
    })
    .replace(/<([\w-]+)>/g, '{{$1}}');
}

const METHODS = /^(?:get|put|post|delete|options|head|patch|trace)$/;

function readMethod({ method, isGet, isHead, uploads }: CurlOptions, hasBody: boolean): string {
  if (method !== undefined && METHODS.test(method)) return method;
  if (isHead) return 'head';
  if (uploads) return 'put';
  return hasBody && !isGet ? 'post' : 'get';
}

function queryText(query: readonly JsonObject[]): string {
  return query.map((entry) => `${String(entry['key'])}=${String(entry['value'] ?? '')}`).join('&');
}

function addedQuery({ isGet, data, queries }: CurlOptions): [string, string][] {
  return [...(isGet ? readPairs(joinData(data)) : []), ...queries.flatMap(readPairs)];
}

function readQuery(query: readonly (readonly [string, string])[]): NotedParameter[] {
  const values = new Map<string, string[]>();
  for (const [name, value] of query) {
    if (name !== '' && !carriesCredential(name)) values.set(name, [...(values.get(name) ?? []), value]);
  }
  return [...values].map(([name, some]) => createParameter(name, 'query', some));
}

function readHeaders({ headers }: CurlOptions): NotedParameter[] {
  const own = headers.filter(
    ([name]) => !isIgnoredHeader(name) && readCredentialHeader(name, '') === undefined,
  );
  return own.map(([name, value]) => createParameter(name, 'header', [value]));
}

/** What stands in a command is what it sends: the default, unless it is something to be filled in. */
function createParameter(name: string, place: 'query' | 'header', values: string[]): NotedParameter {
  const [value = ''] = values;
  const isPlaceholder = value === '' || /^<.*>$|\$\{?\w|\{\{/.test(value) || /^%\w+%$/.test(value);
  return {
    name,
    in: place,
    values: isPlaceholder ? [] : values,
    description: '',
    // Of what may be left out, defaults are not sent.
    required: !isPlaceholder,
    default: isPlaceholder ? undefined : value,
    ...(place === 'query' && value === '' ? { bare: true } : {}),
  };
}

function readCredentials(
  { headers, hasUser, hasBearer, signature }: CurlOptions,
  query: readonly (readonly [string, string])[],
  hasUserInfo: boolean,
): NotedCredential[] {
  const inQuery = query.filter(([name]) => carriesCredential(name));
  return uniteCredentials([
    ...((hasUser && signature === undefined) || hasUserInfo ? [BASIC] : []),
    ...(signature === 'digest' ? [DIGEST] : []),
    ...(hasBearer ? [BEARER] : []),
    ...headers.flatMap(([name, value]) => readCredentialHeader(name, value) ?? []),
    ...inQuery.map(([name]) => createApiKey('query', name)),
  ]);
}
