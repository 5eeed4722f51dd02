import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endpoints } from '../../src/api/index.ts';
import { type Product, startPatchbay } from '../../src/cli/compose.ts';
import { readSettings } from '../../src/cli/settings.ts';
import { type Client, createClient } from '../../src/client/index.ts';
import { createTestDatabase, runSql } from '../postgres/index.ts';

/** Patchbay as `patchbay start` runs it, in this process, on a database of its own, with an administrator. */
export interface TestProduct {
  readonly url: string;
  /** Calls the API as the administrator, with an API key. */
  readonly client: Client;
  readonly apiKey: string;
  readonly product: Product;
  /** Looks into its database, or brings about what only time would. */
  sql(text: string): ReturnType<typeof runSql>;
  stop(): Promise<void>;
}

const ADMINISTRATOR = { name: 'Ada', email: 'ada@example.com', password: 'correct horse' };

export async function startTestProduct(
  settings: Readonly<Record<string, string>> = {},
): Promise<TestProduct> {
  const { url: databaseUrl } = await createTestDatabase();
  const home = await mkdtemp(join(tmpdir(), 'patchbay-product-'));
  const env = {
    PATCHBAY_HOME: home,
    PATCHBAY_DATABASE_URL: databaseUrl,
    PATCHBAY_PORT: '0',
    PATCHBAY_LOG_LEVEL: 'error',
    ...settings,
  };
  const product = await startPatchbay(readSettings(env, home), '0.0.0');
  const cookie = await setUp(product);
  const session = createClient({ baseUrl: product.url, fetch, headers: { cookie, origin: product.url } });
  const { key: apiKey } = await session.call(endpoints.createApiKey, { body: { name: 'Tests' } });
  return {
    url: product.url,
    client: createClient({ baseUrl: product.url, fetch, headers: { authorization: `Bearer ${apiKey}` } }),
    apiKey,
    product,
    sql: (text) => runSql(databaseUrl, text),
    stop: async () => {
      await product.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** @returns the cookie of the administrator's session */
async function setUp({ url, setupToken }: Product): Promise<string> {
  const response = await fetch(`${url}${endpoints.setUp.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ token: setupToken?.reveal(), ...ADMINISTRATOR }),
  });
  if (!response.ok) throw new Error(`Setting up failed: ${response.status} ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
}
