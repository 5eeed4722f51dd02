import { isJsonObject, type Json, type JsonObject, stringifyJson } from '../base/index.ts';
import { compileCallTarget } from './call-target.ts';
import { compileRetry } from './compile-call.ts';
import { at, type Compiler } from './compiler.ts';
import type { CallWork } from './types.ts';

/** One definition of a webhook action, where it stands, and the compiler. */
export interface WebhookSource {
  readonly name: string;
  readonly type: string;
  readonly definition: JsonObject;
  readonly inputs: JsonObject;
  readonly pointer: string;
  readonly compiler: Compiler;
}

/** Power Automate lets a run take 30 days; Patchbay lets a webhook action wait so long that says nothing else. */
const DEFAULT_TIMEOUT = 'P30D';

/**
 * Compiles an action that subscribes and waits to be called back: `OpenApiConnectionWebhook` and
 * `ApiConnectionWebhook` with an operation, `HttpWebhook` with `subscribe` and `unsubscribe` requests.
 */
export function compileWebhook(source: WebhookSource): CallWork {
  const { type, inputs, definition, pointer, compiler } = source;
  const target = compileCallTarget(type, inputs);
  checkTarget(source, target);
  const { retryPolicy, host: _host, authentication, ...request } = inputs;
  const isHttp = target.kind === 'http';
  // The authentication of a connector's action is the platform's own token; that of a request is the author's.
  const whole = isHttp && authentication !== undefined ? { ...request, authentication } : request;
  const { unsubscribe, kept } = splitUnsubscribe(source, whole, isHttp);
  const limit = isJsonObject(definition.limit) ? definition.limit.timeout : undefined;
  return {
    kind: 'call',
    target,
    inputs: compiler.template(kept, at(pointer, 'inputs')),
    method: readMethod(isHttp ? inputs.subscribe : inputs),
    retry: compileRetry(
      retryPolicy ?? readMember(inputs.subscribe, 'retryPolicy'),
      at(pointer, 'inputs', 'retryPolicy'),
      compiler,
    ),
    timeoutMs: undefined,
    asyncPattern: false,
    maximumItems: undefined,
    chunked: false,
    callback: {
      timeout: compiler.template(limit ?? DEFAULT_TIMEOUT, at(pointer, 'limit', 'timeout')),
      unsubscribe,
    },
  };
}

/** What ends the subscription may name what its answer said, through `action()`. */
function splitUnsubscribe({ compiler, pointer }: WebhookSource, whole: JsonObject, isHttp: boolean) {
  const { unsubscribe, ...kept } = whole;
  if (
    !isHttp ||
    unsubscribe === undefined ||
    !stringifyJson(unsubscribe).toLowerCase().includes('action()')
  ) {
    return { unsubscribe: undefined, kept: whole };
  }
  return { unsubscribe: compiler.template(unsubscribe, at(pointer, 'inputs', 'unsubscribe')), kept };
}

/** An action without an operation id names method and path; without a method it subscribes with POST. */
function readMethod(request: Json | undefined): string | undefined {
  const method = readMember(request, 'method') ?? 'POST';
  return typeof method === 'string' && !method.includes('@') ? method.toUpperCase() : undefined;
}

function readMember(value: Json | undefined, name: string): Json | undefined {
  return isJsonObject(value) ? value[name] : undefined;
}

function checkTarget(
  { name, type, inputs, pointer, compiler }: WebhookSource,
  target: CallWork['target'],
): void {
  if (target.kind === 'http') {
    if (isJsonObject(inputs.subscribe) && inputs.subscribe.uri !== undefined) return;
    const message = `Action '${name}' (${type}) needs "subscribe" with a "uri" in its inputs.`;
    return compiler.report('FLOW_INPUT_MISSING', message, at(pointer, 'inputs'));
  }
  if (target.reference !== undefined) return;
  const message = `Action '${name}' names no connection: inputs.host has neither "connectionName" nor a readable "connection".`;
  compiler.report('FLOW_CONNECTION_MISSING', message, at(pointer, 'inputs', 'host'));
}
