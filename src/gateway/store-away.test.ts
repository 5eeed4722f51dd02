import { randomBytes } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { createGatewayWorld, type GatewayWorld } from '../../test/gateway-world.ts';
import { createTestDatabase } from '../../test/postgres/index.ts';
import type { JsonObject } from '../base/index.ts';
import { createCodeRunner } from '../code/index.ts';
import { createDataKeyStore, type Store } from '../store/index.ts';
import { createMasterKeyWrapper, createVault } from '../vault/index.ts';
import { createGateway } from './index.ts';

const DOCUMENT: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Weather', version: '1' },
  components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Api-Key' } } },
  security: [{ key: [] }],
  paths: { '/now': { get: { operationId: 'Now', responses: { '200': { description: 'ok' } } } } },
};

let world: GatewayWorld;
let away: Store;

beforeAll(async () => {
  world = await createGatewayWorld();
  away = (await createTestDatabase()).store;
  await away.close();
});

async function callWith(parts: { readonly db?: Store['db']; readonly keys: Store['db'] }) {
  const { connectionId } = await world.connect(DOCUMENT, { api_key: 'sk_live_0123456789' });
  const vault = createVault({
    keys: createDataKeyStore(parts.keys),
    wrapper: createMasterKeyWrapper(randomBytes(32)),
  });
  const code = createCodeRunner();
  const gateway = createGateway({ db: parts.db ?? world.db, vault, http: world.http, builtins: [], code });
  try {
    return await gateway.callOperation({ connectionId, operation: { operationId: 'Now' }, inputs: {} });
  } finally {
    await gateway.close();
    await code.close();
  }
}

test('a call that finds the database away says so, is tried again, and was not sent', async () => {
  for (const parts of [{ db: away.db, keys: away.db }, { keys: away.db }]) {
    const { error } = await callWith(parts);
    expect(error).toMatchObject({ code: 'StoreUnavailable', retryable: true, sent: false });
  }
  expect(world.seen).toEqual([]);
});

test('credentials that another master key has sealed are what is broken, not the database', async () => {
  const { error } = await callWith({ keys: world.db });
  expect(error).toMatchObject({ code: 'ConnectionBroken', retryable: false });
});
