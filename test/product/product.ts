import { fileURLToPath } from 'node:url';
import { authEndpoints, endpoints } from '../../src/api/index.ts';
import { type Client, createClient } from '../../src/client/index.ts';
import { type ReadyProcess, startProcess } from './child.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export interface ProductOptions {
  readonly home: string;
  /** A free one unless given. */
  readonly port?: number;
  /** A PostgreSQL instead of the embedded one. */
  readonly databaseUrl?: string;
  /** Options of Node itself, such as `--cpu-prof`. */
  readonly nodeOptions?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Kills the process, ready or not. */
  readonly signal?: AbortSignal;
}

/** `patchbay start` as a process of its own. */
export interface Product extends ReadyProcess {
  readonly url: string;
  /** Present while there is no administrator. */
  readonly setupToken: string | undefined;
}

export async function startProduct(options: ProductOptions): Promise<Product> {
  const { home, port = 0, databaseUrl, nodeOptions = [] } = options;
  const env = {
    ...process.env,
    PATCHBAY_HOME: home,
    PATCHBAY_PORT: String(port),
    PATCHBAY_DATABASE_URL: databaseUrl ?? '',
    ...options.env,
  };
  const child = await startProcess([...nodeOptions, MAIN, 'start', '--json'], {
    env,
    signal: options.signal,
    killSignal: 'SIGKILL',
  });
  const { url, setupUrl } = JSON.parse(child.firstLine) as { url?: string; setupUrl?: string };
  if (url === undefined) {
    await child.ended;
    throw new Error(`Patchbay did not start: ${child.firstLine}`);
  }
  const setupToken = setupUrl === undefined ? undefined : new URL(setupUrl).searchParams.get('token');
  return { ...child, url, setupToken: setupToken ?? undefined };
}

export const ADMINISTRATOR = { name: 'Test', email: 'test@example.com', password: 'a long enough password' };

/** Makes the administrator with the one-time token, and an API key, which outlives restarts. */
export async function createApiKey({ url, setupToken }: Product): Promise<string> {
  const path = setupToken === undefined ? authEndpoints.signIn.path : endpoints.setUp.path;
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ ...ADMINISTRATOR, token: setupToken }),
  });
  const cookie = response.headers
    .getSetCookie()
    .map((value) => value.split(';', 1)[0])
    .join('; ');
  if (!response.ok) throw new Error(`Signing in failed: ${response.status} ${await response.text()}`);
  const session = createClient({ baseUrl: url, fetch, headers: { cookie, origin: url } });
  const { key } = await session.call(endpoints.createApiKey, { body: { name: 'Test' } });
  return key;
}

/** Calls the public API as a program does. */
export function createKeyClient(url: string, apiKey: string): Client {
  return createClient({ baseUrl: url, fetch, headers: { authorization: `Bearer ${apiKey}` } });
}
