import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CertificationFinding,
  type CertificationSeverity,
  type CertifyOptions,
  type ConnectorDefinition,
  certifyConnector as checkCertification,
  type ExportFormat,
  exportConnector,
  fixCertification,
  packFiles,
} from '../../connector/index.ts';
import { describePath } from '../describe-path.ts';
import { CliError } from '../errors.ts';
import type { SourceSettings } from '../find-connectors.ts';
import { type Output, printJson } from '../output.ts';
import { findOneConnector, importInput } from '../read-connector.ts';

export interface ConnectorCertifyOptions {
  readonly fix?: boolean;
  readonly out?: string;
  readonly hints?: boolean;
  /** The connector was never published. */
  readonly new?: boolean;
  readonly independent?: boolean;
  readonly json?: boolean;
}

/** Many findings of one rule say no more than some. */
const MAX_PER_RULE = 5;

/** `patchbay connector certify PATH [--fix]`: what stands between a connector and its certification. */
export async function certifyConnector(
  path: string,
  options: ConnectorCertifyOptions,
  settings: SourceSettings,
  output: Output,
): Promise<void> {
  const definition = await importInput(await findOneConnector(path, settings));
  const rules: CertifyOptions = {
    isNew: options.new === true,
    isIndependent: options.independent === true,
  };
  const result = options.fix === true ? fixCertification(definition, rules) : undefined;
  const findings = result?.left ?? checkCertification(definition, rules);
  const fixed = result?.fixed ?? [];
  const written =
    result === undefined || fixed.length === 0 ? [] : await writeBack(path, options.out, result.definition);
  const hasErrors = findings.some((one) => one.severity === 'error');
  if (options.json) printJson(output, { path, ok: !hasErrors, findings, fixed, written });
  else {
    if (fixed.length > 0) {
      output.print(`Mended: ${fixed.length}`);
      printFindings(fixed, { withHints: options.hints === true, isLeft: false }, output);
    }
    if (fixed.length > 0) output.print('Left:');
    printFindings(findings, { withHints: options.hints === true, isLeft: true }, output);
    printTotal(findings, options, output);
    for (const one of written) output.note(`✓ ${one}`);
  }
  if (hasErrors) output.setExitCode(1);
}

function printFindings(
  findings: readonly CertificationFinding[],
  { withHints, isLeft }: { readonly withHints: boolean; readonly isLeft: boolean },
  output: Output,
): void {
  const shown = findings.filter((one) => withHints || one.severity !== 'hint');
  for (const [rule, group] of Map.groupBy(shown, (one) => one.rule)) {
    const [first] = group;
    if (first === undefined) continue;
    const mendable = isLeft ? group.filter((one) => one.fixable).length : 0;
    const advice = mendable === 0 ? '' : `  (--fix mends ${mendable} of ${group.length})`;
    output.print(`${first.severity.padEnd(7)}  ${rule}${advice}`);
    for (const { message, part, pointer } of group.slice(0, MAX_PER_RULE)) {
      output.print(`  ${message}  ${part === 'document' ? pointer : `${part} ${pointer}`}`);
    }
    if (group.length > MAX_PER_RULE) output.print(`  and ${group.length - MAX_PER_RULE} more`);
  }
}

function printTotal(
  findings: readonly CertificationFinding[],
  { hints, fix }: ConnectorCertifyOptions,
  output: Output,
): void {
  const count = (severity: CertificationSeverity) =>
    findings.filter((one) => one.severity === severity).length;
  const plural = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
  const parts = [plural(count('error'), 'error'), plural(count('warning'), 'warning')];
  const hidden = hints === true ? '' : ' (--hints shows them)';
  if (count('hint') > 0) parts.push(`${plural(count('hint'), 'hint')}${hidden}`);
  const mendable = findings.filter((one) => one.fixable).length;
  const advice = mendable > 0 && fix !== true ? `; --fix mends ${mendable} of them` : '';
  output.print(`${count('error') === 0 ? '✓' : '✗'} ${parts.join(', ')}${advice}`);
}

/** In the format it came in; the files of a package that did not change stay untouched. */
async function writeBack(
  path: string,
  out: string | undefined,
  definition: ConnectorDefinition,
): Promise<string[]> {
  const target = out ?? path;
  const kind = await describePath(target);
  const format = formatOf(definition);
  if (kind === 'remote' || format === undefined) {
    throw new CliError('INVALID_OPTION', `${path} cannot be written back.`, {
      fix: 'Give a file, folder or .zip with -o.',
    });
  }
  const isZip = kind === 'zip';
  const isPackage = isZip || kind === 'folder' || format === 'power-platform';
  const syntax = /\.ya?ml$/i.test(target) ? 'yaml' : 'json';
  const { files } = exportConnector(definition, isPackage ? 'power-platform' : format, { syntax });
  if (isZip) await writeFile(target, packFiles(files));
  else if (kind === 'file') await writeFile(target, files[0]?.bytes ?? new Uint8Array());
  else return writeDocuments(target, files, definition);
  return [target];
}

/** The names that the package's own files have. */
async function writeDocuments(
  folder: string,
  files: ReturnType<typeof exportConnector>['files'],
  { source }: ConnectorDefinition,
): Promise<string[]> {
  const written: string[] = [];
  for (const { path, bytes } of files.slice(0, 2)) {
    const isDocument = path === 'apiDefinition.swagger.json';
    const name = isDocument && source.format === 'power-platform' ? (source.fileName ?? path) : path;
    await writeFile(join(folder, name), bytes);
    written.push(join(folder, name));
  }
  return written;
}

function formatOf({ source }: ConnectorDefinition): ExportFormat | undefined {
  const { format } = source;
  if (format === 'postman-2.0' || format === 'postman-2.1') return 'postman';
  return format === 'har' || format === 'curl' ? undefined : format;
}
