import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type {
  CompiledOperation,
  CompiledParameter,
  HeaderEntry,
  HttpRequestPlan,
  OperationInputs,
  QueryEntry,
  RequestContext,
} from '../types.ts';
import { buildBody } from './build-body.ts';
import { resolveBaseUrl } from './resolve-base-url.ts';
import { encode, encodeReserved, toHeaderText, toPairs, toPathText, toText } from './serialize.ts';

export interface BuildOptions {
  /** Queries and headers beside the operation's own, as ApiConnection actions may have. */
  readonly extraQueries?: JsonObject;
  readonly extraHeaders?: JsonObject;
}

/**
 * Makes the request of an operation from its inputs, without credentials.
 *
 * @throws ConnectorError CONNECTOR_INVALID_URL when no server is known.
 */
export function buildRequest(
  context: Pick<RequestContext, 'connector' | 'operation' | 'values'>,
  inputs: OperationInputs,
  options: BuildOptions = {},
): HttpRequestPlan {
  const { connector, operation, values } = context;
  const { body } = operation;
  const built = body !== undefined && inputs.body !== undefined ? buildBody(body, inputs.body) : undefined;
  const [path, fixedQuery] = buildPath(operation, inputs.parameters);
  return {
    method: operation.method,
    baseUrl: resolveBaseUrl(connector, operation, values),
    path,
    query: [...fixedQuery, ...buildQuery(operation, inputs.parameters), ...toEntries(options.extraQueries)],
    headers: [...buildHeaders(operation, 'header', inputs.parameters), ...toEntries(options.extraHeaders)],
    cookies: buildHeaders(operation, 'cookie', inputs.parameters),
    ...(built === undefined ? {} : { body: built.content, mediaType: built.mediaType }),
  };
}

/** The path, and the query some documents write into it. */
function buildPath(operation: CompiledOperation, values: JsonObject): [string, QueryEntry[]] {
  const [template = '', query = ''] = operation.path.split('?');
  const byName = new Map(
    operation.parameters.filter((one) => one.in === 'path').map((one) => [one.name, one]),
  );
  const fillIn = (text: string) =>
    text.replace(/\{([^{}]+)\}/g, (written, name: string) => {
      const parameter = byName.get(name);
      return parameter === undefined
        ? written
        : encodePathValue(parameter, values[name] ?? parameter.default ?? '');
    });
  // What stands between the parameters is written as it will be sent; only what no URL may hold is encoded.
  const path = fillIn(template).replace(/[\s"<>\\^`{|}]/g, encode);
  const fixed = query.split('&').filter((pair) => pair !== '');
  const entries = fixed.map((pair) => {
    const [name = '', ...value] = fillIn(pair).split('=');
    return { name: decodeURIComponentSafe(name), value: value.join('='), encoded: true };
  });
  return [path, entries];
}

function decodeURIComponentSafe(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Encoded once, or twice where `x-ms-url-encoding` says `double`. A value of dots alone would be taken for a step
 * in the path by everything between here and the service (RFC 3986, section 5.2.4): it is encoded too.
 */
function encodePathValue(parameter: CompiledParameter, value: Json): string {
  const text = toPathText(
    parameter,
    value,
    parameter.encoding === 'double' ? (one) => encode(encode(one)) : encode,
  );
  return /^\.{1,2}$/.test(text) ? text.replaceAll('.', '%2E') : text;
}

function buildQuery(operation: CompiledOperation, values: JsonObject): QueryEntry[] {
  return operation.parameters
    .filter((parameter) => parameter.in === 'query' && isGiven(values[parameter.name]))
    .flatMap((parameter) => toPairs(parameter, values[parameter.name] ?? null).map(toEntry(parameter)));
}

function toEntry(parameter: CompiledParameter) {
  return ([name, value]: [string, string]): QueryEntry =>
    parameter.allowReserved ? { name, value: encodeReserved(value), encoded: true } : { name, value };
}

function buildHeaders(
  operation: CompiledOperation,
  location: 'header' | 'cookie',
  values: JsonObject,
): HeaderEntry[] {
  return operation.parameters
    .filter((parameter) => parameter.in === location && isGiven(values[parameter.name]))
    .map((parameter) => ({
      name: parameter.name,
      value: toHeaderText(parameter, values[parameter.name] ?? null),
    }));
}

/** null stands for "not given": optional inputs of flows are often null. */
function isGiven(value: Json | undefined): boolean {
  return value !== undefined && value !== null;
}

function toEntries(members: JsonObject | undefined): { name: string; value: string }[] {
  return isJsonObject(members)
    ? Object.entries(members).flatMap(([name, value]) =>
        value === null ? [] : [{ name, value: toText(value) }],
      )
    : [];
}
