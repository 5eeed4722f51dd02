import { type ConnectorChange, diffDefinitions } from '../../connector/index.ts';
import { type AffectedAction, findAffectedActions, readFlowDocument } from '../../flow/index.ts';
import type { SourceSettings } from '../find-connectors.ts';
import { type Output, printJson } from '../output.ts';
import { readConnector } from '../read-connector.ts';
import { readJsonFile } from '../read-file.ts';

/** `patchbay connector diff BEFORE AFTER`: what changed, and what it breaks. Ends with 1 when it breaks something. */
export async function diffConnectorFiles(
  before: string,
  after: string,
  options: { readonly json?: boolean; readonly flow?: readonly string[] },
  settings: SourceSettings,
  output: Output,
): Promise<void> {
  const changes = diffDefinitions(
    await readConnector(before, settings),
    await readConnector(after, settings),
  );
  const flows = await Promise.all((options.flow ?? []).map(readFlow));
  const affected = findAffectedActions(changes, flows);
  if (options.json) printJson(output, { before, after, changes, affected });
  else print(changes, affected, output);
  if (changes.some((change) => change.class === 'breaking')) output.setExitCode(1);
}

async function readFlow(path: string) {
  const { definition, displayName } = readFlowDocument(await readJsonFile(path));
  return { id: path, name: displayName ?? path, definition };
}

function print(
  changes: readonly ConnectorChange[],
  affected: readonly AffectedAction[],
  output: Output,
): void {
  if (changes.length === 0) output.print('Nothing changed.');
  for (const change of changes) output.print(`${change.class.padEnd(8)}  ${change.message}`);
  for (const { flow, message } of affected) output.print(`breaks    ${flow}: ${message}`);
}
