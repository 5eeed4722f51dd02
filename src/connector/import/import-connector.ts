import { describeError, type Problem } from '../../base/index.ts';
import type { ConnectorDefinition, ImportResult, ImportSource } from '../definition-types.ts';
import { importCurl, isCurlCommand } from './curl/import-curl.ts';
import { bundleFiles, findMainDocument } from './external-refs/bundle-files.ts';
import { findRecording, importHar } from './har/import-har.ts';
import { importOpenApi } from './import-openapi.ts';
import { importPowerPlatform, isPowerPlatformPackage } from './import-power-platform.ts';
import type { ImportWork } from './import-work.ts';
import { baseName } from './package-files.ts';
import { type ParsedDocument, parseDocument } from './parse-document.ts';
import { findCollection, importPostman } from './postman/import-postman.ts';
import { type ImportProblemCode, Problems, UnusableInput } from './problems.ts';
import { createQuoter } from './quote-source.ts';
import { readSolution } from './solution.ts';
import { expandArchive, isArchive } from './zip/expand-archive.ts';

/** Called as a document is parsed, and as what it says is checked. */
export type OnImportStep = (step: 'parsing' | 'checking') => void;

interface Importer {
  recognizes(source: ImportSource): boolean;
  /** @throws UnusableInput */
  read(source: ImportSource, work: ImportWork): ConnectorDefinition;
}

/** One per kind of input, the most particular first. */
const IMPORTERS: readonly Importer[] = [
  { recognizes: isPowerPlatformPackage, read: importPowerPlatform },
  { recognizes: isCurlCommand, read: importCurl },
  { recognizes: () => true, read: importDocument },
];

/**
 * Reads what somebody has of an API (OpenAPI 3.0 or 3.1 and Swagger 2.0 in JSON or YAML, a Power Platform package,
 * a Postman collection, a HAR recording, a curl command) and makes a definition. Repairs what can be repaired, each
 * with a warning; input that cannot be used gives exactly one error. Never throws. `onStep` hears how far it is.
 */
export function importConnector(source: ImportSource, onStep?: OnImportStep): ImportResult {
  const problems = new Problems();
  const quote = createQuoter();
  let format: ImportResult['format'] = 'unknown';
  let parsed: ParsedDocument | undefined;
  const work: ImportWork = {
    problems,
    setFormat: (known) => {
      format = known;
    },
    parse: (name, bytes) => {
      onStep?.('parsing');
      quote.setText(bytes);
      parsed = parseDocument(name, bytes, problems);
      onStep?.('checking');
      return parsed;
    },
  };
  const lineOf = (pointers: readonly string[]) => parsed?.locate(pointers) ?? (() => undefined);
  try {
    const files = readSolution(isArchive(source) ? expandArchive(source, problems) : source);
    const importer = IMPORTERS.find((one) => one.recognizes(files));
    const definition = importer?.read(files, work);
    if (definition === undefined)
      throw new UnusableInput('CONNECTOR_NO_DOCUMENT', `${source.name} holds no files.`);
    return { ok: true, format, definition, warnings: quote.all(problems.list(lineOf)), errors: [] };
  } catch (error) {
    const errors = quote.all([toProblem(source, error, lineOf)]);
    return { ok: false, format, warnings: quote.all(problems.list(lineOf)), errors };
  }
}

function toProblem(
  source: ImportSource,
  error: unknown,
  lineOf: (pointers: readonly string[]) => (pointer: string) => number | undefined,
): Problem {
  if (!(error instanceof UnusableInput)) {
    const code: ImportProblemCode = 'CONNECTOR_UNREADABLE';
    const reason =
      error instanceof RangeError ? 'it is nested too deeply or too large' : describeError(error);
    return { code, message: `${source.name} cannot be read: ${reason}.` };
  }
  const { problem } = error;
  if (problem.line !== undefined || problem.pointer === undefined) return problem;
  const line = lineOf([problem.pointer])(problem.pointer);
  return line === undefined ? problem : { ...problem, line };
}

function importDocument(source: ImportSource, work: ImportWork): ConnectorDefinition {
  const file = findMainDocument(source);
  if (file === undefined) {
    const message =
      source.files.length === 0
        ? `There is no file in ${source.name}.`
        : `None of the files in ${source.name} is JSON or YAML.`;
    throw new UnusableInput('CONNECTOR_NO_DOCUMENT', message);
  }
  const name = baseName(file.path);
  const parsed = work.parse(name, file.bytes);
  const collection = findCollection(parsed.value);
  if (collection !== undefined) return importPostman(name, collection, work.problems, work.setFormat);
  const recording = findRecording(parsed.value);
  if (recording !== undefined) return importHar(name, recording, work.problems, work.setFormat);
  if (source.files.length > 1) bundleFiles(parsed.value, file.path, source.files);
  const readFrom = /^https?:\/\//i.test(file.path) ? file.path : undefined;
  return importOpenApi(name, parsed, work.problems, work.setFormat, readFrom);
}
