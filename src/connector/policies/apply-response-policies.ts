import { revealText } from '../request/secret-text.ts';
import { toText } from '../request/serialize.ts';
import type { HeaderEntry, OperationResult, PolicyStep, RequestContext } from '../types.ts';
import { evaluatePolicyText } from './policy-text.ts';
import { setHeaderEntry } from './set-header.ts';

/**
 * Runs the policies of the answer's side, in their order: those of section `Response` on every answer, those of
 * `Failure` on 4xx and 5xx.
 */
export function applyResponsePolicies(
  result: OperationResult,
  { operation, values }: Pick<RequestContext, 'operation' | 'values'>,
): OperationResult {
  const failed = result.statusCode >= 400;
  return operation.policies
    .filter(
      (policy) =>
        policy.supported && (policy.section === 'response' || (failed && policy.section === 'failure')),
    )
    .reduce((current, policy) => applyPolicy(current, policy, values), result);
}

function applyPolicy(
  result: OperationResult,
  policy: PolicyStep,
  values: RequestContext['values'],
): OperationResult {
  if (policy.template !== 'setheader') return result;
  const headers: HeaderEntry[] = Object.entries(result.headers).map(([name, value]) => ({
    name,
    value: toText(value),
  }));
  const scope = { values, headers, query: [], body: result.body };
  const text = (name: string) => evaluatePolicyText(toText(policy.parameters[name] ?? ''), scope);
  const name = revealText(text('name'));
  // A secret may not become part of an answer, which is kept and shown: it stands there masked.
  const value = String(text('value'));
  const existsAction = toText(policy.parameters['existsAction'] ?? '').toLowerCase();
  return { ...result, headers: toObject(setHeaderEntry(headers, name, value, existsAction)) };
}

function toObject(headers: readonly HeaderEntry[]): Record<string, string> {
  const object: Record<string, string> = {};
  for (const { name, value } of headers) {
    const key = name.toLowerCase();
    object[key] = object[key] === undefined ? String(value) : `${object[key]}, ${String(value)}`;
  }
  return object;
}
