import { afterAll, beforeAll, expect } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

let world: StudioWorld;

beforeAll(async () => {
  world = await startStudioWorld();
}, 120_000);

afterAll(() => world?.stop());

browserTest('a connector says what stands between it and its publication, and mends it by rule', async () => {
  const page = await world.openPage();
  await pictureFailure(page, async () => {
    await page.goto(`${world.url}/connectors/${world.connectorId}?tab=about`);
    const card = page.getByRole('region', { name: 'Certification' });
    await card.getByText('The document has no x-ms-connector-metadata.').waitFor();
    await card.getByRole('button', { name: 'Fix CERT-PATHPARAM-ENCODING' }).click();
    await page.getByText('fixed in version 2').first().waitFor();
    await card.getByRole('button', { name: 'Fix CERT-PATHPARAM-ENCODING' }).waitFor({ state: 'detached' });
  });
  const { latestVersion } = await world.client.call(endpoints.getConnector, {
    params: { id: world.connectorId },
  });
  expect(latestVersion).toBe(2);
});
