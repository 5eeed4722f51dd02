import type { JsonObject, Problem } from '../../base/index.ts';
import { ConnectorError } from '../errors.ts';
import { runRequestPolicies } from '../policies/apply-request-policies.ts';
import type { PolicyAnswer } from '../policies/policy-types.ts';
import { type PolicyNote, runWithoutAsking } from '../policies/run-policies.ts';
import type { HttpRequestPlan, OperationInputs, RequestContext, TracedStep } from '../request-types.ts';
import { applyCredentials } from './apply-credentials.ts';
import { applyDefaults } from './apply-defaults.ts';
import { type BuildOptions, buildRequest } from './build-request.ts';
import { checkInputs } from './check-inputs.ts';
import { readInputs } from './read-inputs.ts';
import { redactInputs, redactRequest } from './redact-request.ts';

/** Told about each step when somebody wants to look; nothing is prepared for it otherwise. */
export type OnStep = (step: TracedStep) => void;

/**
 * The pure half of a call, from inputs to a request ready for `finishRequest`: take the inputs apart, check them,
 * fill in defaults, build, add credentials, apply the request's policies. A policy that has to ask the service
 * first has no effect here: see `prepareAsking`.
 *
 * @throws ConnectorError CONNECTOR_INVALID_INPUTS, CONNECTOR_INVALID_URL, CONNECTOR_INVALID_POLICY
 */
export function prepareRequest(
  context: RequestContext,
  given: JsonObject,
  options: BuildOptions = {},
  onStep?: OnStep,
): HttpRequestPlan {
  return runWithoutAsking(prepareAsking(context, given, options, onStep));
}

/** The same, yielding the questions of policies: whoever drives it sends them and hands the answers back. */
export function* prepareAsking(
  context: RequestContext,
  given: JsonObject,
  options: BuildOptions = {},
  onStep?: OnStep,
): Generator<HttpRequestPlan, HttpRequestPlan, PolicyAnswer | undefined> {
  const { connector, operation } = context;
  const inputs = readInputs(connector, operation, given);
  if (options.unchecked !== true) assertInputs(checkInputs(connector, operation, inputs));
  onStep?.({ step: 'inputs', value: showInputs(inputs, context) });
  const completed = applyDefaults(connector, operation, inputs);
  onStep?.({ step: 'defaults', value: showInputs(completed, context) });
  const built = buildRequest(context, completed, options);
  onStep?.({ step: 'request', value: redactRequest(built, context.values) });
  const authorized = applyCredentials(built, context);
  onStep?.({ step: 'credentials', value: redactRequest(authorized, context.values) });
  const notes: PolicyNote[] = [];
  const onNote = onStep && ((note: PolicyNote) => notes.push(note));
  const final = yield* runRequestPolicies(authorized, context, completed, onNote);
  onStep?.({
    step: 'policies',
    value: { ...redactRequest(final, context.values), ...showPolicies(notes, context) },
  });
  return final;
}

/** Runs the steps for looking at them only: the request after each, secrets masked. An error ends the list. */
export function traceSteps(
  context: RequestContext,
  given: JsonObject,
  options: BuildOptions = {},
): TracedStep[] {
  const steps: TracedStep[] = [];
  try {
    prepareRequest(context, given, options, (step) => steps.push(step));
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    steps.push({ step: 'error', value: { code: error.code, message: error.message } });
  }
  return steps;
}

function assertInputs(problems: readonly Problem[]): void {
  const [first, ...more] = problems;
  if (first === undefined) return;
  const rest = more.length === 0 ? '' : ` (and ${more.length} more)`;
  throw new ConnectorError('CONNECTOR_INVALID_INPUTS', `${first.message}${rest}`, {
    ...(first.pointer === undefined ? {} : { pointer: first.pointer }),
    extra: { problems },
  });
}

function showInputs(inputs: OperationInputs, { values }: RequestContext): JsonObject {
  const shown = {
    parameters: inputs.parameters,
    ...(inputs.body === undefined ? {} : { body: inputs.body }),
  };
  return redactInputs(shown, values);
}

/** What ran, and what was passed over, stays visible. */
function showPolicies(notes: readonly PolicyNote[], { operation }: RequestContext): JsonObject {
  const skipped = operation.policies.filter((policy) => !policy.supported).map(({ template }) => template);
  return {
    ...(notes.length === 0 ? {} : { policies: notes.map((note) => ({ ...note })) }),
    ...(skipped.length === 0 ? {} : { skippedPolicies: skipped }),
  };
}
