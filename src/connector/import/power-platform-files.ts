import { isJsonObject, type Json, type JsonObject } from '../../base/index.ts';
import type { ImportFile, ImportSource } from '../definition-types.ts';
import { baseName, findFile } from './package-files.ts';
import { parseDocument } from './parse-document.ts';
import { Problems } from './problems.ts';

/** The parts of a package, however their files are called. */
export interface PackageFiles {
  readonly definition: ImportFile | undefined;
  readonly properties: ImportFile | undefined;
  readonly icon: ImportFile | undefined;
  readonly script: ImportFile | undefined;
}

const DEFINITION = [/^apiDefinition\.swagger\.json$/i, /\.swagger\.json$/i, /^apiDef\w*\.json$/i];
const PROPERTIES = [/^apiProperties\.json$/i, /^api[-_ ]?prop\w*\.json$/i, /(?:^|[-_. ])properties\.json$/i];
const ICON = [/^icon\.png$/i, /^icon\.(?:jpe?g|svg|gif)$/i, /(?:icon|logo).*\.png$/i];
const SCRIPT = [/^script\.(?:csx|js|ts)$/i, /\.csx$/i];

/**
 * Finds the parts of a package: by the names that `settings.json` gives (as `paconn` reads them), by their usual
 * names, by names like those, and last by what is in them.
 */
export function findPackageFiles({ files }: ImportSource): PackageFiles {
  const settings = readSettings(findFile(files, 'settings.json'));
  const find = (setting: string, patterns: readonly RegExp[]) => {
    const named = settings[setting];
    const byName = typeof named === 'string' ? findFile(files, baseName(named)) : undefined;
    return byName ?? patterns.map((one) => files.find(({ path }) => one.test(baseName(path)))).find(Boolean);
  };
  const properties = find('apiProperties', PROPERTIES) ?? files.find(looksLikeProperties);
  const definition =
    find('apiDefinition', DEFINITION) ??
    files.find((file) => file !== properties && looksLikeDefinition(file));
  return { definition, properties, icon: find('icon', ICON), script: find('script', SCRIPT) };
}

/** Whether files make a package: what only packages have, beside a definition or alone. */
export function isPackage(source: ImportSource): boolean {
  if (source.files.length === 1) return findFile(source.files, 'apiProperties.json') !== undefined;
  const { definition, properties, script } = findPackageFiles(source);
  if (properties !== undefined && (definition !== undefined || looksLikeProperties(properties))) return true;
  return definition !== undefined && script !== undefined;
}

function readSettings(file: ImportFile | undefined): JsonObject {
  const value = file === undefined ? undefined : tryRead(file);
  return isJsonObject(value) ? value : {};
}

/** Of a file that may be anything, the value, or `undefined`. */
export function tryRead(file: ImportFile): Json | undefined {
  try {
    return parseDocument(file.path, file.bytes, new Problems()).value;
  } catch {
    return undefined;
  }
}

function looksLikeDefinition({ path, bytes }: ImportFile): boolean {
  return /\.json$/i.test(path) && /"(?:swagger|openapi)"\s*:\s*"?\d/.test(readHead(bytes));
}

function looksLikeProperties({ path, bytes }: ImportFile): boolean {
  const head = readHead(bytes);
  return (
    /\.json$/i.test(path) &&
    /^\s*\{\s*"properties"\s*:/.test(head) &&
    /"(?:connectionParameter(?:Set)?s|iconBrandColor|capabilities|policyTemplateInstances)"/.test(head)
  );
}

function readHead(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, 8192));
}
