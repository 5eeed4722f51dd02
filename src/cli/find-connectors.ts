import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { describeError } from '../base/index.ts';
import { listFileReferences } from '../connector/index.ts';
import { CliError } from './errors.ts';

/** Files that make one connector: a document, or the files of a package folder. */
export interface ConnectorInput {
  readonly path: string;
  readonly name: string;
  read(): Promise<{ path: string; bytes: Uint8Array }[]>;
}

const DOCUMENT_EXTENSIONS = new Set(['.json', '.yaml', '.yml']);
/** What a Power Platform package folder holds, by the name it always has. */
const PACKAGE_DOCUMENT = /^apiDefinition(?:\.swagger)?\.json$/i;
const IGNORED_FOLDERS = new Set(['node_modules', '.git']);

/**
 * Finds what can be imported: a path that is a file as it is; in a folder every document, and every package
 * folder as one.
 *
 * @throws CliError FILE_NOT_FOUND
 */
export async function findConnectorInputs(path: string): Promise<ConnectorInput[]> {
  const isFolder = await stat(path).then(
    (stats) => stats.isDirectory(),
    (error) => {
      throw new CliError('FILE_NOT_FOUND', `Cannot read ${path}: ${describeError(error)}.`, { cause: error });
    },
  );
  return isFolder ? findInFolder(path) : [createFileInput(path)];
}

async function findInFolder(folder: string): Promise<ConnectorInput[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const files = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  const inputs = files.some((name) => PACKAGE_DOCUMENT.test(name))
    ? [createPackageInput(folder, files)]
    : files
        .filter((name) => DOCUMENT_EXTENSIONS.has(extname(name).toLowerCase()))
        .map((name) => createFileInput(join(folder, name)));
  for (const entry of entries) {
    if (entry.isDirectory() && !IGNORED_FOLDERS.has(entry.name))
      inputs.push(...(await findInFolder(join(folder, entry.name))));
  }
  return inputs;
}

function createFileInput(path: string): ConnectorInput {
  return {
    path,
    name: basename(path, extname(path)),
    read: async () => readWithReferences(path),
  };
}

function createPackageInput(folder: string, files: readonly string[]): ConnectorInput {
  return {
    path: folder,
    name: basename(folder),
    read: () =>
      Promise.all(files.map(async (name) => ({ path: name, bytes: await readFile(join(folder, name)) }))),
  };
}

/** A document first, then the files it refers to. */
async function readWithReferences(path: string): Promise<{ path: string; bytes: Uint8Array }[]> {
  const main = { path: basename(path), bytes: await readFile(path) };
  if (listFileReferences(main).length === 0) return [main];
  // The server's code takes longer to load than most documents take to check.
  const { loadReferences } = await import('../server/index.ts');
  const source = { name: main.path, files: [main] };
  const { files } = await loadReferences(source, (reference) => readBeside(dirname(path), reference));
  return [...files];
}

/**
 * A document of somebody else's may refer to anything: only documents are read, and only below its own folder or
 * the one the command runs in.
 */
async function readBeside(folder: string, reference: string): Promise<Uint8Array | undefined> {
  if (!DOCUMENT_EXTENSIONS.has(extname(reference).toLowerCase())) return undefined;
  const file = resolve(folder, reference);
  const isBelow = [resolve(folder), process.cwd()].some(
    (root) => !/^\.\.(?:[\\/]|$)/.test(relative(root, file)),
  );
  return isBelow ? readFile(file).catch(() => undefined) : undefined;
}
