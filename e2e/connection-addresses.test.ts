import { afterAll, beforeAll, expect } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { createEve, describeApi } from '../test/product/stranger.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { findViolations } from './find-violations.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

let world: StudioWorld;

beforeAll(async () => {
  world = await startStudioWorld();
}, 120_000);

afterAll(() => world?.stop());

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
    const eve = await createEve(world);
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
