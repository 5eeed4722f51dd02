import type { HttpClient, HttpResponse } from '../../http/index.ts';
import { ServerError } from '../errors.ts';

/** A document of 20 MB, with what belongs to it. */
export const MAX_SOURCE_BYTES = 30 * 1024 * 1024;
const FETCH_TIMEOUT_MS = 30_000;
const ACCEPT = 'application/json, application/yaml, text/yaml, */*;q=0.5';

/** What sources are read with. */
export type SourceClient = Pick<HttpClient, 'send'>;

/** @throws HttpError, also for addresses that may not be called */
export function request(
  http: SourceClient,
  url: string,
  accept: string = ACCEPT,
  headers: Readonly<Record<string, string>> = {},
): Promise<HttpResponse> {
  return http.send({
    method: 'GET',
    url,
    headers: { accept, 'user-agent': 'patchbay', ...headers },
    timeoutMs: FETCH_TIMEOUT_MS,
    maxResponseBytes: MAX_SOURCE_BYTES,
  });
}

/** @throws ServerError DOCUMENT_NOT_FETCHED unless the status is 200; HttpError */
export async function fetchFile(http: SourceClient, url: string): Promise<Uint8Array> {
  const { status, body } = await request(http, url);
  if (status === 200) return body;
  throw new ServerError('DOCUMENT_NOT_FETCHED', `The address answered with status ${status}.`);
}

/** A file that a document refers to, if it is at an address that may be called. */
export async function tryFetch(http: SourceClient, path: string): Promise<Uint8Array | undefined> {
  if (!/^https?:\/\//i.test(path)) return undefined;
  return fetchFile(http, path).catch(() => undefined);
}
