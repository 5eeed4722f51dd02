import { isJsonObject, type Json, type JsonObject, readOwn } from '../../base/index.ts';
import { DEFAULT_ACCEPT } from '../compile/media-types.ts';
import { ConnectorError } from '../errors.ts';
import { addressOf } from '../operations.ts';
import type {
  HeaderEntry,
  HttpRequestPlan,
  OperationInputs,
  QueryEntry,
  RequestContext,
} from '../request-types.ts';
import type { CompiledOperation, CompiledParameter } from '../types.ts';
import { type BuiltBody, buildBody } from './build-body.ts';
import { chooseBody } from './choose-body.ts';
import { dropReadOnly } from './drop-read-only.ts';
import { resolveBaseUrl } from './resolve-base-url.ts';
import {
  encode,
  encodeReserved,
  encodeSegments,
  toHeaderText,
  toPairs,
  toPathText,
  toText,
} from './serialize.ts';

export interface BuildOptions {
  /** Queries and headers beside the operation's own, as ApiConnection actions may have. */
  readonly extraQueries?: JsonObject;
  readonly extraHeaders?: JsonObject;
  /** Builds what can be built of inputs that contradict the operation, to look at it: it is not for sending. */
  readonly unchecked?: boolean;
}

/**
 * Makes the request of an operation from its inputs, without credentials.
 *
 * @throws ConnectorError CONNECTOR_INVALID_URL when no server is known.
 */
export function buildRequest(
  context: RequestContext,
  inputs: OperationInputs,
  options: BuildOptions = {},
): HttpRequestPlan {
  const { operation } = context;
  const extraHeaders = toEntries(options.extraHeaders);
  const headers = [...buildHeaders(operation, inputs.parameters), ...extraHeaders];
  const built = buildContent(context, inputs.body, findContentType(headers));
  const [path, fixedQuery] = buildPath(operation, inputs.parameters);
  return {
    method: operation.method,
    baseUrl: resolveBaseUrl(context),
    path,
    query: [...fixedQuery, ...buildQuery(operation, inputs.parameters), ...toEntries(options.extraQueries)],
    headers: operation.accept === undefined ? headers : withAccept(headers, operation.accept),
    cookies: buildCookies(operation, inputs.parameters),
    ...(built === undefined ? {} : { body: built.content, mediaType: built.mediaType }),
  };
}

/** The body in the media type that the inputs name, else in the one of the operation. */
function buildContent(
  { connector, operation }: Pick<RequestContext, 'connector' | 'operation'>,
  value: Json | undefined,
  contentType: string | undefined,
): BuiltBody | undefined {
  if (operation.body === undefined || value === undefined) return undefined;
  const body = chooseBody(operation.body, value, contentType);
  return buildBody(body, dropReadOnly(body, value, connector), connector.definition.openapi);
}

function findContentType(headers: readonly HeaderEntry[]): string | undefined {
  const given = headers.find(({ name }) => name.trim().toLowerCase() === 'content-type')?.value;
  return typeof given === 'string' ? given : undefined;
}

function withAccept(headers: readonly HeaderEntry[], accept: string): readonly HeaderEntry[] {
  if (accept === DEFAULT_ACCEPT || headers.some(({ name }) => name.toLowerCase() === 'accept'))
    return headers;
  return [...headers, { name: 'Accept', value: accept }];
}

/** The path, and the query some documents write into it. */
function buildPath(operation: CompiledOperation, values: JsonObject): [string, QueryEntry[]] {
  const [template = '', query = ''] = addressOf(operation.path).split('?');
  const byName = new Map(
    operation.parameters.filter((one) => one.in === 'path').map((one) => [one.sentAs ?? one.name, one]),
  );
  const fillIn = (text: string) =>
    text.replace(/\{([^{}]+)\}/g, (written, name: string) => {
      const parameter = byName.get(name);
      return parameter === undefined
        ? written
        : encodePathValue(parameter, readOwn(values, parameter.name) ?? parameter.default ?? '');
    });
  // What stands between the parameters is written as it will be sent; only what no URL may hold is encoded.
  const path = fillIn(template).replace(/[^\x21-\x7e]|["<>\\^`{|}]/gu, encode);
  if (template.includes('{')) assertStaysInPlace(operation, template, path);
  const fixed = query.split('&').filter((pair) => pair !== '');
  const entries = fixed.map((pair) => {
    const [name = '', ...value] = fillIn(pair).split('=');
    return { name: decodeURIComponentSafe(name), value: value.join('='), encoded: true };
  });
  return [path, entries];
}

const DOT_SEGMENT = /^(?:\.|%2e){1,2}$/i;

/**
 * A segment of dots alone is a step in the path to everything between here and the service, percent-encoded too (the
 * URL standard's dot segments): no value may be one.
 *
 * @throws ConnectorError CONNECTOR_INVALID_INPUTS
 */
function assertStaysInPlace(
  { operationId, path: written }: CompiledOperation,
  template: string,
  path: string,
) {
  if (!path.split('/').some((segment) => DOT_SEGMENT.test(segment))) return;
  const parts = template.split('/');
  if (parts.some((segment) => DOT_SEGMENT.test(segment))) return; // the definition's own
  const names = [...template.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => `'${name}'`).join(', ');
  const message = `${operationId}: a value of dots alone (${names} in ${written}) would change the path, so it cannot be sent.`;
  throw new ConnectorError('CONNECTOR_INVALID_INPUTS', message);
}

function decodeURIComponentSafe(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Encoded once, or twice where `x-ms-url-encoding` says `double`. */
function encodePathValue(parameter: CompiledParameter, value: Json): string {
  const write = parameter.allowReserved ? encodeSegments : encode;
  return toPathText(parameter, value, parameter.encoding === 'double' ? (one) => encode(write(one)) : write);
}

function buildQuery(operation: CompiledOperation, values: JsonObject): QueryEntry[] {
  return operation.parameters
    .filter((parameter) => parameter.in === 'query' && isGiven(readOwn(values, parameter.name)))
    .flatMap((parameter) => toEntriesOf(parameter, readOwn(values, parameter.name) ?? null));
}

/** A value in one piece is encoded when it is sent, so that policies see it plain; of others the pieces are encoded. */
function toEntriesOf(parameter: CompiledParameter, value: Json): QueryEntry[] {
  if (typeof value !== 'object' && !parameter.allowReserved) {
    return [{ name: parameter.sentAs ?? parameter.name, value: toText(value) }];
  }
  const write = parameter.allowReserved ? encodeReserved : encode;
  return toPairs(parameter, value, write).map(([name, text]) => ({ name, value: text, encoded: true }));
}

function buildHeaders(operation: CompiledOperation, values: JsonObject): HeaderEntry[] {
  return operation.parameters
    .filter((parameter) => parameter.in === 'header' && isGiven(readOwn(values, parameter.name)))
    .map((parameter) => ({
      name: parameter.sentAs ?? parameter.name,
      value: toHeaderText(parameter, readOwn(values, parameter.name) ?? null),
    }));
}

/** Cookies are in style `form`: a list that is taken apart repeats its cookie. */
function buildCookies(operation: CompiledOperation, values: JsonObject): QueryEntry[] {
  return operation.parameters
    .filter((parameter) => parameter.in === 'cookie' && isGiven(readOwn(values, parameter.name)))
    .flatMap((parameter) => toEntriesOf(parameter, readOwn(values, parameter.name) ?? null));
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
