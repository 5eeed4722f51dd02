import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { describeError } from '../base/index.ts';
import { type ImportSource, listFileReferences } from '../connector/index.ts';
import { CliError } from './errors.ts';
import type { Settings } from './settings.ts';

/** One connector somewhere: a document, an archive, the files of a package folder, a URL, a path on GitHub. */
export interface ConnectorInput {
  readonly path: string;
  read(): Promise<ImportSource>;
}

/** Where GitHub is. */
export type SourceSettings = () => Pick<Settings, 'githubApiUrl' | 'code'>;

const DOCUMENT_EXTENSIONS = new Set(['.json', '.yaml', '.yml']);
const WALKED_EXTENSIONS = new Set([...DOCUMENT_EXTENSIONS, '.zip', '.har']);
/** What a Power Platform package folder holds, by the name it always has. */
const PACKAGE_DOCUMENT = /^apiDefinition(?:\.swagger)?\.json$/i;
const IGNORED_FOLDERS = new Set(['node_modules', '.git']);

/**
 * Finds what can be imported: a file, URL or path on GitHub (`owner/repository[@ref]:path`) as it is; in a folder
 * every document and archive, and every package folder as one.
 *
 * @throws CliError FILE_NOT_FOUND
 */
export async function findConnectorInputs(path: string, settings: SourceSettings): Promise<ConnectorInput[]> {
  if (/^https?:\/\//i.test(path)) return [createRemoteInput(path, { url: path }, settings)];
  const found = await stat(path).catch(async (error: unknown) => {
    if (await isGitHubPath(path)) return undefined;
    throw new CliError('FILE_NOT_FOUND', `Cannot read ${path}: ${describeError(error)}.`, { cause: error });
  });
  if (found === undefined) return [createRemoteInput(path, { github: path }, settings)];
  return found.isDirectory() ? findInFolder(path) : [createFileInput(path)];
}

/** The server's code takes longer to load than most documents take to check: only what looks like it may wait. */
async function isGitHubPath(path: string): Promise<boolean> {
  if (!/^[\w.-]+\/[\w.-]+(?:@[^:]+)?:/.test(path)) return false;
  const { parseLocation } = await import('../server/index.ts');
  return parseLocation(path) !== undefined;
}

async function findInFolder(folder: string): Promise<ConnectorInput[]> {
  const entries = (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1));
  const files = entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
  const inputs = files.some((name) => PACKAGE_DOCUMENT.test(name))
    ? [createPackageInput(folder, files)]
    : files
        .filter((name) => WALKED_EXTENSIONS.has(extname(name).toLowerCase()))
        .map((name) => createFileInput(join(folder, name)));
  for (const entry of entries) {
    if (entry.isDirectory() && !IGNORED_FOLDERS.has(entry.name))
      inputs.push(...(await findInFolder(join(folder, entry.name))));
  }
  return inputs;
}

function createFileInput(path: string): ConnectorInput {
  const name = basename(path, extname(path));
  return { path, read: async () => ({ ...(await readWithReferences(path)), name }) };
}

function createPackageInput(folder: string, files: readonly string[]): ConnectorInput {
  return {
    path: folder,
    read: async () => ({
      name: basename(resolve(folder)),
      files: await Promise.all(
        files.map(async (name) => ({ path: name, bytes: await readFile(join(folder, name)) })),
      ),
    }),
  };
}

function createRemoteInput(
  path: string,
  source: { readonly url: string } | { readonly github: string },
  settings: SourceSettings,
): ConnectorInput {
  return {
    path,
    read: async () => {
      const [{ GitHub, readConnectorSource }, { createHttpClient }] = await Promise.all([
        import('../server/index.ts'),
        import('../http/index.ts'),
      ]);
      const { githubApiUrl } = settings();
      // The address a person types may be in their own network; what a document there refers to may not.
      const named = [new URL('url' in source ? source.url : githubApiUrl).host];
      const http = createHttpClient({ allowedHosts: () => named });
      try {
        return await readConnectorSource(source, { http, github: new GitHub(githubApiUrl) });
      } finally {
        await http.close();
      }
    },
  };
}

/** A document first, then the files it refers to. */
async function readWithReferences(path: string): Promise<ImportSource> {
  const main = { path: basename(path), bytes: await readFile(path) };
  const source = { name: main.path, files: [main] };
  if (listFileReferences(main).length === 0) return source;
  const { loadReferences } = await import('../server/index.ts');
  return loadReferences(source, (reference) => readBeside(dirname(path), reference));
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
