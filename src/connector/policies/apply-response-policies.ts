import type { JsonObject } from '../../base/index.ts';
import { toText } from '../request/serialize.ts';
import type { HeaderEntry, HttpRequestPlan, OperationResult, RequestContext } from '../request-types.ts';
import type { PolicyAnswer, PolicyMessage } from './policy-types.ts';
import { type PolicyNote, runPolicies, runWithoutAsking } from './run-policies.ts';

/** What the policies of an answer need to know of its request. */
export interface AnsweredRequest {
  readonly request?: HttpRequestPlan;
  /** The operation's inputs by name. */
  readonly inputs?: JsonObject;
  /** Where a later poll of a trigger went. */
  readonly location?: string;
  readonly onNote?: (note: PolicyNote) => void;
}

/** An answer after its policies. */
export interface PolicedResult extends OperationResult {
  /** A policy takes the answer for a sign that the connection's credentials are no longer good. */
  readonly unauthenticated?: boolean;
}

type Context = Pick<RequestContext, 'operation' | 'values'>;

/**
 * Runs the policies of the answer's side, in their order: those of section `Response` on every answer, those of
 * `Failure` on 4xx and 5xx. Nothing is sent.
 */
export function applyResponsePolicies(
  result: OperationResult,
  context: Context,
  answered: AnsweredRequest = {},
): PolicedResult {
  return runWithoutAsking(runResponsePolicies(result, context, answered));
}

/** The same, yielding the questions: whoever drives it sends them and hands the answers back. */
export function* runResponsePolicies(
  result: OperationResult,
  { operation, values }: Context,
  { request, ...rest }: AnsweredRequest,
): Generator<HttpRequestPlan, PolicedResult, PolicyAnswer | undefined> {
  const failed = result.statusCode >= 400;
  const steps = operation.policies.filter(
    ({ section }) => section === 'response' || (failed && section === 'failure'),
  );
  if (steps.length === 0) return result;
  const end = yield* runPolicies(startOf(result, request), steps, {
    values,
    inputs: {},
    ...rest,
    ...(request === undefined ? {} : { request }),
  });
  return {
    statusCode: end.statusCode,
    headers: toObject(end.headers),
    body: end.body ?? null,
    ...(end.unauthenticated === true ? { unauthenticated: true } : {}),
  };
}

function startOf(
  { statusCode, headers, body }: OperationResult,
  request: HttpRequestPlan | undefined,
): PolicyMessage {
  return {
    side: 'response',
    method: request?.method ?? '',
    baseUrl: request?.baseUrl ?? '',
    path: request?.path ?? '/',
    query: request?.query ?? [],
    headers: Object.entries(headers).map(([name, value]) => ({ name, value: toText(value) })),
    body,
    bodyIsJson: typeof body === 'object' && body !== null,
    statusCode,
  };
}

function toObject(headers: readonly HeaderEntry[]): Record<string, string> {
  const object: Record<string, string> = {};
  for (const { name, value } of headers) {
    const key = name.toLowerCase();
    object[key] = object[key] === undefined ? String(value) : `${object[key]}, ${String(value)}`;
  }
  return object;
}
