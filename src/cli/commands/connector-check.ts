import type { Problem } from '../../base/index.ts';
import { type ConnectorReport, checkConnector } from '../../connector/index.ts';
import { type ConnectorInput, findConnectorInputs, type SourceSettings } from '../find-connectors.ts';
import { describeFailure, formatProblem, type Output, printJson } from '../output.ts';

/** Where many are checked at once, so many warnings of each are told; one that is checked alone tells all. */
const MAX_WARNINGS = 3;

/** `patchbay connector check PATH…`: tries to import each document and package, and says how it went, line by line. */
export async function checkConnectors(
  paths: readonly string[],
  options: { json?: boolean },
  settings: SourceSettings,
  output: Output,
): Promise<void> {
  const inputs = (await Promise.all(paths.map((path) => findConnectorInputs(path, settings)))).flat();
  const total = { inputs: inputs.length, refused: 0, operations: 0, warnings: 0 };
  for (const [index, input] of inputs.entries()) {
    if (inputs.length > 1) output.progress?.(`${index + 1} of ${inputs.length}: ${input.path}`);
    const verdict = await checkInput(input);
    if (!verdict.ok) total.refused += 1;
    total.operations += verdict.operations;
    total.warnings += verdict.warnings.length;
    output.progress?.(undefined);
    if (options.json) printJson(output, verdict);
    else printVerdict(verdict, inputs.length === 1 ? Number.POSITIVE_INFINITY : MAX_WARNINGS, output);
    await output.drained?.();
  }
  if (!options.json && total.inputs !== 1) noteTotal(total, output);
  if (total.refused > 0 || total.inputs === 0) output.setExitCode(1);
}

/** A file that cannot be read is a verdict too: the others are still looked at. */
async function checkInput({ path, read }: ConnectorInput): Promise<ConnectorReport> {
  try {
    return { ...checkConnector(await read()), path };
  } catch (error) {
    const { code, message } = describeFailure(error);
    return {
      path,
      ok: false,
      format: 'unknown',
      title: '',
      auth: [],
      operations: 0,
      warnings: [],
      errors: [{ code, message }],
    };
  }
}

/** A line on the connector, one on what it holds, then what is wrong. */
function printVerdict(verdict: ConnectorReport, maxWarnings: number, output: Output): void {
  const { ok, path, title, format, auth, operations, warnings, errors } = verdict;
  output.print(`${ok ? '✓' : '✗'} ${path}`);
  if (ok) {
    const facts = [title, format, `auth ${auth.join(', ')}`, count(operations, 'operation')];
    output.print(`  ${facts.join(' · ')}`);
  }
  for (const problem of errors) output.print(formatProblem('error', problem));
  for (const problem of warnings.slice(0, maxWarnings)) output.print(formatProblem('warning', problem));
  const left = warnings.length - maxWarnings;
  if (left > 0) output.print(`  and ${count(left, 'warning')} more${listCodes(warnings.slice(maxWarnings))}`);
}

function listCodes(problems: readonly Problem[]): string {
  const codes = [...new Set(problems.map((problem) => problem.code))];
  return `: ${codes.slice(0, 3).join(', ')}${codes.length > 3 ? ', …' : ''}`;
}

function noteTotal(
  total: { inputs: number; refused: number; operations: number; warnings: number },
  output: Output,
): void {
  if (total.inputs === 0) return output.note('There is nothing to import: no JSON, YAML or zip file.');
  const imported = `${total.inputs - total.refused} of ${total.inputs} can be imported`;
  output.note(`${imported} · ${count(total.operations, 'operation')} · ${count(total.warnings, 'warning')}`);
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
