import { isJsonObject, type Json, type JsonObject } from '../base/index.ts';
import type { CallCommand } from '../flow/index.ts';
import type { CallOutcome, Gateway, HttpCall, OperationCall } from '../gateway/index.ts';
import type { LoadedFlow } from './flow-cache.ts';

/** Sends what a call command asks for. */
export function sendCall(
  gateway: Gateway,
  loaded: LoadedFlow,
  runId: string,
  command: CallCommand,
  signal: AbortSignal,
  traceparent: string | undefined,
): Promise<CallOutcome> {
  const { work } = command.action;
  if (work.kind !== 'call') return Promise.resolve(refuse('InvalidInputs', 'The action calls nothing.'));
  const common = {
    idempotencyKey: `${runId}/${command.key}`,
    signal,
    ...(traceparent === undefined ? {} : { traceparent }),
    ...(work.timeoutMs === undefined ? {} : { timeoutMs: work.timeoutMs }),
    ...(work.asyncPattern ? {} : { asyncPattern: false }),
    ...(work.chunked ? { transferMode: 'chunked' as const } : {}),
  };
  if (work.target.kind === 'http') return gateway.sendHttp({ ...buildHttpCall(command.inputs), ...common });
  const { reference, operationId } = work.target;
  const bound = loaded.references.get(reference ?? '');
  if (!bound) {
    const message = `The flow has no connection for the reference '${reference ?? ''}': choose one and save the flow.`;
    return Promise.resolve(refuse('ConnectionNotFound', message));
  }
  return gateway.callOperation({
    connectionId: bound.connectionId,
    ...(bound.connectorVersion === undefined ? {} : { connectorVersion: bound.connectorVersion }),
    ...buildOperationCall(operationId, command.inputs),
    ...(work.maximumItems === undefined ? {} : { pages: { maximumItems: work.maximumItems } }),
    ...common,
  });
}

/** Power Automate names an operation and gives its parameters; Logic Apps gives method, path, queries and body. */
export function buildOperationCall(
  operationId: string | undefined,
  inputs: JsonObject,
): Pick<OperationCall, 'operation' | 'inputs'> {
  if (operationId !== undefined) {
    return { operation: { operationId }, inputs: isJsonObject(inputs.parameters) ? inputs.parameters : {} };
  }
  const { method, path, ...rest } = inputs;
  return { operation: { method: String(method ?? 'get'), path: String(path ?? '/') }, inputs: rest };
}

/** The request that the inputs of an Http action describe. */
export function buildHttpCall(inputs: JsonObject): HttpCall {
  return {
    method: String(inputs.method ?? 'GET').toUpperCase(),
    uri: String(inputs.uri ?? ''),
    ...readHeaders(inputs),
    ...pickObject(inputs, 'queries'),
    ...pick(inputs, 'body'),
    ...pick(inputs, 'authentication'),
  };
}

/** `cookie` stands beside the headers in Logic Apps. */
function readHeaders(inputs: JsonObject): { headers?: JsonObject } {
  const { headers } = pickObject(inputs, 'headers');
  return typeof inputs.cookie === 'string' && inputs.cookie !== ''
    ? { headers: { ...headers, Cookie: inputs.cookie } }
    : pickObject(inputs, 'headers');
}

function pick<Name extends string>(inputs: JsonObject, name: Name): { [Key in Name]?: Json } {
  const value = inputs[name];
  return value === undefined || value === null ? {} : ({ [name]: value } as { [Key in Name]?: Json });
}

function pickObject<Name extends string>(inputs: JsonObject, name: Name): { [Key in Name]?: JsonObject } {
  const value = inputs[name];
  return isJsonObject(value) ? ({ [name]: value } as { [Key in Name]?: JsonObject }) : {};
}

function refuse(code: 'InvalidInputs' | 'ConnectionNotFound', message: string): CallOutcome {
  return { ok: false, error: { code, message, retryable: false, sent: false } };
}
