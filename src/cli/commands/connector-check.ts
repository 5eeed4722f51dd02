import { type ConnectorReport, checkConnector } from '../../connector/index.ts';
import { type ConnectorInput, findConnectorInputs } from '../find-connectors.ts';
import { describeFailure, formatProblem, type Output, printJson } from '../output.ts';

/** `patchbay connector check PATH…`: tries to import each document and package, and says how it went, line by line. */
export async function checkConnectors(
  paths: readonly string[],
  options: { json?: boolean },
  output: Output,
): Promise<void> {
  let failed = 0;
  let total = 0;
  for (const path of paths) {
    for (const input of await findConnectorInputs(path)) {
      const verdict = await checkInput(input);
      total += 1;
      if (!verdict.ok) failed += 1;
      if (options.json) printJson(output, verdict);
      else printVerdict(verdict, output);
    }
  }
  if (!options.json && total !== 1) output.note(`${total - failed} of ${total} can be imported.`);
  if (failed > 0) output.setExitCode(1);
}

/** A file that cannot be read is a verdict too: the others are still looked at. */
async function checkInput({ path, name, read }: ConnectorInput): Promise<ConnectorReport> {
  try {
    return { ...checkConnector({ name, files: await read() }), path };
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

function printVerdict(verdict: ConnectorReport, output: Output): void {
  const facts = verdict.ok
    ? `${verdict.title} (${verdict.format}, auth ${verdict.auth.join(', ')}), ${verdict.operations} operations`
    : verdict.format;
  const warnings = verdict.warnings.length > 0 ? `, ${verdict.warnings.length} warnings` : '';
  output.print(`${verdict.ok ? '✓' : '✗'} ${verdict.path}: ${facts}${warnings}`);
  for (const problem of verdict.errors) output.print(formatProblem('error', problem));
}
