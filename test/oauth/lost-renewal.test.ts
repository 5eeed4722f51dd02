import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../../src/api/index.ts';
import type { Client } from '../../src/client/index.ts';
import { createTestDatabase, type TestDatabase } from '../postgres/index.ts';
import { createApiKey, createKeyClient, type Product, startProduct } from '../product/product.ts';
import { type DialectProvider, importDialect, signInAt, startDialectProvider } from './dialect-provider.ts';

let database: TestDatabase;
let home: string;
let product: Product;
let client: Client;
let apiKey: string;
let provider: DialectProvider;
/** The refresh token that the provider gave last, and whether it takes the one before once more. */
let current = 0;
let allowsLostAnswers = false;
/** Called when a refresh has been decided on and before it is answered. */
let beforeAnswer: () => Promise<void> = async () => {};

beforeAll(async () => {
  database = await createTestDatabase();
  home = await mkdtemp(join(tmpdir(), 'patchbay-lost-'));
  product = await startProduct({ home, databaseUrl: database.url });
  apiKey = await createApiKey(product);
  client = createKeyClient(product.url, apiKey);
  provider = await startDialectProvider();
  provider.answer = async ({ form }) => {
    const isRefresh = form['grant_type'] === 'refresh_token';
    const former = allowsLostAnswers ? `refresh-${current - 1}` : '';
    if (isRefresh && ![`refresh-${current}`, former].includes(form['refresh_token'] ?? '')) {
      return { status: 400, body: { error: 'invalid_grant' } };
    }
    current += 1;
    if (isRefresh) await beforeAnswer();
    const body = { access_token: `access-${current}`, refresh_token: `refresh-${current}`, expires_in: 3600 };
    return { body };
  };
  await client.call(endpoints.updateAllowedHosts, { body: { hosts: [provider.host] } });
}, 60_000);

afterAll(async () => {
  await product?.kill();
  await provider?.close();
  if (home) await rm(home, { recursive: true, force: true });
});

async function connect(title: string): Promise<string> {
  provider.taken = undefined;
  const connectorId = await importDialect(client, provider, title, {
    connectionParameters: {
      token: {
        type: 'oauthSetting',
        oAuthSettings: {
          identityProvider: 'oauth2',
          clientId: 'patchbay',
          scopes: ['all'],
          customParameters: {
            AuthorizationUrl: { value: `${provider.url}/authorize` },
            TokenUrl: { value: `${provider.url}/token` },
            RefreshUrl: { value: `${provider.url}/token` },
          },
        },
      },
    },
  });
  await client.call(endpoints.updateConnectorSignIn, {
    params: { id: connectorId },
    body: { clientId: 'patchbay', clientSecret: 'a-secret' },
  });
  const { id } = await client.call(endpoints.createConnection, { body: { connectorId, name: title } });
  expect((await signInAt({ client, apiKey }, id)).status).toBe(200);
  return id;
}

const callApi = (id: string) =>
  client.call(endpoints.callOperation, { params: { id, operationId: 'GetMe' }, body: {} });

/** Holds the row of the token, so that whoever writes it waits until `release`. */
async function holdToken(connectionId: string) {
  const holder = await database.pool.connect();
  await holder.query('begin');
  await holder.query('select 1 from connection_tokens where connection_id = $1 for update', [connectionId]);
  return {
    waiter: () => waitForWaiter(database.pool),
    release: async () => {
      await holder.query('rollback');
      holder.release();
    },
  };
}

/** Resolves with the database session that waits for the row. */
async function waitForWaiter(pool: pg.Pool): Promise<number> {
  let pid: number | undefined;
  await expect
    .poll(
      async () => {
        const { rows } = await pool.query<{ pid: number }>(
          `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
             and query ilike '%update "connection_tokens"%'`,
        );
        pid = rows[0]?.pid;
        return pid;
      },
      { timeout: 15_000 },
    )
    .toBeDefined();
  return pid ?? 0;
}

const endSession = (pid: number) => database.pool.query('select pg_terminate_backend($1)', [pid]);

/** Refuses the token, and holds the write of the next one, which the provider has given by then. */
async function interruptRenewal(connectionId: string) {
  provider.taken = new Set([`access-${current + 1}`]);
  const held = Promise.withResolvers<Awaited<ReturnType<typeof holdToken>>>();
  beforeAnswer = async () => {
    beforeAnswer = async () => {};
    held.resolve(await holdToken(connectionId));
  };
  const call = callApi(connectionId).then(
    (result) => result,
    (error: unknown) => error,
  );
  const lock = await held.promise;
  return { call, lock, writer: await lock.waiter() };
}

/** Kills Patchbay when the provider has answered and the answer is not stored, and starts it again. */
async function crashWhileRenewing(connectionId: string): Promise<void> {
  const { call, lock, writer } = await interruptRenewal(connectionId);
  await product.kill();
  await endSession(writer); // else it would write when it gets the row, though nobody waits for it any more
  await lock.release();
  await call;
  const { rows } = await database.pool.query(
    'select refresh_sent_at from connection_tokens where connection_id = $1',
    [connectionId],
  );
  expect(rows).toEqual([{ refresh_sent_at: expect.any(Date) }]);
  product = await startProduct({ home, databaseUrl: database.url });
  client = createKeyClient(product.url, apiKey);
  // Half a minute later: the right to renew that the dead process held has run out.
  await database.pool.query(
    `update connection_tokens set lease_until = now() - interval '1 second' where connection_id = $1`,
    [connectionId],
  );
  provider.taken = new Set([`access-${current + 1}`]);
}

test('a renewal whose answer died with the process is asked for again, where the provider allows for that', async () => {
  allowsLostAnswers = true;
  const id = await connect('Forgiving');
  await crashWhileRenewing(id);
  expect(await callApi(id)).toMatchObject({ statusCode: 200 });
  const { rows } = await database.pool.query(
    'select refresh_sent_at from connection_tokens where connection_id = $1',
    [id],
  );
  expect(rows).toEqual([{ refresh_sent_at: null }]);
}, 60_000);

test('where the provider does not, the connection says what happened and asks for a new sign-in, once', async () => {
  allowsLostAnswers = false;
  const id = await connect('Strict');
  await crashWhileRenewing(id);
  await expect(callApi(id)).rejects.toMatchObject({ code: 'NeedsSignIn' });
  const ended = await client.call(endpoints.getConnection, { params: { id } });
  expect(ended).toMatchObject({
    status: 'needs-sign-in',
    statusDetail: {
      code: 'RenewalLost',
      message: expect.stringContaining('The answer to the last renewal of the connection Strict was lost'),
      fix: 'Sign in again.',
    },
  });
  expect(JSON.stringify(ended)).not.toMatch(/refresh-\d|access-\d/);
  const asked = provider.asked.length;
  await expect(callApi(id)).rejects.toMatchObject({ code: 'NeedsSignIn' });
  expect(provider.asked).toHaveLength(asked);
  provider.taken = undefined;
  expect((await signInAt({ client, apiKey }, id)).status).toBe(200);
  expect(await callApi(id)).toMatchObject({ statusCode: 200 });
}, 60_000);

test('an answer that is there survives the loss of the database session that was to store it', async () => {
  allowsLostAnswers = false;
  const id = await connect('Stubborn');
  const { call, lock, writer } = await interruptRenewal(id);
  await endSession(writer);
  await lock.release();
  expect(await call).toMatchObject({ statusCode: 200 });
  // The next renewal works, so the refresh token that came is the one that was stored.
  provider.taken = new Set([`access-${current + 1}`]);
  expect(await callApi(id)).toMatchObject({ statusCode: 200 });
}, 60_000);

test('an answer that is lost on the way counts as lost too', async () => {
  allowsLostAnswers = false;
  const id = await connect('Cut off');
  provider.taken = new Set([`access-${current + 2}`]);
  beforeAnswer = async () => {
    beforeAnswer = async () => {};
    throw new Error('cut');
  };
  await expect(callApi(id)).rejects.toMatchObject({ code: 'Unauthorized' });
  await expect(callApi(id)).rejects.toMatchObject({ code: expect.any(String) });
  expect(await client.call(endpoints.getConnection, { params: { id } })).toMatchObject({
    status: 'needs-sign-in',
    statusDetail: { code: 'RenewalLost' },
  });
}, 60_000);
