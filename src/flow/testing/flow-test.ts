import { isJsonObject, type Json, type JsonObject, type Problem } from '../../base/index.ts';
import { createValidator } from '../../schema/index.ts';
import type { ActionView } from '../machine/view.ts';
import { FLOW_TEST_SCHEMA } from './flow-test-schema.ts';
import { findDifference } from './match.ts';
import type { FlowTestInput, FlowTestResult } from './test-flow.ts';

/** One case of a test file: what is given, and what is expected. */
export interface FlowTestCase {
  readonly name: string;
  readonly input: FlowTestInput;
  readonly expect: JsonObject;
}

/** A test file, read. */
export interface FlowTestFile {
  /** The path of the definition from the file, where it is stated. */
  readonly flow: string | undefined;
  readonly cases: readonly FlowTestCase[];
}

const validate = createValidator(FLOW_TEST_SCHEMA);

/** Reads a `*.flowtest.json`, or tells what is wrong with it. What stands beside `cases` counts for each of them. */
export function readFlowTest(document: Json): FlowTestFile | { readonly problems: readonly Problem[] } {
  const problems = validate(document).map(({ pointer, message }) => ({
    code: 'FLOW_TEST_INVALID',
    message: `${pointer || '/'} ${message}`,
    pointer,
  }));
  if (problems.length > 0 || !isJsonObject(document)) return { problems };
  const { cases, flow, ...common } = document;
  const list = Array.isArray(cases) ? cases.filter(isJsonObject) : [{}];
  return {
    flow: typeof flow === 'string' ? flow : undefined,
    cases: list.map((entry, index) => readCase(mergeCase(common, entry), index)),
  };
}

/** Mocks and parameters add up, everything else is replaced. */
function mergeCase(common: JsonObject, entry: JsonObject): JsonObject {
  return {
    ...common,
    ...entry,
    mocks: {
      actions: { ...memberOf(common.mocks, 'actions'), ...memberOf(entry.mocks, 'actions') },
      flows: { ...memberOf(common.mocks, 'flows'), ...memberOf(entry.mocks, 'flows') },
    },
    parameters: { ...asObject(common.parameters), ...asObject(entry.parameters) },
  };
}

function readCase(entry: JsonObject, index: number): FlowTestCase {
  const now = typeof entry.now === 'string' ? Date.parse(entry.now) : undefined;
  return {
    name: typeof entry.name === 'string' ? entry.name : `case ${index + 1}`,
    input: {
      trigger: entry.trigger,
      triggerName: typeof entry.triggerName === 'string' ? entry.triggerName : undefined,
      mocks: entry.mocks,
      parameters: asObject(entry.parameters),
      now,
    },
    expect: asObject(entry.expect),
  };
}

/** Everything about a result that is not as expected, a sentence each. */
export function judgeFlowTest(expect: JsonObject, result: FlowTestResult): string[] {
  const failures = result.unknownMocks.map((name) => `the mocks name '${name}', which no action is called`);
  const add = (failure: string | undefined) => {
    if (failure !== undefined) failures.push(failure);
  };
  const reason = result.error === undefined ? '' : ` (${result.error.code}: ${result.error.message})`;
  if (expect.status !== undefined && expect.status !== result.status) {
    add(`the run is ${result.status}, expected ${String(expect.status)}${reason}`);
  }
  if (expect.error !== undefined) add(judgeError(expect.error, result.error, 'error'));
  if (expect.response !== undefined) add(judgeResponse(expect.response, result));
  for (const [name, wanted] of Object.entries(asObject(expect.actions))) {
    failures.push(...judgeAction(name, asObject(wanted), result.actions));
  }
  for (const name of listNames(expect.notRun)) {
    const ran = executionsOf(name, result.actions).filter(({ status }) => status !== 'Skipped');
    if (ran.length > 0) add(`${name} is ${ran[0]?.status}, expected not to run`);
  }
  add(judgeOrder(listNames(expect.order), result));
  return failures;
}

function judgeResponse(expected: Json, { response }: FlowTestResult): string | undefined {
  if (expected === null) return response === undefined ? undefined : 'there is a response, expected none';
  if (response === undefined) return 'there is no response';
  const { statusCode, headers, body } = response;
  return findDifference(
    expected,
    { statusCode, headers, ...(body === undefined ? {} : { body }) },
    'response',
  );
}

/** The message is a part of the real one. */
function judgeError(
  expected: Json,
  error: { code: string; message: string } | undefined,
  path: string,
): string | undefined {
  const { code, message } = asObject(expected);
  if (error === undefined) return `${path} is missing`;
  if (code !== undefined && code !== error.code)
    return `${path}.code is ${error.code}, expected ${String(code)}`;
  if (typeof message !== 'string' || error.message.includes(message)) return undefined;
  return `${path}.message is "${error.message}", expected to hold "${message}"`;
}

/** A name stands for the last execution of an action, a key for one. */
function executionsOf(name: string, actions: readonly ActionView[]): ActionView[] {
  const byKey = actions.filter((action) => action.key === name);
  return byKey.length > 0 ? byKey : actions.filter((action) => action.name === name);
}

function judgeAction(name: string, wanted: JsonObject, actions: readonly ActionView[]): string[] {
  const executions = executionsOf(name, actions);
  const ran = executions.filter(({ status }) => status !== 'Skipped');
  const failures: string[] = [];
  if (wanted.times !== undefined && ran.length !== wanted.times) {
    failures.push(`${name} ran ${ran.length} times, expected ${String(wanted.times)}`);
  }
  const last = executions.at(-1);
  const { times: _times, error, ...fields } = wanted;
  if (last === undefined) {
    return Object.keys(fields).length + (error === undefined ? 0 : 1) === 0 || fields.status === 'Skipped'
      ? failures
      : [...failures, `${name} has not run`];
  }
  for (const field of ['status', 'code', 'attempts', 'inputs', 'outputs', 'tracked'] as const) {
    const expected = fields[field];
    if (expected === undefined) continue;
    const found = findDifference(expected, last[field] as Json | undefined, `${name}.${field}`);
    if (found !== undefined) {
      failures.push(field === 'status' && last.error ? `${found} (${last.error.message})` : found);
    }
  }
  const wrong = error === undefined ? undefined : judgeError(error, last.error, `${name}.error`);
  return wrong === undefined ? failures : [...failures, wrong];
}

/** Each of the named actions begins, for the first time, after the one before it. */
function judgeOrder(order: readonly string[], result: FlowTestResult): string | undefined {
  let before = { name: '', place: -1 };
  for (const name of order) {
    const keys = new Set(executionsOf(name, result.actions).map(({ key }) => key));
    const place = result.order.findIndex((key) => keys.has(key));
    if (place < 0) return `${name} has not run, expected in the order ${order.join(', ')}`;
    if (place < before.place) {
      return `${name} begins before ${before.name}, expected the order ${order.join(', ')}`;
    }
    before = { name, place };
  }
  return undefined;
}

function listNames(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function asObject(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function memberOf(value: Json | undefined, name: string): JsonObject {
  return asObject(asObject(value)[name]);
}
