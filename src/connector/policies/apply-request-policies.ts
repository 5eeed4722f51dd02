import type { HttpRequestPlan, OperationInputs, RequestContext } from '../request-types.ts';
import type { PolicyAnswer, PolicyMessage } from './policy-types.ts';
import { type PolicyNote, runPolicies, runWithoutAsking } from './run-policies.ts';

type Context = Pick<RequestContext, 'connector' | 'operation' | 'values'>;

/**
 * Runs the policies of the request's side, in their order, without sending anything: one that has to ask the
 * service first has no effect here. A template nobody knows is passed over: its step says `supported: false`.
 *
 * @throws ConnectorError CONNECTOR_INVALID_POLICY when a host policy makes no host.
 */
export function applyRequestPolicies(
  plan: HttpRequestPlan,
  context: Context,
  inputs: OperationInputs,
  onNote?: (note: PolicyNote) => void,
): HttpRequestPlan {
  return runWithoutAsking(runRequestPolicies(plan, context, inputs, onNote));
}

/** The same, yielding the questions: whoever drives it sends them and hands the answers back. */
export function* runRequestPolicies(
  plan: HttpRequestPlan,
  { operation, values }: Context,
  inputs: OperationInputs,
  onNote?: (note: PolicyNote) => void,
): Generator<HttpRequestPlan, HttpRequestPlan, PolicyAnswer | undefined> {
  const steps = operation.policies.filter((policy) => policy.section === 'request');
  if (steps.length === 0) return plan;
  const start: PolicyMessage = {
    side: 'request',
    method: plan.method,
    baseUrl: plan.baseUrl,
    path: plan.path,
    query: plan.query,
    headers: plan.headers,
    body: plan.body?.kind === 'json' ? plan.body.value : inputs.body,
    bodyIsJson: plan.body?.kind === 'json',
    statusCode: 0,
  };
  const end = yield* runPolicies(start, steps, {
    values,
    inputs: inputs.parameters,
    ...(onNote === undefined ? {} : { onNote }),
  });
  return { ...plan, ...takeOver(end, start) };
}

function takeOver(end: PolicyMessage, start: PolicyMessage): Partial<HttpRequestPlan> {
  const { method, baseUrl, path, query, headers, body } = end;
  const changed = body !== start.body && end.bodyIsJson && body !== undefined;
  return {
    method,
    baseUrl,
    path,
    query,
    headers,
    ...(changed ? { body: { kind: 'json', value: body } } : {}),
  };
}
