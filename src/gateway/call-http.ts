import type { JsonObject } from '../base/index.ts';
import type { CodeRunner } from '../code/index.ts';
import {
  advancePoll,
  findRateLimit,
  findScript,
  finishRequest,
  type HttpRequestPlan,
  markCustomCode,
  type PolicyNote,
  prepareAsking,
  type RequestContext,
  runResponsePolicies,
  setHeader,
  type WireResponse,
} from '../connector/index.ts';
import type { HttpClient } from '../http/index.ts';
import { CallFailure, createCallError } from './call-errors.ts';
import { concludeAnswer } from './conclude.ts';
import type { OpenConnection } from './connection-cache.ts';
import { runCustomCode, type ScriptCaches } from './custom-code.ts';
import { describeCredentials } from './describe-credentials.ts';
import type { AnswerContext } from './describe-status.ts';
import { planLocation, readHost, readOrigin } from './plan-location.ts';
import { answerQuestions } from './policy-questions.ts';
import type { RateLimits } from './rate-limit.ts';
import { readAnswer } from './read-answer.ts';
import { readWait } from './retry-after.ts';
import type { SelectedOperation } from './select-operation.ts';
import { awaitAccepted, type Sending, sendRequest } from './send-request.ts';
import type { Tracer } from './trace.ts';
import { chooseExchange } from './transfer/choose-exchange.ts';
import type { CallError, CallOutcome, CallOutputs, OperationCall } from './types.ts';

export interface HttpTarget extends RequestContext, Omit<SelectedOperation, 'operation'> {
  readonly connection: OpenConnection;
  readonly tracer: Tracer | undefined;
  readonly limits?: RateLimits | undefined;
  readonly scripts: ScriptServices | undefined;
  /** Told when a policy takes an answer for a sign that the credentials are no longer good. */
  readonly onUnauthenticated?: (error: CallError) => Promise<void>;
}

/** What runs the custom code of connectors. */
export interface ScriptServices {
  readonly runner: CodeRunner;
  readonly caches: ScriptCaches;
  /** Stays the same as long as the connection does; what its scripts keep hangs on it. */
  readonly cacheKey: object;
}

const DEFAULT_TIMEOUT_MS = 120_000;

/** The pipeline of a call over the wire: prepare, send, wait for accepted work, decode, response policies, judge. */
export async function callHttp(
  http: HttpClient,
  call: OperationCall,
  target: HttpTarget,
): Promise<CallOutcome> {
  const { operation, connection, tracer } = target;
  const { openapi } = target.connector.definition;
  const sending: Sending = {
    http,
    deadlineAt: performance.now() + (call.timeoutMs ?? DEFAULT_TIMEOUT_MS),
    signal: call.signal,
    followAsync: operation.kind === 'action' && call.asyncPattern !== false,
    record: tracer && ((plan, end) => tracer.record(plan, target.values, end)),
  };
  const waiting = waitForTurn(target, sending);
  if (waiting !== undefined) {
    const waitedMs = Math.round(await waiting);
    tracer?.add('rate limit', { waitedMs });
  }
  const code = markCustomCode(target.connector.definition, operation.operationId);
  if (code === 'needsPort') throw refuseUnported(target);
  const plan = await preparePlan(call, target, sending);
  const answer =
    code === 'runs'
      ? await exchangeByScript(plan, call, target, sending)
      : await chooseExchange(call, operation, plan)(plan, sending);
  noteAskedToWait(target, answer);
  tracer?.add('send', { statusCode: answer.status, headers: listHeaders(answer), bytes: answer.body.length });
  const { outputs: decoded, error } = readAnswer(operation, answer, connection.redactor, openapi);
  tracer?.add('decode', { ...decoded });
  if (error !== undefined) return { ok: false, outputs: decoded, error };
  if (operation.policies.length === 0) return conclude(decoded, call, target, plan);
  return policeAnswer(decoded, call, target, plan, sending);
}

/** Undefined when the call may go at once, as nearly all may. */
function waitForTurn(
  { limits, connector, connection, values }: HttpTarget,
  { deadlineAt, signal }: Sending,
): Promise<number> | undefined {
  if (limits === undefined) return undefined;
  const rate = connector.rateLimit === undefined ? undefined : findRateLimit(connector.rateLimit, values);
  return limits.enter(connection.id, rate, { deadlineAt, signal, connection: connection.name });
}

/** A service that asks one call to wait means all of the same account. */
function noteAskedToWait({ limits, connection }: HttpTarget, answer: WireResponse): void {
  if (limits === undefined || (answer.status !== 429 && answer.status !== 503)) return;
  const pauseMs = readWait(answer, Date.now());
  if (pauseMs !== undefined && pauseMs > 0) limits.hold(connection.id, pauseMs);
}

function refuseUnported({ connector, operation }: HttpTarget): CallFailure {
  const { fileName } = findScript(connector.definition)?.csharp ?? { fileName: 'a script' };
  const message = `${connector.title} answers ${operation.operationId} with custom code in C# (${fileName}), which Patchbay keeps but does not run.`;
  return new CallFailure('ScriptNeedsPort', message);
}

/** In place of sending: the connector's script sends what it wants; work that is only accepted is waited for after it. */
async function exchangeByScript(
  plan: HttpRequestPlan,
  call: OperationCall,
  target: HttpTarget,
  sending: Sending,
): Promise<WireResponse> {
  const { scripts, connection } = target;
  if (scripts === undefined) throw new TypeError('a call runs custom code, and nothing runs it');
  const answer = await runCustomCode(
    plan,
    {
      ...target,
      redactor: connection.redactor,
      owner: connection.connector.id,
      runner: scripts.runner,
      cache: scripts.caches.get(scripts.cacheKey),
      ...(call.callbackUrl === undefined ? {} : { notificationBaseUrl: call.callbackUrl }),
    },
    sending,
  );
  return awaitAccepted(answer, plan, sending);
}

/** The policies of the answer's side, and what the answer means after them. */
async function policeAnswer(
  decoded: CallOutputs,
  call: OperationCall,
  target: HttpTarget,
  plan: HttpRequestPlan,
  sending: Sending,
): Promise<CallOutcome> {
  const { tracer, inputs, connection } = target;
  const notes: PolicyNote[] = [];
  const work = runResponsePolicies(decoded, target, {
    request: plan,
    inputs,
    ...(call.location === undefined ? {} : { location: call.location }),
    ...(tracer === undefined ? {} : { onNote: (note: PolicyNote) => notes.push(note) }),
  });
  const { unauthenticated, ...outputs } = await answerQuestions(work, (plan) => sendRequest(plan, sending));
  tracer?.add('response policies', { ...outputs, policies: notes.map((note) => ({ ...note })) });
  if (unauthenticated !== true) return conclude(outputs, call, target, plan);
  const message = `${readHost(plan)} does not accept the credentials of the connection ${connection.name}.`;
  const error = createCallError('Unauthorized', message, { retryable: false });
  await target.onUnauthenticated?.(error);
  return { ok: false, outputs, error };
}

/** What the answer means; of a poll, where the next one goes. */
function conclude(
  outputs: CallOutputs,
  { location }: OperationCall,
  target: HttpTarget,
  plan: HttpRequestPlan,
): CallOutcome {
  const { operation } = target;
  const advanced = operation.kind === 'trigger' ? advancePoll(outputs, operation, plan, location) : outputs;
  return concludeAnswer(advanced, () => describeContext(target, plan));
}

async function preparePlan(
  call: OperationCall,
  target: HttpTarget,
  sending: Sending,
): Promise<HttpRequestPlan> {
  const { tracer, inputs, extra } = target;
  const onStep =
    tracer && (({ step, value }: { step: string; value: JsonObject }) => tracer.add(step, value));
  const work = prepareAsking(target, inputs, extra, onStep);
  const plan = await answerQuestions(work, (plan) => sendRequest(plan, sending));
  return call.location === undefined
    ? addIdempotencyKey(addTraceparent(plan, call), call, target)
    : planNext(plan, call.location, target, call.locationMethod);
}

function addTraceparent(plan: HttpRequestPlan, { traceparent }: OperationCall): HttpRequestPlan {
  return traceparent === undefined ? plan : setHeader(plan, 'traceparent', traceparent);
}

function addIdempotencyKey(
  plan: HttpRequestPlan,
  { idempotencyKey }: OperationCall,
  { operation, tracer }: HttpTarget,
): HttpRequestPlan {
  if (idempotencyKey === undefined) return plan;
  const name = operation.idempotencyHeader ?? 'Idempotency-Key';
  // A key among the inputs is the caller's own idea of what is the same.
  if (plan.headers.some((header) => header.name.toLowerCase() === name.toLowerCase())) return plan;
  tracer?.add('idempotency key', { [name]: idempotencyKey });
  return setHeader(plan, name, idempotencyKey);
}

/**
 * The next request of a polling trigger, or the next page of an action.
 *
 * @throws CallFailure InvalidUrl when the service sends it to another host: it would carry credentials there
 */
function planNext(
  plan: HttpRequestPlan,
  location: string,
  { operation }: HttpTarget,
  method: OperationCall['locationMethod'],
): HttpRequestPlan {
  const url = URL.parse(location, finishRequest(plan).url);
  if (method !== undefined && url !== null) adoptScheme(url, plan);
  if (url !== null && url.origin === readOrigin(plan)) {
    const next = planLocation(plan, url);
    return method === undefined ? next : { ...next, method };
  }
  const place = url === null ? 'something that is not a URL' : url.host;
  if (method !== undefined) {
    const message = `${readHost(plan)} keeps the subscription at ${place}; it must be on its own host to be ended.`;
    throw new CallFailure('InvalidUrl', message, { fix: 'End the subscription at the service.' });
  }
  const isPoll = operation.kind === 'trigger';
  const message = `${readHost(plan)} sends the next ${isPoll ? 'poll' : 'page'} to ${place}; it must stay on its own host.`;
  throw new CallFailure('InvalidUrl', message, {
    fix: isPoll
      ? 'Turn the flow off and on to begin again; if it stays so, ask the people who run the service.'
      : 'Ask the people who run the service, or set the base URL of the connector to the host it names.',
  });
}

/** Behind a proxy that speaks TLS for it, a service often names its own addresses with http. */
function adoptScheme(url: URL, plan: HttpRequestPlan): void {
  const origin = URL.parse(readOrigin(plan) ?? '');
  if (origin?.protocol === 'https:' && url.protocol === 'http:' && origin.host === url.host) {
    url.protocol = 'https:';
  }
}

function describeContext(target: HttpTarget, plan: HttpRequestPlan): AnswerContext {
  const { operation, method, values, connection } = target;
  return {
    service: readHost(plan),
    request: `${operation.method} ${operation.path}`,
    credentials: describeCredentials(method, operation, values),
    authenticationKind: method.kind,
    connection: connection.name,
    nowMs: Date.now(),
  };
}

function listHeaders({ headers }: WireResponse): JsonObject {
  const result: JsonObject = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) result[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return result;
}
