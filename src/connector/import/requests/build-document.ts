import { type JsonObject, stringifyJson } from '../../../base/index.ts';
import { assignOperationIds } from '../assign-operation-ids.ts';
import { Problems } from '../problems.ts';
import { buildOperation } from './build-operation.ts';
import { makeName } from './make-name.ts';
import type { NotedApi, NotedCredential, NotedRequest, NotedServer } from './types.ts';

/**
 * Describes the API behind some requests in OpenAPI 3.1. Requests of the same method and path are samples of one
 * operation. The server most of them go to is the document's; what goes elsewhere says so.
 */
export function buildDocument(api: NotedApi): JsonObject {
  const groups = groupRequests(api.requests);
  const known = groups.flatMap(([first]) =>
    first === undefined || first.server.url === '' ? [] : [first.server],
  );
  const server = mostCommon(known);
  const security = mostCommon(groups.map((group) => toRequirements(group)));
  const paths: Record<string, JsonObject> = {};
  for (const group of groups) {
    const [first] = group;
    if (first === undefined) continue;
    const requirements = toRequirements(group);
    const operation = buildOperation(group, api.keepsExamples, {
      operationId: first.operationId ?? makeName(first.name),
      ...(stringifyJson(requirements) === stringifyJson(security ?? []) ? {} : { security: requirements }),
      ...(first.server.url === '' || first.server.url === server?.url
        ? {}
        : { servers: [toServer(first.server)] }),
    });
    paths[first.path] = { ...paths[first.path], [first.method]: operation };
  }
  const document: JsonObject = {
    openapi: '3.1.1',
    info: { title: api.title, description: api.description, version: api.version },
    ...(server === undefined || server.url === '' ? {} : { servers: [toServer(server)] }),
    paths,
    components: { securitySchemes: toSchemes(api.requests.flatMap((request) => request.credentials)) },
    ...(security === undefined ? {} : { security }),
  };
  // Ids made of names repeat, and not every request has a name; that is no fault of anybody.
  assignOperationIds(document, new Problems());
  return document;
}

/**
 * By method and shape of the path; placeholders are renamed to those of the first request. The same on another server
 * is another operation: OpenAPI tells such paths apart by a fragment, which is never sent.
 */
function groupRequests(requests: readonly NotedRequest[]): NotedRequest[][] {
  const groups = new Map<string, NotedRequest[]>();
  const spellings = new Map<string, string>();
  const servers = new Map<string, string>();
  for (const request of requests) {
    const { url } = request.server;
    const plain = request.path.replace(/\{[^{}]*\}/g, '{}');
    const first = servers.get(plain) ?? url;
    servers.set(plain, first);
    const fragment = url === '' || url === first ? '' : `#${nameServer(url)}`;
    const shape = plain + fragment;
    const path = spellings.get(shape) ?? request.path + fragment;
    spellings.set(shape, path);
    const key = `${request.method} ${shape}`;
    groups.set(key, [...(groups.get(key) ?? []), renamePlaceholders(request, path)]);
  }
  return [...groups.values()];
}

/** `https://{region}.bakery.example/v2` → `region.bakery.example-v2` */
function nameServer(url: string): string {
  return url
    .replace(/^[a-z][a-z\d+.-]*:\/\//i, '')
    .replace(/[{}]/g, '')
    .replace(/[^\w.-]+/g, '-');
}

function renamePlaceholders(request: NotedRequest, path: string): NotedRequest {
  if (path === request.path) return request;
  const names = placeholders(path);
  const renamed = new Map(placeholders(request.path).map((name, index) => [name, names[index] ?? name]));
  const parameters = request.parameters.map((parameter) => {
    const name = parameter.in === 'path' ? renamed.get(parameter.name) : undefined;
    return name === undefined ? parameter : { ...parameter, name };
  });
  return { ...request, path, parameters };
}

function placeholders(path: string): string[] {
  return [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
}

function toRequirements(group: readonly NotedRequest[]): JsonObject[] {
  const choices = group.map(({ credentials }) => credentials);
  // A request without credentials among others with some was noted down carelessly.
  const some = choices.filter((choice) => choice.length > 0);
  const written = some.map((choice) => Object.fromEntries(choice.map(({ name }) => [name, []])));
  return [...new Map(written.map((one) => [stringifyJson(one), one])).values()];
}

function toSchemes(credentials: readonly NotedCredential[]): JsonObject {
  return Object.fromEntries(credentials.toReversed().map(({ name, scheme }) => [name, scheme]));
}

function toServer({ url, variables }: NotedServer): JsonObject {
  const names = [...url.matchAll(/\{([^{}]+)\}/g)].map(([, name = '']) => name);
  if (names.length === 0) return { url };
  return {
    url,
    variables: Object.fromEntries(names.map((name) => [name, { default: variables[name] ?? '' }])),
  };
}

/** The value that stands there most often; among equals the first by its JSON, in whatever order they came. */
function mostCommon<Value>(values: readonly Value[]): Value | undefined {
  const counts = new Map<string, { value: Value; count: number }>();
  for (const value of values) {
    const key = JSON.stringify(value);
    const entry = counts.get(key) ?? { value, count: 0 };
    counts.set(key, { value: entry.value, count: entry.count + 1 });
  }
  const ranked = [...counts].sort(([a, one], [b, other]) => other.count - one.count || (a < b ? -1 : 1));
  return ranked[0]?.[1].value;
}
