import { type FlowWalk, listFlowDocuments, walkFlow } from '../../flow/index.ts';
import { type FlowSource, listFlowSources, parseSource } from '../flow-source.ts';
import { describeFailure, type Output, printJson } from '../output.ts';
import { describeFlow } from '../read-flow.ts';

/**
 * `patchbay flow test PATH --walk`: runs every flow there on made-up data, once for each action that no run before
 * came to, so that all branches are seen. Ends with 1 when a flow does not compile.
 */
export async function walkFlowFiles(
  path: string,
  options: { json?: boolean },
  output: Output,
): Promise<void> {
  for (const source of await listFlowSources(path)) {
    for (const { label, walk } of await walkSource(source, output)) {
      if (options.json)
        printJson(output, { path: label, ...walk, stumbles: Object.fromEntries(walk.stumbles) });
      else printWalk(label, walk, output);
    }
  }
}

async function walkSource(source: FlowSource, output: Output): Promise<{ label: string; walk: FlowWalk }[]> {
  const { label } = source;
  const walks: { label: string; walk: FlowWalk }[] = [];
  try {
    const flows = listFlowDocuments(parseSource(source));
    for (const flow of flows) {
      const { definition, parameters } = await describeFlow(flow, source);
      const name = flows.length < 2 ? label : `${label} ${flow.displayName ?? flow.pointer}`;
      walks.push({ label: name, walk: walkFlow(definition, { parameters }) });
    }
  } catch (error) {
    output.note(`${label}: ${describeFailure(error).message}`);
    output.setExitCode(1);
  }
  return walks;
}

function printWalk(
  label: string,
  { actions, reached, unreached, stumbles, runs }: FlowWalk,
  output: Output,
): void {
  output.print(`${label}: ${reached.length} of ${actions} actions reached in ${runs} runs`);
  for (const name of unreached) {
    const [reason] = (stumbles.get(name) ?? 'no run came to it').split('\n');
    output.print(`  – ${name}: ${reason}`);
  }
}
