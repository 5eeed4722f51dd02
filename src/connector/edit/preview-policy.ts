import type { Json } from '../../base/index.ts';
import { makeSample } from '../../schema/index.ts';
import { ConnectorError } from '../errors.ts';
import { applyResponsePolicies } from '../policies/apply-response-policies.ts';
import { readPolicies } from '../policies/read-policies.ts';
import type { PolicyNote } from '../policies/run-policies.ts';
import { prepareRequest } from '../request/prepare-request.ts';
import { readInputs } from '../request/read-inputs.ts';
import { redactRequest } from '../request/redact-request.ts';
import { makeSampleConnection } from '../request/sample-connection.ts';
import { makeSampleInputs } from '../request/sample-inputs.ts';
import type { OperationResult, RequestContext } from '../request-types.ts';
import type { CompiledConnector, CompiledOperation, PolicyStep } from '../types.ts';

/** A sample message before and after a policy, as text: a line for the address, each header, and the body. */
export interface PolicyPreview {
  readonly before: string;
  readonly after: string;
  /** Why it changed nothing. */
  readonly note?: string;
  /** Why no message can be made. */
  readonly problem?: string;
}

/**
 * What a policy does to a sample request, or a sample answer, of an operation, after all policies that run before it.
 * Nothing is sent: a policy that has to ask the service has no effect here. Undefined when it does not apply.
 *
 * @param index its place among the entries of `policyTemplateInstances`
 */
export function previewPolicy(
  connector: CompiledConnector,
  index: number,
  operationId: string,
): PolicyPreview | undefined {
  const operation = connector.operations.find((one) => one.operationId === operationId);
  const [method] = connector.authentication;
  const instances = connector.definition.properties['policyTemplateInstances'];
  if (operation === undefined || method === undefined || !Array.isArray(instances)) return undefined;
  const listApplying = (count: number) =>
    readPolicies({ policyTemplateInstances: instances.slice(0, count) }).filter(
      ({ operationIds }) => operationIds === undefined || operationIds.has(operationId),
    );
  const earlier = listApplying(index);
  const policies = listApplying(index + 1);
  const policy = policies[earlier.length];
  if (policy === undefined) return undefined;
  const values = makeSampleConnection(connector, method);
  const context = { connector, operation, values, method };
  try {
    return policy.section === 'request'
      ? previewRequest(context, earlier, policies)
      : previewAnswer(context, earlier, policies, policy);
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return { before: '', after: '', problem: error.message };
  }
}

type Policies = readonly PolicyStep[];

function previewRequest(context: RequestContext, earlier: Policies, policies: Policies): PolicyPreview {
  const { connector, operation, values } = context;
  const inputs = makeSampleInputs(connector, operation);
  let note: string | undefined;
  const write = (steps: Policies) => {
    const within = { ...context, operation: { ...operation, policies: steps } };
    const plan = prepareRequest(within, inputs, {}, (step) => {
      if (step.step === 'policies') note = readLastNote(step.value['policies']);
    });
    const { method, url, headers, body } = redactRequest(plan, values);
    return writeMessage(`${String(method)} ${String(url)}`, Object(headers), body);
  };
  const before = write(earlier);
  note = undefined;
  const after = write(policies);
  return { before, after, ...(note === undefined ? {} : { note }) };
}

function readLastNote(notes: Json | undefined): string | undefined {
  const last = Array.isArray(notes) ? notes.at(-1) : undefined;
  const text = Object(last)['note'];
  return typeof text === 'string' ? text : undefined;
}

function previewAnswer(
  context: RequestContext,
  earlier: Policies,
  policies: Policies,
  policy: PolicyStep,
): PolicyPreview {
  const { connector, operation } = context;
  const given = makeSampleInputs(connector, operation);
  const inputs = readInputs(connector, operation, given).parameters;
  const request = prepareRequest(context, given);
  const sample = makeSampleAnswer(connector, operation, findStatus(policy));
  const notes: PolicyNote[] = [];
  const write = (steps: Policies) => {
    notes.length = 0;
    const within = { ...context, operation: { ...operation, policies: steps } };
    const answer = applyResponsePolicies(sample, within, {
      request,
      inputs,
      onNote: (note) => notes.push(note),
    });
    const message = writeMessage(String(answer.statusCode), answer.headers, answer.body);
    return answer.unauthenticated === true
      ? `${message}\n\nThe connection must be signed in again.`
      : message;
  };
  const before = write(earlier);
  const after = write(policies);
  const note = notes.at(-1)?.note;
  return { before, after, ...(note === undefined ? {} : { note }) };
}

/** A policy that looks at a status is shown an answer of that status. */
function findStatus({ section, parameters }: PolicyStep): number {
  const status = Number(parameters['statusCode']);
  if (Number.isInteger(status) && status >= 200 && status <= 599) return status;
  return section === 'failure' ? 500 : 200;
}

/** An answer of an operation as its definition describes it. */
function makeSampleAnswer(
  { definition }: CompiledConnector,
  { responses }: CompiledOperation,
  statusCode: number,
): OperationResult {
  const isFailure = statusCode >= 400;
  const fits = (status: string) => status.startsWith(isFailure ? (String(statusCode)[0] ?? '') : '2');
  const response =
    responses.find(({ status }) => status === String(statusCode)) ??
    responses.find(({ status, schema }) => schema !== undefined && fits(status)) ??
    responses.find(({ status }) => status === 'default');
  const body = response?.schema === undefined ? null : makeSample(response.schema, definition.openapi);
  return { statusCode, headers: body === null ? {} : { 'content-type': 'application/json' }, body };
}

function writeMessage(
  first: string,
  headers: Readonly<Record<string, Json>>,
  body: Json | undefined,
): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}`);
  const text = typeof body === 'string' ? body : JSON.stringify(body, null, 2);
  return [first, ...lines, ...(body === undefined || body === null ? [] : ['', text])].join('\n');
}
