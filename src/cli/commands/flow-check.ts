import { describeError, type Json, type Problem, parseJson } from '../../base/index.ts';
import { checkFlow, locateProblems, readFlowDocument } from '../../flow/index.ts';
import { describeFailure, formatProblem, type Output, printJson } from '../output.ts';
import { readText } from '../read-file.ts';

/** `patchbay flow check FILE`: what keeps a definition from running, and what to look at. */
export async function checkFlowFile(
  path: string,
  options: { json?: boolean },
  output: Output,
): Promise<void> {
  const { warnings, errors } = checkText(await readText(path));
  const ok = errors.length === 0;
  if (options.json) printJson(output, { path, ok, warnings, errors });
  else printVerdict(path, warnings, errors, output);
  if (!ok) output.setExitCode(1);
}

function checkText(text: string): { warnings: readonly Problem[]; errors: readonly Problem[] } {
  let document: Json;
  try {
    document = parseJson(text);
  } catch (error) {
    return {
      warnings: [],
      errors: [{ code: 'FLOW_NOT_JSON', message: `The file is not JSON: ${describeError(error)}.` }],
    };
  }
  try {
    const { definition, pointer } = readFlowDocument(document);
    const found = checkFlow(definition);
    const place = (problems: readonly Problem[]) =>
      locateProblems(
        problems.map((problem) => ({ ...problem, pointer: pointer + (problem.pointer ?? '') })),
        text,
      );
    return { warnings: place(found.warnings), errors: place(found.errors) };
  } catch (error) {
    const { code, message } = describeFailure(error);
    return { warnings: [], errors: [{ code, message }] };
  }
}

function printVerdict(
  path: string,
  warnings: readonly Problem[],
  errors: readonly Problem[],
  output: Output,
): void {
  const verdict = errors.length === 0 ? '✓' : '✗';
  output.print(`${verdict} ${path}: ${errors.length} errors, ${warnings.length} warnings`);
  for (const problem of errors) output.print(formatProblem('error', problem));
  for (const problem of warnings) output.print(formatProblem('warning', problem));
}
