import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  EXPORT_FORMATS,
  type ExportedFile,
  type ExportFormat,
  exportConnector,
  listExportNotes,
  packFiles,
} from '../../connector/index.ts';
import { CliError } from '../errors.ts';
import type { SourceSettings } from '../find-connectors.ts';
import { type Output, printJson } from '../output.ts';
import { readConnector } from '../read-connector.ts';

export interface ConnectorExportOptions {
  readonly format?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** `patchbay connector export PATH --format … -o OUT`: writes a definition in a format of others, and tells what it cannot say. */
export async function exportConnectorFile(
  path: string,
  { format, out, json = false }: ConnectorExportOptions,
  settings: SourceSettings,
  output: Output,
): Promise<void> {
  const target = readFormat(format);
  const syntax = out !== undefined && /\.ya?ml$/i.test(out) ? 'yaml' : 'json';
  const definition = await readConnector(path, settings);
  const { files } = exportConnector(definition, target, { syntax });
  const notes = listExportNotes(definition, target);
  const written = out === undefined ? printFile(files, output) : await writeFiles(files, out);
  if (json && out !== undefined) printJson(output, { path, format: target, written, notes });
  else for (const one of written) output.note(`✓ ${one}`);
  if (json && out !== undefined) return;
  // On standard error: the document itself may go to standard output.
  for (const { code, pointer, message } of notes) output.note(`note ${code} ${pointer || '/'}: ${message}`);
}

function readFormat(text: string | undefined): ExportFormat {
  const format = EXPORT_FORMATS.find((one) => one === text?.toLowerCase());
  if (format !== undefined) return format;
  const known = EXPORT_FORMATS.join(', ');
  throw new CliError('INVALID_OPTION', `There is no format '${text ?? ''}'.`, {
    fix: `Take one of ${known}.`,
  });
}

function printFile(files: readonly ExportedFile[], output: Output): string[] {
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) {
    throw new CliError('INVALID_OPTION', `A package is ${files.length} files.`, {
      fix: 'Give a folder or a .zip with -o.',
    });
  }
  output.print(new TextDecoder().decode(file.bytes).trimEnd());
  return [];
}

async function writeFiles(files: readonly ExportedFile[], out: string): Promise<string[]> {
  const [file, ...others] = files;
  const isZip = /\.zip$/i.test(out);
  if (file !== undefined && (isZip || others.length === 0)) {
    await mkdir(dirname(out), { recursive: true });
    await writeFile(out, isZip ? packFiles(files) : file.bytes);
    return [out];
  }
  await mkdir(out, { recursive: true });
  for (const one of files) await writeFile(join(out, one.path), one.bytes);
  return files.map((one) => join(out, one.path));
}
