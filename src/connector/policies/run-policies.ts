import type { JsonObject } from '../../base/index.ts';
import { toText } from '../request/serialize.ts';
import type { ConnectionValues, HttpRequestPlan } from '../request-types.ts';
import type { PolicyStep } from '../types.ts';
import { findPolicyTemplate } from './policy-templates.ts';
import { evaluatePolicyText } from './policy-text.ts';
import type { PolicyAnswer, PolicyMessage, PolicyRun } from './policy-types.ts';

/** What a policy did, for the trace. */
export interface PolicyNote {
  readonly template: string;
  readonly title?: string;
  /** Why it had no effect. */
  readonly note?: string;
}

export interface PolicyContext {
  readonly values: ConnectionValues;
  readonly inputs: JsonObject;
  readonly request?: HttpRequestPlan;
  readonly location?: string;
  readonly onNote?: (note: PolicyNote) => void;
}

/**
 * Runs policies one after the other. Where one has to ask the service first, the question is yielded and the
 * answer expected back; `undefined` means that nobody asks, and the policy has no effect.
 */
export function* runPolicies(
  start: PolicyMessage,
  steps: readonly PolicyStep[],
  context: PolicyContext,
): Generator<HttpRequestPlan, PolicyMessage, PolicyAnswer | undefined> {
  let message = start;
  for (const step of steps) {
    const template = step.supported ? findPolicyTemplate(step.template) : undefined;
    if (template === undefined) {
      context.onNote?.({ ...describe(step), note: 'Skipped: Patchbay does not know this template.' });
      continue;
    }
    const run = createRun(message, step, context);
    const question = template.ask?.(message, run);
    const answer = question === undefined ? undefined : yield question;
    const effect = template.apply(message, answer === undefined ? run : { ...run, answer });
    ({ message } = effect);
    context.onNote?.({ ...describe(step), ...(effect.note === undefined ? {} : { note: effect.note }) });
  }
  return message;
}

function createRun(message: PolicyMessage, step: PolicyStep, context: PolicyContext): PolicyRun {
  const { values, inputs, request, location } = context;
  const raw = (name: string) => step.parameters[name] ?? '';
  const plain = (name: string) => toText(raw(name));
  return {
    values,
    inputs,
    raw,
    plain,
    text: (name, encodeValue) =>
      evaluatePolicyText(
        plain(name),
        { ...message, values, ...(request === undefined ? {} : { requestHeaders: request.headers }) },
        encodeValue,
      ),
    ...(request === undefined ? {} : { request }),
    ...(location === undefined ? {} : { location }),
  };
}

function describe({ template, title }: PolicyStep): PolicyNote {
  return title === '' ? { template } : { template, title };
}

/** Runs a generator of questions to its end when nobody can be asked. */
export function runWithoutAsking<Result>(
  work: Generator<HttpRequestPlan, Result, PolicyAnswer | undefined>,
): Result {
  let turn = work.next();
  while (turn.done !== true) turn = work.next(undefined);
  return turn.value;
}
