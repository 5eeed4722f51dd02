import type { ConnectorSource } from '../../api/index.ts';
import type { ImportFile, ImportSource } from '../../connector/index.ts';
import { ServerError } from '../errors.ts';
import { fetchFile, type SourceClient, tryFetch } from './fetch-file.ts';
import type { GitHub } from './github.ts';
import { loadReferences } from './load-references.ts';

const KINDS = ['text', 'base64', 'url', 'files', 'github'] as const;

export interface SourceReaders {
  readonly http: SourceClient;
  readonly github: GitHub;
}

/**
 * The files of an import, wherever they come from: text, bytes, an address, the files of a package, or a path in
 * a GitHub repository; and the files they refer to.
 *
 * @throws ServerError INVALID_INPUT unless exactly one is given; DOCUMENT_NOT_FETCHED; HttpError
 */
export async function readConnectorSource(
  source: ConnectorSource,
  readers: SourceReaders,
): Promise<ImportSource> {
  const given = KINDS.filter((kind) => source[kind] !== undefined);
  if (given.length !== 1) {
    const found = given.length === 0 ? 'none of them' : given.join(' and ');
    throw new ServerError('INVALID_INPUT', `Give one of text, base64, url, files and github, not ${found}.`);
  }
  const { http, github } = readers;
  if (source.github !== undefined) return github.load(source.github, http);
  const read = source.url === undefined ? readGiven(source) : await fetchDocument(source.url, http);
  return loadReferences(read, (path) => tryFetch(http, path));
}

function readGiven(source: ConnectorSource): ImportSource {
  const files = source.files?.map(decodeFile) ?? [decodeDocument(source)];
  const named = files.length > 1 ? files.find((file) => file.path === source.fileName) : undefined;
  const name = source.fileName ?? files[0]?.path ?? 'document';
  return { name, files, ...(named === undefined ? {} : { document: named.path }) };
}

function decodeFile({ path, base64 }: { path: string; base64: string }): ImportFile {
  return { path, bytes: Buffer.from(base64, 'base64') };
}

function decodeDocument({ fileName, text, base64 }: ConnectorSource): ImportFile {
  const bytes = text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text, 'utf8');
  return { path: fileName ?? 'document', bytes };
}

async function fetchDocument(url: string, http: SourceClient): Promise<ImportSource> {
  const body = await fetchFile(http, url);
  // Without what may be a secret: user, password and query.
  const { origin, pathname } = new URL(url);
  const name = pathname.split('/').at(-1) || 'document';
  const path = `${origin}${pathname.replace(/\/$/, '/document')}`;
  return { name, files: [{ path, bytes: body }], document: path };
}
