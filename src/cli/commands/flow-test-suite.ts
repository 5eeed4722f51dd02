import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type FlowTestCase, judgeFlowTest, readFlowTest, testFlowWithCode } from '../../flow/index.ts';
import { CliError } from '../errors.ts';
import { describeFailure, type Output, printJson } from '../output.ts';
import { readJsonFile } from '../read-file.ts';
import { type FlowFile, indexFlows, readFlow } from '../read-flow.ts';
import { TestCode } from './run-code.ts';

/** How one case of a test file went. */
interface Verdict {
  readonly file: string;
  readonly name: string;
  readonly ok: boolean;
  readonly failures: readonly string[];
  readonly ms: number;
}

/** `patchbay flow test FOLDER`: runs every `*.flowtest.json` below it, and ends with 1 when one fails. */
export async function runFlowTests(
  paths: readonly string[],
  options: { json?: boolean },
  output: Output,
): Promise<void> {
  const verdicts: Verdict[] = [];
  const code = new TestCode();
  for (const path of paths) verdicts.push(...(await runFile(path, code)));
  await code.close();
  const failed = verdicts.filter(({ ok }) => !ok).length;
  if (options.json) for (const verdict of verdicts) printJson(output, verdict);
  else printTable(verdicts, failed, output);
  if (failed > 0) output.setExitCode(1);
}

/**
 * The test files below a folder, in the order of their names.
 *
 * @throws CliError when there is none
 */
export async function findFlowTests(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.flowtest.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('/node_modules/'))
    .sort();
  if (files.length === 0) {
    throw new CliError('FILE_NOT_FOUND', `There is no *.flowtest.json in ${folder}.`);
  }
  return files;
}

async function runFile(path: string, code: TestCode): Promise<Verdict[]> {
  try {
    const test = readFlowTest(await readJsonFile(path));
    if ('problems' in test) {
      return [{ file: path, name: '', ok: false, failures: test.problems.map((one) => one.message), ms: 0 }];
    }
    const flowPath = join(dirname(path), test.flow ?? `${basename(path, '.flowtest.json')}.json`);
    const flow = await readFlow(flowPath);
    const findFlow = await indexFlows(flowPath);
    const verdicts: Verdict[] = [];
    for (const one of test.cases) verdicts.push(await runCase(path, one, { flow, findFlow, code }));
    return verdicts;
  } catch (error) {
    return [{ file: path, name: '', ok: false, failures: [describeFailure(error).message], ms: 0 }];
  }
}

interface Surroundings {
  readonly flow: FlowFile;
  readonly findFlow: Awaited<ReturnType<typeof indexFlows>>;
  readonly code: TestCode;
}

async function runCase(
  file: string,
  { name, input, expect }: FlowTestCase,
  { flow, findFlow, code }: Surroundings,
): Promise<Verdict> {
  const startedAt = performance.now();
  const given = { ...input, parameters: { ...flow.parameters, ...input.parameters }, findFlow };
  let failures: readonly string[];
  try {
    failures = judgeFlowTest(expect, await testFlowWithCode(flow.definition, given, code.run));
  } catch (error) {
    failures = [describeFailure(error).message];
  }
  return { file, name, ok: failures.length === 0, failures, ms: Math.round(performance.now() - startedAt) };
}

function printTable(verdicts: readonly Verdict[], failed: number, output: Output): void {
  const width = Math.max(...verdicts.map(({ file }) => file.length));
  for (const { file, name, ok, failures, ms } of verdicts) {
    output.print(`${ok ? '✓' : '✗'} ${file.padEnd(width)}  ${name}  ${ms} ms`);
    for (const failure of failures) output.print(`    ${failure}`);
  }
  output.print(`${verdicts.length - failed} of ${verdicts.length} passed`);
}
