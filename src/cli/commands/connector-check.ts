import type { Problem } from '../../base/index.ts';
import { type CompiledConnector, compileConnector, importConnector } from '../../connector/index.ts';
import { type ConnectorInput, findConnectorInputs } from '../find-connectors.ts';
import { describeFailure, formatProblem, type Output, printJson } from '../output.ts';

/** The verdict on one input, as `--json` prints it. */
interface ConnectorVerdict {
  readonly path: string;
  readonly ok: boolean;
  readonly format: string;
  readonly title: string | null;
  /** The ways to authenticate, comma-separated. */
  readonly auth: string | null;
  /** How many operations it offers. */
  readonly operations: number;
  readonly warnings: readonly Problem[];
  readonly errors: readonly Problem[];
}

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

async function checkInput(input: ConnectorInput): Promise<ConnectorVerdict> {
  const empty = { path: input.path, ok: false, format: 'unknown', title: null, auth: null, operations: 0 };
  try {
    const { format, definition, warnings, errors } = await importConnector({
      name: input.name,
      files: await input.read(),
    });
    if (definition === undefined) return { ...empty, format, warnings, errors };
    const facts = describeConnector(compileConnector(definition));
    return { ...empty, ...facts, ok: errors.length === 0, format, warnings, errors };
  } catch (error) {
    const { code, message } = describeFailure(error);
    return { ...empty, warnings: [], errors: [{ code, message }] };
  }
}

function describeConnector(connector: CompiledConnector) {
  return {
    title: connector.title,
    auth: [...new Set(connector.authentication.map((method) => method.kind))].join(', '),
    operations: connector.operations.length,
  };
}

function printVerdict(verdict: ConnectorVerdict, output: Output): void {
  const facts = verdict.ok
    ? `${verdict.title} (${verdict.format}, auth ${verdict.auth}), ${verdict.operations} operations`
    : verdict.format;
  const warnings = verdict.warnings.length > 0 ? `, ${verdict.warnings.length} warnings` : '';
  output.print(`${verdict.ok ? '✓' : '✗'} ${verdict.path}: ${facts}${warnings}`);
  for (const problem of verdict.errors) output.print(formatProblem('error', problem));
}
