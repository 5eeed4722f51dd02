import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { inspect } from './inspect-page.ts';
import { type ParcelService, startParcelService } from './parcel-service.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

/** The path of a newcomer, all of it on the screen: from a document to a connector that was tested, mended and saved again. */

let started: { readonly world: StudioWorld; readonly service: ParcelService } | undefined;

beforeAll(async () => {
  if (browserTest !== test) return;
  const [world, service] = await Promise.all([startStudioWorld(), startParcelService()]);
  const { hosts } = await world.client.call(endpoints.getAllowedHosts);
  await world.client.call(endpoints.updateAllowedHosts, { body: { hosts: [...hosts, service.host] } });
  started = { world, service };
});

afterAll(async () => {
  await started?.world.stop();
  await started?.service.close();
});

browserTest(
  'a newcomer imports, picks, secures, connects, tests, mends, and saves version 2',
  { timeout: 180_000 },
  async () => {
    if (!started) throw new Error('There is no product to look at.');
    const { world, service } = started;
    const page = await world.openPage();
    await pictureFailure(page, async () => {
      await importDocument(page, world.url, service);
      await setKey(page);
      await createConnector(page);
      await connect(page);
      await seeRefusal(page, service);
      await mendKey(page, service);
      await takeDifference(page, service);
      await saveVersion(page, service);
    });
    await page.context().close();
  },
);

async function importDocument(page: Page, url: string, service: ParcelService): Promise<void> {
  await page.goto(url);
  await page.getByRole('link', { name: 'New connector' }).first().click();
  await page.getByRole('button', { name: /^URL/ }).click();
  await page.getByRole('textbox', { name: /Address/ }).fill(service.documentUrl);
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Select none' }).click();
  const search = page.getByRole('searchbox', { name: 'Search operations' });
  for (const [index, operation] of service.operations.entries()) {
    await search.fill(operation.path);
    await page
      .getByRole('option')
      .filter({ hasText: operation.summary })
      .filter({ has: page.getByText(operation.path, { exact: true }) })
      .filter({ has: page.getByText(operation.method, { exact: true }) })
      .click();
    await page.getByText(new RegExp(`^${index + 1} of \\d+ operations selected`)).waitFor();
  }
  await search.fill('');
  await inspect(page, 'newcomer-review');
  await page.getByRole('button', { name: 'Open in the wizard' }).click();
  await page.waitForURL('**/connectors/drafts/*');
}

async function setKey(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name: 'Security' }).click();
  await page.getByRole('combobox', { name: 'Authentication type' }).selectOption('API key');
  await page.getByRole('textbox', { name: 'Name of the header' }).fill('API-Key');
  await page.getByRole('textbox', { name: /^Label of the / }).fill('Key of the shop');
  await page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
}

async function createConnector(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name: 'Test' }).click();
  await page.getByText('Connect first').waitFor();
  await page.getByRole('button', { name: 'Create connector' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Create connector' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('6 operations · version 1').waitFor();
}

/** A connection with a key that the service does not know; whoever is in a hurry goes on. */
async function connect(page: Page): Promise<void> {
  await page.getByRole('tab', { name: 'Test' }).click();
  await page.getByRole('button', { name: 'New connection' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Key of the shop' }).fill('live_wrong_key_000');
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click();
  await dialog.getByText('it does not work').waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
}

async function seeRefusal(page: Page, { track }: ParcelService): Promise<void> {
  await page.getByRole('combobox', { name: 'Operation' }).click();
  await page.keyboard.type(track.path);
  await page.getByRole('option', { name: `${track.method} ${track.summary}` }).click();
  await page.getByRole('button', { name: 'Fill with a sample' }).click();
  expect(await page.getByRole('textbox', { name: 'tracking_number' }).inputValue()).not.toBe('');
  await page.getByRole('button', { name: 'Run the test' }).click();
  const result = page.getByRole('region', { name: 'Result' });
  await result.getByText('401', { exact: true }).waitFor();
  const diagnosis = page.getByRole('region', { name: 'Diagnosis' });
  const first = diagnosis.getByRole('listitem').first();
  await first.getByText('is wrong, expired or revoked.').waitFor();
  await first.getByText('The API key is not valid.').waitFor();
  await inspect(page, 'newcomer-refused');
}

async function mendKey(page: Page, { key, extra }: ParcelService): Promise<void> {
  await page.getByRole('button', { name: 'Change the key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Key of the shop' }).fill(key);
  await dialog.getByRole('button', { name: 'Save and test' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Run the test' }).click();
  const result = page.getByRole('region', { name: 'Result' });
  await result.getByText('200', { exact: true }).waitFor();
  await page.getByText(`${extra} is not in the definition`).waitFor();
  await inspect(page, 'newcomer-difference');
  await result.getByRole('tab', { name: 'Request as sent' }).click();
  await result.getByText('/tracking').first().waitFor();
  expect(await page.content()).not.toContain(key);
}

/** The operation, the connection and the inputs come along into the draft. */
async function takeDifference(page: Page, { extra }: ParcelService): Promise<void> {
  await page.getByRole('button', { name: `Fix in the schema: Add ${extra}` }).click();
  await page.waitForURL(/\/connectors\/drafts\/.*step=test/);
  await page.getByRole('navigation', { name: 'Steps' }).waitFor();
  await page.getByRole('button', { name: 'Run the test' }).click();
  await page.getByRole('region', { name: 'Result' }).getByText('200', { exact: true }).waitFor();
  expect(await page.getByRole('region', { name: /from the schema/ }).count()).toBe(0);
}

async function saveVersion(page: Page, { extra }: ParcelService): Promise<void> {
  await page.getByRole('button', { name: 'Save version' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(extra).first().waitFor();
  await inspect(page, 'newcomer-save');
  await dialog.getByRole('textbox', { name: 'Note' }).fill('What the service answers with');
  await dialog.getByRole('button', { name: 'Save version' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('6 operations · version 2').waitFor();
  await page.getByRole('tab', { name: 'Versions' }).click();
  await page
    .getByRole('table', { name: 'Versions' })
    .getByRole('row', { name: /^2 .*What the service/ })
    .waitFor();
  await page.getByRole('list', { name: 'Changes' }).getByText(extra).first().waitFor();
}
