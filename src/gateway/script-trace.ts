import { isJsonObject, type Json, type JsonObject, parseJson } from '../base/index.ts';
import type { ScriptAnswer, ScriptSend } from '../code/index.ts';
import {
  type ConnectionValues,
  type HttpRequestPlan,
  type RequestContent,
  redactRequest,
} from '../connector/index.ts';
import { listQuery } from './plan-location.ts';

/** A request that a script sent, for people to look at: what is secret masked. */
export function showSend(request: ScriptSend, values: ConnectionValues): JsonObject {
  const url = new URL(request.url);
  const type = request.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  const plan: HttpRequestPlan = {
    method: request.method,
    baseUrl: url.origin,
    path: url.pathname,
    query: listQuery(url),
    headers: request.headers.map(([name, value]) => ({ name, value })),
    cookies: [],
    ...(request.body === undefined ? {} : { body: readContent(request.body, type), mediaType: type }),
  };
  return redactRequest(plan, values);
}

export function showAnswer({ status, headers, body }: ScriptAnswer): JsonObject {
  return { statusCode: status, headers: Object.fromEntries(headers), bytes: body.length };
}

function readContent(bytes: Uint8Array, type: string): RequestContent {
  if (!/json|text|xml|urlencoded/i.test(type)) return { kind: 'binary', bytes };
  const text = new TextDecoder().decode(bytes);
  if (/urlencoded/i.test(type)) return { kind: 'json', value: Object.fromEntries(new URLSearchParams(text)) };
  const json = /json/i.test(type) ? tryParse(text) : undefined;
  return json === undefined ? { kind: 'text', text } : { kind: 'json', value: json };
}

function tryParse(text: string): Json | undefined {
  try {
    const value = parseJson(text);
    return isJsonObject(value) || Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
