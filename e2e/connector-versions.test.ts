import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

let started: StudioWorld | undefined;
beforeAll(async () => {
  if (browserTest === test) started = await startStudioWorld();
});
afterAll(() => started?.stop());

const pond = (operations: readonly string[]) => ({
  openapi: '3.1.0',
  info: { title: 'Pond', version: '1' },
  servers: [{ url: 'https://pond.example' }],
  paths: Object.fromEntries(
    operations.map((name) => [`/${name}`, { get: { operationId: name, summary: name, responses: {} } }]),
  ),
});

browserTest(
  'two versions are compared, an old one is restored, and a version is taken out',
  { timeout: 90_000 },
  async () => {
    if (started === undefined) throw new Error('The studio is not there.');
    const { client, url, openPage } = started;
    const made = await client.call(endpoints.importConnector, {
      body: { text: JSON.stringify(pond(['ListFish', 'ListFrogs'])), name: 'pond' },
    });
    const id = made.connector?.id ?? '';
    await client.call(endpoints.updateConnector, {
      params: { id },
      ifMatch: 1,
      body: { text: JSON.stringify(pond(['ListFish', 'ListNewts'])), note: 'Newts for frogs' },
    });
    const page: Page = await openPage();
    await pictureFailure(page, async () => {
      await page.goto(`${url}/connectors/${id}?tab=versions`);
      await page.getByText('2 changes: 1 breaking, 1 safe').waitFor();
      const changes = page.getByRole('list', { name: 'Changes' });
      expect(await changes.getByRole('listitem').first().textContent()).toMatch(/^Breaking.*ListFrogs/);

      await page.getByRole('button', { name: 'More for version 1' }).click();
      await page.getByRole('menuitem', { name: 'Restore' }).click();
      await page.getByRole('button', { name: 'Restore', exact: true }).click();
      await page.getByText('Version 3 is what version 1 was.').first().waitFor();
      await page.getByRole('table', { name: 'Versions' }).getByText('Version 1 restored').waitFor();
      // Against the version before the restored one nothing is missing: the frogs are back, the newts are gone.
      await page.getByText('2 changes: 1 breaking, 1 safe').waitFor();
      await page.getByRole('combobox', { name: 'From' }).click();
      await page.getByRole('option', { name: /^Version 1$/ }).click();
      await page.getByText('Nothing that a caller would notice has changed.').waitFor();

      await page.getByRole('button', { name: 'Export version 3' }).click();
      await page.getByRole('radio', { name: 'Swagger 2.0' }).click();
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download' }).click();
      expect((await download).suggestedFilename()).toMatch(/^pond\..*json$/);
    });
    const { value } = await client.call(endpoints.listConnectorVersions, { params: { id } });
    expect(value.map(({ version, note }) => [version, note])).toEqual([
      [3, 'Version 1 restored'],
      [2, 'Newts for frogs'],
      [1, undefined],
    ]);
    await page.context().close();
  },
);
