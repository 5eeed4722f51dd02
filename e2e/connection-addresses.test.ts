import { afterAll, beforeAll, expect } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { createClient } from '../src/client/index.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { findViolations } from './find-violations.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

const describeApi = (url: string) => ({
  openapi: '3.1.0',
  info: { title: 'Orders', version: '1' },
  servers: [{ url }],
  security: [{ key: [] }],
  components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'x-key' } } },
  paths: { '/me': { get: { operationId: 'GetMe', responses: { 200: { description: 'ok' } } } } },
});

let world: StudioWorld;

beforeAll(async () => {
  world = await startStudioWorld();
}, 120_000);

afterAll(() => world?.stop());

/** Somebody else, who may change connectors and made no connection. */
async function createEve() {
  const { key } = await world.client.call(endpoints.createApiKey, { body: { name: 'Of Eve' } });
  await world.sql(`insert into users (id, name, email) values (gen_random_uuid(), 'Eve', 'eve@example.com')`);
  await world.sql(
    `update api_keys set user_id = (select id from users where name = 'Eve') where name = 'Of Eve'`,
  );
  return createClient({ baseUrl: world.url, fetch, headers: { authorization: `Bearer ${key}` } });
}

browserTest(
  'a connection says which new host a changed connector wants its key for, and its maker confirms it',
  async () => {
    const { connector } = await world.client.call(endpoints.importConnector, {
      body: { fileName: 'api.json', text: JSON.stringify(describeApi('https://orders.example.com')) },
    });
    const connectorId = connector?.id ?? '';
    const { id } = await world.client.call(endpoints.createConnection, {
      body: { connectorId, name: 'Ada’s orders', parameters: { api_key: 'the key of Ada' } },
    });
    const eve = await createEve();
    await eve.call(endpoints.updateConnector, {
      params: { id: connectorId },
      body: { fileName: 'api.json', text: JSON.stringify(describeApi('https://orders.elsewhere.example')) },
      ifMatch: 1,
    });
    const page = await world.openPage();
    await pictureFailure(page, async () => {
      await page.goto(`${world.url}/connections/${id}`);
      await page.getByRole('heading', { name: 'New hosts' }).waitFor();
      await page.getByText('https://orders.elsewhere.example').waitFor();
      expect(await findViolations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Confirm' }).click();
      await page.getByRole('heading', { name: 'New hosts' }).waitFor({ state: 'hidden' });
    });
    const { unconfirmed } = await world.client.call(endpoints.listConnectionAddresses, { params: { id } });
    expect(unconfirmed).toEqual([]);
  },
);
