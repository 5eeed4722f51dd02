import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describeError, type Json, parseJson } from '../base/index.ts';
import { isZip, unpackArchive } from '../connector/index.ts';
import { listFlowDocuments } from '../flow/index.ts';
import { CliError } from './errors.ts';

/** A text that may hold a flow, and the way to what stands beside it. */
export interface FlowSource {
  /** What the user sees: the path, in an archive `package.zip:Workflows/Order.json`. */
  readonly label: string;
  readonly path: string;
  readonly text: string;
  /** The text of another file by its path, where there is one. */
  readonly readBeside: ReadBeside;
}

export type ReadBeside = (path: string) => Promise<string | undefined>;

/** Where exports have their flows: Standard projects, packages of Power Automate, solutions. */
const FLOW_FILE = /(?:^|\/)(?:workflow|definition)\.json$|(?:^|\/)workflows\/[^/]+\.json$/i;
const LEFT_OUT = /(?:^|\/)(?:node_modules|\.[^/]+)\//;

/**
 * The flows at a path: a file, a project folder of Standard logic apps, an unpacked package or solution, or a zip
 * archive of one. A single file is given whatever it holds.
 *
 * @throws CliError for a path that cannot be read, and an archive that cannot be unpacked
 */
export async function listFlowSources(path: string): Promise<FlowSource[]> {
  if (await isFolder(path)) return listFolder(path);
  const bytes = await readBytes(path);
  if (!isZip(bytes)) {
    return [{ label: path, path, text: decode(bytes), readBeside: readTextIfThere }];
  }
  return listArchive(path, bytes);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

async function listFolder(folder: string): Promise<FlowSource[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter(
      (entry) => entry.isFile() && entry.name.endsWith('.json') && !entry.name.endsWith('.flowtest.json'),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !LEFT_OUT.test(path.slice(folder.length)))
    .sort();
  const sources: FlowSource[] = [];
  for (const path of paths) {
    const text = await readTextIfThere(path);
    if (text !== undefined) sources.push({ label: path, path, text, readBeside: readTextIfThere });
  }
  return pickFlows(sources);
}

function listArchive(path: string, bytes: Uint8Array): FlowSource[] {
  const texts = new Map<string, string>();
  for (const file of unpack(path, bytes)) {
    if (/\.json$/i.test(file.path)) texts.set(file.path, decode(file.bytes));
  }
  const readBeside: ReadBeside = async (name) => texts.get(name);
  return pickFlows(
    [...texts].sort().map(([name, text]) => ({ label: `${path}:${name}`, path: name, text, readBeside })),
  );
}

/** The files whose place says that they are flows; where none is so placed, those that read as one. */
function pickFlows(sources: readonly FlowSource[]): FlowSource[] {
  const placed = sources.filter(({ path }) => FLOW_FILE.test(path.replaceAll('\\', '/')));
  const flows = placed.filter(holdsFlow);
  return flows.length > 0 ? flows : sources.filter(holdsFlow);
}

function holdsFlow({ text }: FlowSource): boolean {
  try {
    return listFlowDocuments(parseJson(text)).length > 0;
  } catch {
    return false; // not every JSON file is a flow, nor even JSON
  }
}

function unpack(path: string, bytes: Uint8Array) {
  try {
    return unpackArchive(basename(path), bytes);
  } catch (error) {
    throw new CliError('FILE_NOT_JSON', describeError(error), { cause: error });
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new CliError('FILE_NOT_FOUND', `Cannot read ${path}: ${describeError(error)}.`, { cause: error });
  }
}

async function readTextIfThere(path: string): Promise<string | undefined> {
  try {
    return decode(await readFile(path));
  } catch {
    return undefined;
  }
}

/** The text of a file in UTF-8, or in UTF-16 where its byte order mark says so. */
function decode(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/** @throws CliError FILE_NOT_JSON */
export function parseSource({ label, text }: FlowSource): Json {
  try {
    return parseJson(text);
  } catch (error) {
    throw new CliError('FILE_NOT_JSON', `${label} is not JSON: ${describeError(error)}.`, { cause: error });
  }
}
