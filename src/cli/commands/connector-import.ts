import { endpoints, type ImportReport } from '../../api/index.ts';
import { ApiError, createClient } from '../../client/index.ts';
import { CliError } from '../errors.ts';
import { findConnectorInputs } from '../find-connectors.ts';
import { formatProblem, type Output, printJson } from '../output.ts';
import type { Settings } from '../settings.ts';

export interface ConnectorImportOptions {
  readonly name?: string;
  /** Where Patchbay runs. */
  readonly url?: string;
  /** An API key. */
  readonly key?: string;
  readonly json?: boolean;
}

/** `patchbay connector import PATH`: makes a connector of a file or package folder in a running Patchbay. */
export async function importConnectorFile(
  path: string,
  options: ConnectorImportOptions,
  settings: () => Settings,
  output: Output,
): Promise<void> {
  const [input, ...others] = await findConnectorInputs(path);
  if (input === undefined || others.length > 0) {
    throw new CliError(
      'FILE_NOT_FOUND',
      `${path} holds ${others.length + (input ? 1 : 0)} connectors, not one.`,
    );
  }
  if (options.key === undefined) {
    throw new CliError('REQUEST_REFUSED', 'An API key is needed.', {
      fix: 'Make one in the studio under Settings, and give it with --key or PATCHBAY_API_KEY.',
    });
  }
  const baseUrl = options.url ?? settings().publicUrl ?? `http://127.0.0.1:${settings().port}`;
  const client = createClient({ baseUrl, fetch, headers: { authorization: `Bearer ${options.key}` } });
  const files = (await input.read()).map((file) => ({
    path: file.path,
    base64: Buffer.from(file.bytes).toString('base64'),
  }));
  const [only] = files;
  const source = files.length === 1 && only ? { fileName: only.path, base64: only.base64 } : { files };
  try {
    const report = await client.call(endpoints.importConnector, { body: { ...source, name: options.name } });
    if (options.json) printJson(output, { ...report, path });
    else printReport(path, report, output);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    reportRefusal(path, error, options, output);
  }
}

function printReport(path: string, report: ImportReport, output: Output): void {
  const { connector, format, operations, warnings } = report;
  output.print(
    `✓ ${path}: ${connector?.title} (${format}), ${operations.length} operations, connector ${connector?.id}`,
  );
  for (const problem of warnings) output.print(formatProblem('warning', problem));
}

/** The server's refusal in its own words; its findings are those of `connector check`. */
function reportRefusal(path: string, error: ApiError, options: ConnectorImportOptions, output: Output): void {
  const { code, detail, fix, problems } = error;
  if (options.json)
    printJson(output, { path, ok: false, error: { code, message: detail, fix }, errors: problems });
  else {
    output.note(`✗ ${path}: ${detail}`);
    for (const problem of problems) output.note(formatProblem('error', problem));
    if (fix !== undefined) output.note(fix);
  }
  output.setExitCode(1);
}
