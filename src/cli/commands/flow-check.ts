import { describeError, type Json, type JsonObject, type Problem, parseJson } from '../../base/index.ts';
import { checkFlow, type FlowDefinition, locateProblems } from '../../flow/index.ts';
import { describeFailure, formatProblem, type Output, printJson } from '../output.ts';
import { readText } from '../read-file.ts';
import { describeFlow } from '../read-flow.ts';

/** `patchbay flow check FILE…`: what keeps definitions from running, and what to look at. */
export async function checkFlowFiles(
  paths: readonly string[],
  options: { json?: boolean },
  output: Output,
): Promise<void> {
  for (const path of paths) {
    const { warnings, errors } = await checkText(await readText(path), path);
    const ok = errors.length === 0;
    if (options.json) printJson(output, { path, ok, warnings, errors });
    else printVerdict(path, warnings, errors, output);
    if (!ok) output.setExitCode(1);
  }
}

interface Verdict {
  readonly warnings: readonly Problem[];
  readonly errors: readonly Problem[];
}

async function checkText(text: string, path: string): Promise<Verdict> {
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
    const { definition, pointer, parameters, connections } = await describeFlow(document, path);
    const found = checkFlow(declareParameters(definition, parameters), {
      ...(connections === undefined ? {} : { connectionReferences: connections }),
    });
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

/** What a file beside the flow declares counts as declared in it. */
function declareParameters(definition: FlowDefinition, values: JsonObject): FlowDefinition {
  if (Object.keys(values).length === 0) return definition;
  const declared = Object.fromEntries(Object.keys(values).map((name) => [name, { type: 'object' }]));
  const own = definition.parameters;
  return {
    ...definition,
    parameters: { ...declared, ...(typeof own === 'object' ? (own as JsonObject) : {}) },
  };
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
