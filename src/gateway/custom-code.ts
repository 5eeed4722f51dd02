import { randomUUID } from 'node:crypto';
import { type Json, type JsonObject, maskCredentials, Secret } from '../base/index.ts';
import {
  CodeError,
  type CodeErrorCode,
  type CodeRunner,
  createScriptCache,
  type ScriptAnswer,
  type ScriptCache,
  type ScriptContextValues,
  type ScriptRun,
  type ScriptSend,
} from '../code/index.ts';
import {
  applyDefaults,
  type ConnectorScript,
  findScript,
  finishRequest,
  type HttpRequestPlan,
  type RequestContext,
  readInputs,
  type WireRequest,
  type WireResponse,
} from '../connector/index.ts';
import { HttpError } from '../http/index.ts';
import { type CallErrorCode, CallFailure } from './call-errors.ts';
import { describeHttpError } from './describe-http-error.ts';
import type { Redactor } from './redact.ts';
import { type AttachedCredentials, authorizeSend, readAttachedCredentials } from './script-credentials.ts';
import { showAnswer, showSend } from './script-trace.ts';
import type { Sending } from './send-request.ts';
import type { Tracer } from './trace.ts';

/** What the step of custom code needs beside the request. */
export interface ScriptTarget extends RequestContext {
  readonly inputs: JsonObject;
  readonly redactor: Redactor;
  readonly tracer: Tracer | undefined;
  /** Runs of the same connector may share a thread. */
  readonly owner: string;
  readonly runner: CodeRunner;
  readonly cache: ScriptCache | undefined;
  readonly notificationBaseUrl?: string;
}

/**
 * The step of custom code, in place of sending: the script gets the request as it would go out, sends what it wants
 * through the HTTP client, and makes the answer.
 *
 * @throws CallFailure Script…, or what sending failed with when the script does not catch it
 */
export async function runCustomCode(
  plan: HttpRequestPlan,
  target: ScriptTarget,
  sending: Sending,
): Promise<WireResponse> {
  const { runner, tracer, cache } = target;
  const wire = finishRequest(plan);
  const attached = readAttachedCredentials(plan, wire, target.redactor);
  const recorder = new Recorder(target);
  const send = (request: ScriptSend, signal: AbortSignal) =>
    sendForScript(request, { attached, target, sending, recorder, signal });
  try {
    const { cpuMs, ...answer } = await runner.runScript({
      ...describeRun(plan, wire, target),
      timeoutMs: Math.max(1, sending.deadlineAt - performance.now()),
      ...(sending.signal === undefined ? {} : { signal: sending.signal }),
      ...(cache === undefined ? {} : { cache }),
      send,
      ...(tracer === undefined ? {} : { onLog: ({ ...entry }) => recorder.logs.push(entry) }),
    });
    recorder.finish({ cpuMs: Math.round(cpuMs * 10) / 10, response: showAnswer(answer) });
    return { status: answer.status, headers: joinHeaders(answer), body: answer.body };
  } catch (error) {
    recorder.finish(
      error instanceof CodeError ? { error: error.message, stack: [...error.scriptStack] } : {},
    );
    throw toCallFailure(error, recorder.sends, target.connector.title);
  }
}

/** What a script begins with, for a call or for showing the request it makes. Nothing in its context is secret. */
export function describeRun(
  plan: HttpRequestPlan,
  wire: WireRequest,
  target: Omit<ScriptTarget, 'tracer' | 'runner' | 'cache' | 'redactor'>,
): Omit<ScriptRun, 'send'> {
  const { connector, operation, owner } = target;
  const { fileName, source } = requireScript(findScript(connector.definition));
  const body = typeof wire.body === 'string' ? new TextEncoder().encode(wire.body) : wire.body;
  return {
    fileName,
    source,
    owner,
    context: describeContext(plan, target, operation.operationId),
    request: {
      method: wire.method,
      url: wire.url,
      headers: Object.entries(wire.headers),
      ...(body === undefined ? {} : { body }),
    },
  };
}

function requireScript(script: ConnectorScript | undefined) {
  if (script?.own !== undefined) return script.own;
  throw new TypeError('an operation runs custom code that is not there');
}

function describeContext(
  plan: HttpRequestPlan,
  {
    connector,
    operation,
    inputs,
    values,
    notificationBaseUrl,
  }: Pick<ScriptTarget, 'connector' | 'operation' | 'inputs' | 'values' | 'notificationBaseUrl'>,
  operationId: string,
): ScriptContextValues {
  const { parameters, body } = applyDefaults(connector, operation, readInputs(connector, operation, inputs));
  const bodyName = operation.body?.asParameters === false ? operation.body.name : undefined;
  const query = plan.query.filter(({ value }) => !(value instanceof Secret));
  return {
    operationId,
    correlationId: randomUUID(),
    originalUrl: finishRequest({ ...plan, query }).url,
    params: {
      ...parameters,
      ...(bodyName === undefined || body === undefined ? {} : { [bodyName]: body }),
    },
    connection: Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) => {
        const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
        return isPlain ? [[name, String(value)]] : [];
      }),
    ),
    ...(notificationBaseUrl === undefined ? {} : { notificationBaseUrl }),
  };
}

interface SendWork {
  readonly attached: AttachedCredentials;
  readonly target: ScriptTarget;
  readonly sending: Sending;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
}

async function sendForScript(request: ScriptSend, work: SendWork): Promise<ScriptAnswer> {
  const { attached, target, sending, recorder, signal } = work;
  const { url, headers, removed, credentialHeaders } = authorizeSend(request, attached);
  const record = recorder.begin({ ...request, url, headers }, removed);
  try {
    const answer = await sending.http.send({
      method: request.method,
      url,
      headers: writeHeaders(headers),
      ...(request.body === undefined ? {} : { body: request.body }),
      credentialHeaders,
      maxResponseBytes: target.runner.limits.bodyBytes,
      timeoutMs: Math.max(1, Math.round(sending.deadlineAt - performance.now())),
      signal,
    });
    record?.({ statusCode: answer.status, bytes: answer.body.length });
    return { status: answer.status, headers: listHeaders(answer), body: answer.body };
  } catch (error) {
    record?.({ error: error instanceof HttpError ? error.message : 'The request failed.' });
    throw error;
  }
}

/** The client writes these itself; a script that changed the body would leave them wrong. */
const OWN_HEADERS = new Set([
  'content-length',
  'transfer-encoding',
  'connection',
  'host',
  'keep-alive',
  'upgrade',
]);

function writeHeaders(headers: readonly (readonly [string, string])[]): Record<string, string> {
  const kept = headers.filter(([name]) => !OWN_HEADERS.has(name.toLowerCase()));
  return Object.fromEntries(kept);
}

function listHeaders({ headers }: WireResponse): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return typeof value === 'string' ? [[name, value]] : value.map((one): [string, string] => [name, one]);
  });
}

function joinHeaders({ headers }: ScriptAnswer): WireResponse['headers'] {
  const joined: Record<string, string | string[]> = {};
  for (const [name, value] of headers) {
    const before = joined[name];
    joined[name] = before === undefined ? value : [before, value].flat();
  }
  return joined;
}

/** Notes for the trace; counts what left in any case. */
class Recorder {
  readonly logs: JsonObject[] = [];
  readonly #shown: JsonObject[] = [];
  readonly #target: ScriptTarget;
  sends = 0;

  constructor(target: ScriptTarget) {
    this.#target = target;
  }

  begin(request: ScriptSend, removed: readonly string[]): ((end: JsonObject) => void) | undefined {
    this.sends += 1;
    if (this.#target.tracer === undefined) return undefined;
    const startedAt = performance.now();
    const entry: JsonObject = {
      ...showSend(request, this.#target.values),
      ...(removed.length === 0 ? {} : { credentialsRemoved: [...removed] }),
    };
    this.#shown.push(entry);
    return (end) => Object.assign(entry, end, { durationMs: Math.round(performance.now() - startedAt) });
  }

  finish(end: JsonObject): void {
    const fileName = findScript(this.#target.connector.definition)?.own?.fileName ?? '';
    const logs = maskCredentials(this.logs as Json);
    this.#target.tracer?.add('custom code', { file: fileName, ...end, sends: this.#shown, logs });
  }
}

const CODES: Readonly<Record<CodeErrorCode, CallErrorCode>> = {
  CODE_INVALID: 'ScriptInvalid',
  CODE_FAILED: 'ScriptFailed',
  CODE_TIMED_OUT: 'ScriptTimedOut',
  CODE_CPU_EXCEEDED: 'ScriptTimedOut',
  CODE_OUT_OF_MEMORY: 'ScriptOutOfMemory',
  CODE_LIMIT_EXCEEDED: 'ScriptLimitExceeded',
  CODE_CANCELLED: 'ActionCancelled',
  CODE_CRASHED: 'ScriptCrashed',
};

/** What a run failed with, as the error of a call; `sends` is how many requests left. */
export function toCallFailure(error: unknown, sends: number, title: string): unknown {
  if (error instanceof CodeError) {
    const message = `The custom code of ${title} failed: ${error.message}`;
    const fix = error.fix === undefined ? {} : { fix: error.fix };
    return new CallFailure(CODES[error.code], message, { ...fix, sent: sends > 0, cause: error });
  }
  // The request that failed may not have left; one before it has.
  if (!(error instanceof HttpError) || sends < 2) return error;
  const { code, message, retryable } = describeHttpError(error);
  return new CallFailure(code, message, { retryable, sent: true, cause: error });
}

/** What scripts keep, by connection as it was opened: new credentials begin with nothing. */
export class ScriptCaches {
  readonly #caches = new WeakMap<object, ScriptCache>();

  get(connection: object): ScriptCache {
    const known = this.#caches.get(connection) ?? createScriptCache();
    this.#caches.set(connection, known);
    return known;
  }
}
