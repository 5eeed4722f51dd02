import { type Json, type JsonObject, stringifyJson } from '../base/index.ts';
import type { HeaderEntry, HttpRequestPlan, QueryEntry, WireResponse } from '../connector/index.ts';
import type { HttpClient } from '../http/index.ts';
import { type HttpAuthentication, readAuthentication } from './authentication.ts';
import { buildHttpContent } from './build-http-content.ts';
import { CallFailure } from './call-errors.ts';
import { concludeAnswer, describeFailedCall } from './conclude.ts';
import { addEntraToken, forgetEntraToken } from './entra-token.ts';
import { listQuery } from './plan-location.ts';
import { readAnswer } from './read-answer.ts';
import { createRedactor, NO_REDACTION, type Redactor } from './redact.ts';
import { sendRequest } from './send-request.ts';
import { sendInChunks } from './transfer/send-in-chunks.ts';
import type { CallOutcome, HttpCall } from './types.ts';

const DEFAULT_TIMEOUT_MS = 120_000;

/** Set by the client itself from the body and the connection; a flow that copies headers brings them along. */
const OWN_HEADERS = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'upgrade',
  'expect',
  'te',
  'trailer',
]);

/** Sends what WDL's Http action asks for. Never rejects for what an upstream does. */
export async function sendHttp(http: HttpClient, call: HttpCall): Promise<CallOutcome> {
  let redactor: Redactor = NO_REDACTION;
  try {
    const stated = readAuthentication(call.authentication);
    redactor = createRedactor(stated.secrets);
    const authentication = await addEntraToken(http, stated);
    if (authentication !== stated) redactor = createRedactor(authentication.secrets);
    const url = readUri(call.uri);
    const send = call.transferMode === 'chunked' ? sendInChunks : sendRequest;
    const answer = await send(buildPlan(call, url, authentication), {
      http: presentCertificate(http, authentication, url),
      deadlineAt: performance.now() + (call.timeoutMs ?? DEFAULT_TIMEOUT_MS),
      signal: call.signal,
      followAsync: call.asyncPattern !== false,
    });
    if (answer.status === 401) forgetEntraToken(http, stated);
    return judge(url, call.method.toUpperCase(), answer, { authentication, redactor });
  } catch (error) {
    return { ok: false, error: describeFailedCall(error, redactor) };
  }
}

/** The certificate is shown to the service of the action only, also where work is asked for or pieces are sent. */
function presentCertificate(http: HttpClient, { certificate }: HttpAuthentication, url: URL): HttpClient {
  if (certificate === undefined) return http;
  if (url.protocol !== 'https:') {
    throw new CallFailure(
      'InvalidUrl',
      'A client certificate can only be shown to a service with https://.',
      {
        fix: 'Give the https:// address of the service.',
      },
    );
  }
  const present = <Request extends { readonly url: string }>(request: Request): Request =>
    URL.parse(request.url)?.origin === url.origin ? { ...request, clientCertificate: certificate } : request;
  return {
    send: (request) => http.send(present(request)),
    stream: (request) => http.stream(present(request)),
    close: () => http.close(),
  };
}

function readUri(uri: string): URL {
  const url = URL.parse(uri.trim());
  if (url !== null) return url;
  const shown = uri.trim() === '' ? 'empty' : 'not an absolute URL';
  throw new CallFailure('InvalidUrl', `The uri of the Http action is ${shown}.`, {
    fix: 'Give a URL that begins with https:// or http://.',
  });
}

function buildPlan(call: HttpCall, url: URL, { header }: HttpAuthentication): HttpRequestPlan {
  const headers = readHeaders(call.headers);
  const given = headers.find(({ name }) => isContentType(name))?.value;
  const { setsType, ...body } = buildHttpContent(call.body, given === undefined);
  return {
    method: call.method.toUpperCase(),
    ...splitUrl(url),
    query: [...listQuery(url), ...readQueries(call.queries)],
    headers: withOwn(setsType ? headers.filter(({ name }) => !isContentType(name)) : headers, call, header),
    cookies: [],
    ...body,
  };
}

/** User information stays in the base URL, where the HTTP client refuses it. */
function splitUrl(url: URL): Pick<HttpRequestPlan, 'baseUrl' | 'path'> {
  const user = url.username === '' && url.password === '' ? '' : 'user@';
  return { baseUrl: `${url.protocol}//${user}${url.host}`, path: url.pathname };
}

function readQueries(queries: JsonObject | undefined): QueryEntry[] {
  return Object.entries(queries ?? {})
    .filter(([, value]) => value !== null)
    .map(([name, value]) => ({ name, value: toText(value) }));
}

function readHeaders(headers: JsonObject | undefined): HeaderEntry[] {
  return Object.entries(headers ?? {})
    .filter(([name, value]) => value !== null && !OWN_HEADERS.has(name.toLowerCase()))
    .map(([name, value]) => ({ name, value: toText(value) }));
}

function withOwn(
  headers: readonly HeaderEntry[],
  { idempotencyKey, traceparent }: HttpCall,
  authorization: HeaderEntry | undefined,
): HeaderEntry[] {
  const has = (wanted: string) => headers.some(({ name }) => name.toLowerCase() === wanted);
  const kept =
    authorization === undefined
      ? headers
      : headers.filter(({ name }) => name.toLowerCase() !== 'authorization');
  return [
    ...kept,
    ...(idempotencyKey === undefined || has('idempotency-key')
      ? []
      : [{ name: 'idempotency-key', value: idempotencyKey }]),
    ...(traceparent === undefined || has('traceparent') ? [] : [{ name: 'traceparent', value: traceparent }]),
    ...(authorization === undefined ? [] : [authorization]),
  ];
}

function judge(
  url: URL,
  method: string,
  answer: WireResponse,
  { authentication, redactor }: { readonly authentication: HttpAuthentication; readonly redactor: Redactor },
): CallOutcome {
  const { outputs, error } = readAnswer(undefined, answer, redactor);
  if (error !== undefined) return { ok: false, outputs, error };
  return concludeAnswer(outputs, () => ({
    service: url.host,
    request: `${method} ${url.pathname}`,
    credentials: authentication.description,
    authenticationKind: authentication.kind,
    nowMs: Date.now(),
  }));
}

function isContentType(name: string): boolean {
  return name.toLowerCase() === 'content-type';
}

function toText(value: Json): string {
  return typeof value === 'string' ? value : stringifyJson(value);
}
