import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type {
  BuiltinAnswer,
  BuiltinCall,
  BuiltinConnector,
  CallOutcome,
  HttpCall,
} from '../../gateway/index.ts';

/** The raw HTTP request as a connector, for callers that only know operations. */
export function createHttp(send: (call: HttpCall) => Promise<CallOutcome>): BuiltinConnector {
  return {
    name: 'http',
    call: async (call) => toAnswer(await send(readCall(call))),
  };
}

function readCall({ body, idempotencyKey, signal }: BuiltinCall): HttpCall {
  const request = isJsonObject(body) ? body : {};
  return {
    method: String(request['method'] ?? 'GET'),
    uri: String(request['uri'] ?? ''),
    ...pickObject(request, 'headers'),
    ...pickObject(request, 'queries'),
    ...pick(request, 'body'),
    ...pick(request, 'authentication'),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(signal === undefined ? {} : { signal }),
  };
}

function pick<Name extends string>(request: JsonObject, name: Name): { readonly [Key in Name]?: Json } {
  const value = request[name];
  return value === undefined || value === null ? {} : ({ [name]: value } as { [Key in Name]?: Json });
}

function pickObject<Name extends string>(
  request: JsonObject,
  name: Name,
): { readonly [Key in Name]?: JsonObject } {
  const value = request[name];
  return isJsonObject(value) ? ({ [name]: value } as { [Key in Name]?: JsonObject }) : {};
}

function toAnswer({ outputs, error }: CallOutcome): BuiltinAnswer {
  const { statusCode, headers, body } = outputs ?? { statusCode: 502, headers: {}, body: null };
  if (error === undefined) return { status: statusCode, headers, body };
  const { code, message, fix, retryable } = error;
  return { status: statusCode, headers, body, problem: { code, message, retryable, ...(fix && { fix }) } };
}
