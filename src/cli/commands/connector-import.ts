import { existsSync } from 'node:fs';
import { type ConnectorSource, endpoints, type ImportReport } from '../../api/index.ts';
import { ApiError, createClient } from '../../client/index.ts';
import { CliError } from '../errors.ts';
import { formatProblem, type Output, printJson } from '../output.ts';
import { findOneConnector } from '../read-connector.ts';
import type { Settings } from '../settings.ts';

export interface ConnectorImportOptions {
  readonly name?: string;
  /** Where Patchbay runs. */
  readonly url?: string;
  /** An API key. */
  readonly key?: string;
  readonly json?: boolean;
}

/** `patchbay connector import PATH`: makes a connector in a running Patchbay, of a file, folder, URL or path on GitHub. */
export async function importConnectorFile(
  path: string,
  options: ConnectorImportOptions,
  settings: () => Settings,
  output: Output,
): Promise<void> {
  if (options.key === undefined) {
    throw new CliError('REQUEST_REFUSED', 'An API key is needed.', {
      fix: 'Make one in the studio under Settings, and give it with --key or PATCHBAY_API_KEY.',
    });
  }
  const baseUrl = options.url ?? settings().publicUrl ?? `http://127.0.0.1:${settings().port}`;
  const client = createClient({ baseUrl, fetch, headers: { authorization: `Bearer ${options.key}` } });
  const source = await readSource(path, settings);
  try {
    const report = await client.call(endpoints.importConnector, { body: { ...source, name: options.name } });
    if (options.json) printJson(output, { ...report, path });
    else printReport(path, report, output);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    reportRefusal(path, error, options, output);
  }
}

/** A file or folder of this machine; else what the server is to fetch: a URL, or `owner/repository:path` on GitHub. */
async function readSource(path: string, settings: () => Settings): Promise<ConnectorSource> {
  if (/^https?:\/\//i.test(path)) return { url: path };
  const input = await findOneConnector(path, settings);
  if (!existsSync(path)) return { github: path };
  const files = (await input.read()).files.map((file) => ({
    path: file.path,
    base64: Buffer.from(file.bytes).toString('base64'),
  }));
  const [first] = files;
  if (files.length > 1 || first === undefined) return { fileName: first?.path, files };
  return { fileName: first.path, base64: first.base64 };
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
