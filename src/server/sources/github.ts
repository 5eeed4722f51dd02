import type { SourceEntry } from '../../api/index.ts';
import { isJsonObject, type Json, type JsonObject, parseJson, type Secret } from '../../base/index.ts';
import type { ImportFile, ImportSource } from '../../connector/index.ts';
import { ServerError } from '../errors.ts';
import { MAX_SOURCE_BYTES, request, type SourceClient, tryFetch } from './fetch-file.ts';
import { formatLocation, type GitHubLocation, parseLocation } from './github-location.ts';
import { loadReferences } from './load-references.ts';

/** Where published Power Platform connectors are, one folder each. */
const CONNECTORS = { owner: 'microsoft', repository: 'PowerPlatformConnectors' } as const;
const FOLDERS = new Set(['certified-connectors', 'independent-publisher-connectors', 'custom-connectors']);

/** GitHub lists no more entries of a folder by its path; by its tree it lists all. */
const MAX_LISTED = 1000;
const MAX_FOLDER_FILES = 50;
/** GitHub counts the requests of those who are not signed in. */
const LISTING_AGE_MS = 10 * 60_000;
const MAX_LISTINGS = 200;

type LoadToken = () => Promise<Secret | undefined>;

/** Reads connectors from GitHub's REST API (contents and git trees); `apiUrl` may be that of an Enterprise server. */
export class GitHub {
  readonly #apiUrl: string;
  readonly #loadToken: LoadToken;
  readonly #listings = new Map<string, { readonly readAt: number; readonly value: Json }>();

  /** @param loadToken what to sign requests with; asked before each, since an administrator may change it */
  constructor(apiUrl: string, loadToken: LoadToken = async () => undefined) {
    this.#apiUrl = apiUrl.replace(/\/+$/, '');
    this.#loadToken = loadToken;
  }

  /**
   * What is in a folder: of microsoft/PowerPlatformConnectors by its path, of another repository by
   * `owner/repository[@ref]:path`. At the top only the folders that hold connectors.
   *
   * @throws ServerError DOCUMENT_NOT_FETCHED; HttpError
   */
  async browse(path: string, http: SourceClient): Promise<SourceEntry[]> {
    const location = parseLocation(path) ?? { ...CONNECTORS, ref: undefined, path: trim(path) };
    const isTop = location.path === '' && location.repository === CONNECTORS.repository;
    const entries = await this.#list(location, http);
    return entries
      .filter((entry) => !isTop || (entry.isFolder && FOLDERS.has(entry.name)))
      .map(({ name, isFolder }) => {
        const inside = { ...location, path: location.path === '' ? name : `${location.path}/${name}` };
        return {
          name,
          kind: isFolder ? 'folder' : 'file',
          path: inside.path,
          github: formatLocation(inside),
        };
      });
  }

  /**
   * The files behind `owner/repository[@ref]:path`: a document and what it refers to, or those of a folder.
   *
   * @throws ServerError INVALID_INPUT, DOCUMENT_NOT_FETCHED; HttpError
   */
  async load(written: string, http: SourceClient): Promise<ImportSource> {
    const location = parseLocation(written);
    if (location === undefined || location.path === '') {
      throw new ServerError('INVALID_INPUT', `'${written}' is no path in a repository.`, {
        fix: 'Give it as owner/repository:path or owner/repository@branch:path.',
      });
    }
    const found = await this.#read(location, http);
    const files = Array.isArray(found)
      ? await this.#loadFolder(location, found, http)
      : [{ path: location.path, bytes: await this.#loadFile(location, http) }];
    const name = location.path.split('/').at(-1) ?? location.path;
    return loadReferences({ name, files }, async (path) => {
      if (/^[a-z][a-z\d+.-]+:\/\//i.test(path)) return tryFetch(http, path);
      if (path.startsWith('../')) return undefined;
      return this.#loadFile({ ...location, path }, http).catch(() => undefined);
    });
  }

  async #loadFolder(
    location: GitHubLocation,
    listing: readonly Json[],
    http: SourceClient,
  ): Promise<ImportFile[]> {
    const entries = listing.filter(isJsonObject).filter((entry) => entry['type'] === 'file');
    const size = entries.reduce((sum, entry) => sum + Number(entry['size'] ?? 0), 0);
    if (entries.length === 0 || entries.length > MAX_FOLDER_FILES || size > MAX_SOURCE_BYTES) {
      const message = `${location.path} holds ${entries.length} files, ${size} bytes; that is no connector.`;
      throw new ServerError('DOCUMENT_NOT_FETCHED', message, {
        fix: 'Name the folder of one connector, or a file.',
      });
    }
    const files: ImportFile[] = [];
    for (const entry of entries) {
      const path = `${location.path}/${String(entry['name'])}`;
      files.push({ path, bytes: await this.#loadFile({ ...location, path }, http) });
    }
    return files;
  }

  async #loadFile(location: GitHubLocation, http: SourceClient): Promise<Uint8Array> {
    const { status, headers, body } = await this.#send(
      this.#contentsUrl(location),
      http,
      'application/vnd.github.raw+json',
    );
    if (status === 200) return body;
    throw refuse(status, headers['x-ratelimit-remaining'], location);
  }

  async #list(location: GitHubLocation, http: SourceClient) {
    const listing = await this.#read(location, http);
    if (!Array.isArray(listing)) {
      throw new ServerError('DOCUMENT_NOT_FETCHED', `${location.path} is a file, not a folder.`);
    }
    const entries = listing.filter(isJsonObject);
    if (entries.length < MAX_LISTED || location.path === '') {
      return entries.map((entry) => ({ name: String(entry['name']), isFolder: entry['type'] === 'dir' }));
    }
    return this.#listTree(location, http);
  }

  async #listTree(location: GitHubLocation, http: SourceClient) {
    const parts = location.path.split('/');
    const name = parts.pop();
    const parent = await this.#read({ ...location, path: parts.join('/') }, http);
    const folder = Array.isArray(parent)
      ? parent.filter(isJsonObject).find((entry) => entry['name'] === name)
      : undefined;
    const tree = await this.#get(
      `${this.#repositoryUrl(location)}/git/trees/${String(folder?.['sha'])}`,
      location,
      http,
    );
    const entries =
      isJsonObject(tree) && Array.isArray(tree['tree']) ? tree['tree'].filter(isJsonObject) : [];
    return entries.map((entry: JsonObject) => ({
      name: String(entry['path']),
      isFolder: entry['type'] === 'tree',
    }));
  }

  #read(location: GitHubLocation, http: SourceClient): Promise<Json> {
    return this.#get(this.#contentsUrl(location), location, http);
  }

  async #get(url: string, location: GitHubLocation, http: SourceClient): Promise<Json> {
    const known = this.#listings.get(url);
    if (known !== undefined && Date.now() - known.readAt < LISTING_AGE_MS) return known.value;
    const { status, headers, body } = await this.#send(url, http);
    if (status !== 200) throw refuse(status, headers['x-ratelimit-remaining'], location);
    const value = readAnswer(body);
    if (this.#listings.size >= MAX_LISTINGS) this.#listings.clear();
    this.#listings.set(url, { readAt: Date.now(), value });
    return value;
  }

  async #send(url: string, http: SourceClient, accept = 'application/vnd.github+json') {
    const token = await this.#loadToken();
    return request(http, url, accept, token && { authorization: `Bearer ${token.reveal()}` });
  }

  /**
   * How many requests GitHub takes from here, and how many are left in this hour; asking costs none.
   *
   * @throws ServerError DOCUMENT_NOT_FETCHED; HttpError
   */
  async readLimit(http: SourceClient): Promise<{ limit: number; remaining: number }> {
    const { status, body } = await this.#send(`${this.#apiUrl}/rate_limit`, http);
    if (status === 401) throw refuse(status, undefined, { ...CONNECTORS, ref: undefined, path: '' });
    const answer = status === 200 ? readAnswer(body) : undefined;
    const rate = isJsonObject(answer) && isJsonObject(answer['rate']) ? answer['rate'] : {};
    const { limit, remaining } = rate;
    if (typeof limit === 'number' && typeof remaining === 'number') return { limit, remaining };
    throw new ServerError('DOCUMENT_NOT_FETCHED', `GitHub answered with status ${status}.`);
  }

  /** What was listed with one token need not be there for another. */
  forget(): void {
    this.#listings.clear();
  }

  #repositoryUrl({ owner, repository }: GitHubLocation): string {
    return `${this.#apiUrl}/repos/${owner}/${repository}`;
  }

  #contentsUrl(location: GitHubLocation): string {
    const path = location.path.split('/').map(encodeURIComponent).join('/');
    const query = location.ref === undefined ? '' : `?ref=${encodeURIComponent(location.ref)}`;
    return `${this.#repositoryUrl(location)}/contents/${path}${query}`;
  }
}

function readAnswer(body: Uint8Array): Json {
  try {
    return parseJson(new TextDecoder().decode(body));
  } catch (cause) {
    throw new ServerError('DOCUMENT_NOT_FETCHED', 'GitHub answered with something that is not JSON.', {
      cause,
    });
  }
}

function trim(path: string): string {
  return path.replace(/^\/+|\/+$/g, '');
}

function refuse(status: number, remaining: string | string[] | undefined, location: GitHubLocation): Error {
  if (status === 401) {
    const message = 'GitHub does not accept the token that is set for it.';
    return new ServerError('DOCUMENT_NOT_FETCHED', message, {
      fix: 'It may have expired. An administrator can set another, or none, under Settings, GitHub.',
    });
  }
  if (status === 404) {
    const message = `There is no ${formatLocation(location)} on GitHub, or it is not public.`;
    return new ServerError('DOCUMENT_NOT_FETCHED', message, {
      fix: 'Check owner, repository, branch and path.',
    });
  }
  if (status === 429 || (status === 403 && remaining === '0')) {
    const message = 'GitHub takes no more requests from this address for now.';
    return new ServerError('DOCUMENT_NOT_FETCHED', message, {
      fix: 'Try again in an hour, import the file itself, or have an administrator set a token under Settings, GitHub.',
    });
  }
  return new ServerError('DOCUMENT_NOT_FETCHED', `GitHub answered with status ${status}.`);
}
