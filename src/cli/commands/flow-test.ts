import { stat } from 'node:fs/promises';
import { isJsonObject, type Json, stringifyJson } from '../../base/index.ts';
import { FLOW_TEST_SCHEMA, type FlowTestResult, testFlowWithCode } from '../../flow/index.ts';
import { CliError } from '../errors.ts';
import { describeFailure, type Output, printJson } from '../output.ts';
import { readJsonFile } from '../read-file.ts';
import { indexFlows, readFlow, readParameters } from '../read-flow.ts';
import { findFlowTests, runFlowTests } from './flow-test-suite.ts';
import { walkFlowFiles } from './flow-walk.ts';
import { TestCode } from './run-code.ts';

export interface FlowTestOptions {
  readonly trigger?: string;
  readonly mocks?: string;
  readonly parameters?: string;
  readonly schema?: boolean;
  readonly walk?: boolean;
  readonly json?: boolean;
}

type ActionResult = FlowTestResult['actions'][number];

/** `patchbay flow test`: a folder's tests, one test file, or a flow with a trigger and mocks; `--schema` the format. */
export async function runFlowTest(
  path: string | undefined,
  options: FlowTestOptions,
  output: Output,
): Promise<void> {
  if (options.schema) return output.print(stringifyJson(FLOW_TEST_SCHEMA, 2));
  if (path === undefined) {
    throw new CliError('INVALID_OPTION', 'Name a flow, a *.flowtest.json, or a folder that holds some.');
  }
  if (options.walk) return walkFlowFiles(path, options, output);
  if (path.endsWith('.flowtest.json')) return runFlowTests([path], options, output);
  if (await isFolder(path)) return runFlowTests(await findFlowTests(path), options, output);
  await testFlowFile(path, options, output);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

/**
 * `patchbay flow test FILE --trigger t.json --mocks m.json`: runs a definition on the real state machine, in
 * memory, with the outcome of each call taken from the mocks. Ends with 0 only when the run succeeded.
 */
async function testFlowFile(path: string, options: FlowTestOptions, output: Output): Promise<void> {
  const flow = await readFlow(path);
  const parameters = await readOptional(options.parameters);
  if (parameters !== undefined && !isJsonObject(parameters)) {
    throw new CliError('FILE_NOT_JSON', `${options.parameters} must hold an object.`);
  }
  const input = {
    trigger: await readOptional(options.trigger),
    mocks: await readOptional(options.mocks),
    parameters: { ...flow.parameters, ...readParameters(parameters) },
    findFlow: await indexFlows(path),
  };
  let result: FlowTestResult;
  const code = new TestCode();
  try {
    result = await testFlowWithCode(flow.definition, input, code.run);
  } catch (error) {
    const { code, message } = describeFailure(error);
    if (options.json)
      printJson(output, { path, status: 'NotStarted', error: { code, message }, actions: [] });
    else output.note(message);
    output.setExitCode(1);
    return;
  } finally {
    await code.close();
  }
  for (const name of result.unknownMocks) {
    output.note(`The mocks name '${name}', which no action of the flow is called.`);
  }
  if (options.json) printJson(output, { path, ...result, actions: result.actions.map(formatInstants) });
  else printRun(result, output);
  if (result.status !== 'Succeeded') output.setExitCode(1);
}

async function readOptional(path: string | undefined): Promise<Json | undefined> {
  return path === undefined ? undefined : readJsonFile(path);
}

function formatInstants({ startedAt, endedAt, ...action }: ActionResult) {
  const format = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString());
  return { ...action, startedAt: format(startedAt), endedAt: format(endedAt) };
}

function printRun(result: FlowTestResult, output: Output): void {
  output.print(`Run: ${result.status}`);
  if (result.error) output.print(`  ${result.error.code}: ${result.error.message}`);
  if (result.response) output.print(`  response ${stringifyJson(result.response as unknown as Json)}`);
  for (const action of result.actions) {
    output.print(`${formatStatus(action.status)} ${action.key}  ${action.status}`);
    if (action.inputs !== undefined) output.print(`    inputs  ${stringifyJson(action.inputs)}`);
    if (action.outputs !== undefined) output.print(`    outputs ${stringifyJson(action.outputs)}`);
    if (action.error) output.print(`    error   ${action.error.code}: ${action.error.message}`);
  }
}

function formatStatus(status: string): string {
  if (status === 'Succeeded') return '✓';
  return status === 'Skipped' ? '–' : '✗';
}
