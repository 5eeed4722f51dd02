import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { authEndpoints, endpoints } from '../../api/index.ts';
import { describeError } from '../../base/index.ts';
import { ApiError, type Client, createClient } from '../../client/index.ts';
import { CliError } from '../errors.ts';

/** The demo's administrator, remembered in its home so that it can be run again. */
export interface DemoAccount {
  readonly email: string;
  readonly password: string;
  readonly apiKey?: string;
}

const FILE = 'demo-account.json';

/**
 * Signs in to a demo's Patchbay as people do: at the first start with the one-time token, later with the
 * remembered API key, or with the password when the key is gone.
 */
export async function openAccount(
  home: string,
  baseUrl: string,
  setupToken: string | undefined,
): Promise<{ account: DemoAccount; client: Client }> {
  const known = await loadAccount(home);
  if (known?.apiKey !== undefined) {
    const client = createKeyClient(baseUrl, known.apiKey);
    if (await isAccepted(client)) return { account: known, client };
  }
  const account = known ?? { email: 'demo@example.com', password: randomBytes(9).toString('base64url') };
  const cookie = await signIn(baseUrl, account, setupToken);
  const session = createClient({ baseUrl, fetch, headers: { cookie, origin: baseUrl } });
  const { key } = await session.call(endpoints.createApiKey, { body: { name: 'Demo' } });
  await saveAccount(home, { ...account, apiKey: key });
  return { account: { ...account, apiKey: key }, client: createKeyClient(baseUrl, key) };
}

function createKeyClient(baseUrl: string, apiKey: string): Client {
  return createClient({ baseUrl, fetch, headers: { authorization: `Bearer ${apiKey}` } });
}

async function isAccepted(client: Client): Promise<boolean> {
  try {
    await client.call(endpoints.getMe);
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return false;
    throw error;
  }
}

/** @returns the session's cookie */
async function signIn(
  baseUrl: string,
  account: DemoAccount,
  setupToken: string | undefined,
): Promise<string> {
  const { email, password } = account;
  const [path, body] =
    setupToken === undefined
      ? [authEndpoints.signIn.path, { email, password }]
      : [endpoints.setUp.path, { token: setupToken, name: 'Demo', email, password }];
  const response = await fetch(baseUrl + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: baseUrl },
    body: JSON.stringify(body),
  });
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0]);
  if (response.ok && cookies.length > 0) return cookies.join('; ');
  throw new CliError('DEMO_FAILED', `Signing in to the demo failed with status ${response.status}.`, {
    fix: 'Remove the folder of the demo (.patchbay/demo) to begin anew.',
  });
}

async function loadAccount(home: string): Promise<DemoAccount | undefined> {
  try {
    return JSON.parse(await readFile(join(home, FILE), 'utf8')) as DemoAccount;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new CliError('DEMO_FAILED', `${FILE} cannot be read: ${describeError(error)}.`);
  }
}

async function saveAccount(home: string, account: DemoAccount): Promise<void> {
  await mkdir(home, { recursive: true });
  await writeFile(join(home, FILE), JSON.stringify(account), { mode: 0o600 });
}
