import { describeError, type JsonObject, type Problem, parseJson } from '../../base/index.ts';
import {
  checkFlow,
  type FlowDefinition,
  type FlowDocument,
  listFlowDocuments,
  locateProblems,
  readFlowDocument,
} from '../../flow/index.ts';
import { type FlowSource, listFlowSources } from '../flow-source.ts';
import { describeFailure, formatProblem, type Output, printJson } from '../output.ts';
import { describeFlow } from '../read-flow.ts';

/** `patchbay flow check FILE…`: what keeps definitions from running, and what to look at. */
export async function checkFlowFiles(
  paths: readonly string[],
  options: { json?: boolean },
  output: Output,
): Promise<void> {
  for (const path of paths) {
    for (const { label, warnings, errors } of await checkPath(path)) {
      const ok = errors.length === 0;
      if (options.json) printJson(output, { path: label, ok, warnings, errors });
      else printVerdict(label, warnings, errors, output);
      if (!ok) output.setExitCode(1);
    }
  }
}

interface Verdict {
  readonly label: string;
  readonly warnings: readonly Problem[];
  readonly errors: readonly Problem[];
}

/** One verdict for each flow at a path: a file may be a package, a project or a template with several. */
async function checkPath(path: string): Promise<Verdict[]> {
  const sources = await listFlowSources(path);
  if (sources.length === 0) {
    const message = 'There is no flow in it.';
    return [{ label: path, warnings: [], errors: [{ code: 'FLOW_NOT_A_DEFINITION', message }] }];
  }
  const verdicts: Verdict[] = [];
  for (const source of sources) verdicts.push(...(await checkSource(source)));
  return verdicts;
}

async function checkSource(source: FlowSource): Promise<Verdict[]> {
  const { label } = source;
  try {
    const document = parseJson(source.text);
    const flows = listFlowDocuments(document);
    if (flows.length < 2) return [await checkOne(readFlowDocument(document), label, source)];
    return await Promise.all(
      flows.map((flow) => checkOne(flow, `${label} ${flow.displayName ?? flow.pointer}`, source)),
    );
  } catch (error) {
    if (error instanceof SyntaxError) {
      const message = `The file is not JSON: ${describeError(error)}.`;
      return [{ label, warnings: [], errors: [{ code: 'FLOW_NOT_JSON', message }] }];
    }
    const { code, message } = describeFailure(error);
    return [{ label, warnings: [], errors: [{ code, message }] }];
  }
}

async function checkOne(flow: FlowDocument, label: string, source: FlowSource): Promise<Verdict> {
  const { definition, pointer, parameters, connections } = await describeFlow(flow, source);
  const found = checkFlow(declareParameters(definition, parameters), {
    ...(connections === undefined ? {} : { connectionReferences: connections }),
  });
  const place = (problems: readonly Problem[]) =>
    locateProblems(
      problems.map((problem) => ({ ...problem, pointer: pointer + (problem.pointer ?? '') })),
      source.text,
    );
  return { label, warnings: place(found.warnings), errors: place(found.errors) };
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
