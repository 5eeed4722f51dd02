import type { ConnectorSource } from '../api/index.ts';
import type { ImportFile, ImportSource } from '../connector/index.ts';
import type { HttpClient } from '../http/index.ts';
import { ServerError } from './errors.ts';

const MAX_DOCUMENT_BYTES = 30 * 1024 * 1024;
const FETCH_TIMEOUT_MS = 30_000;
const KINDS = ['text', 'base64', 'url', 'files'] as const;

/**
 * The files of an import, wherever they come from: text, bytes, an address, or the files of a package.
 *
 * @throws ServerError INVALID_INPUT unless exactly one is given; DOCUMENT_NOT_FETCHED; HttpError
 */
export async function readConnectorSource(source: ConnectorSource, http: HttpClient): Promise<ImportSource> {
  const given = KINDS.filter((kind) => source[kind] !== undefined);
  if (given.length !== 1) {
    const found = given.length === 0 ? 'none of them' : given.join(' and ');
    throw new ServerError('INVALID_INPUT', `Give one of text, base64, url and files, not ${found}.`);
  }
  if (source.url !== undefined) return fetchDocument(source.url, http);
  const files = source.files?.map(decodeFile) ?? [decodeDocument(source)];
  return { name: source.fileName ?? files[0]?.path ?? 'document', files };
}

function decodeFile({ path, base64 }: { path: string; base64: string }): ImportFile {
  return { path, bytes: Buffer.from(base64, 'base64') };
}

function decodeDocument({ fileName, text, base64 }: ConnectorSource): ImportFile {
  const bytes = text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text, 'utf8');
  return { path: fileName ?? 'document', bytes };
}

async function fetchDocument(url: string, http: HttpClient): Promise<ImportSource> {
  const response = await http.send({
    method: 'GET',
    url,
    headers: { accept: 'application/json, application/yaml, text/yaml, */*;q=0.5' },
    timeoutMs: FETCH_TIMEOUT_MS,
    maxResponseBytes: MAX_DOCUMENT_BYTES,
  });
  if (response.status !== 200) {
    throw new ServerError('DOCUMENT_NOT_FETCHED', `The address answered with status ${response.status}.`);
  }
  const path = new URL(url).pathname.split('/').at(-1) || 'document';
  return { name: path, files: [{ path, bytes: response.body }] };
}
