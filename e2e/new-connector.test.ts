import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { readShippingDocument } from '../test/product/shipping.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { findViolations } from './find-violations.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

let started: StudioWorld | undefined;
let service: Server;
let serviceUrl: string;

beforeAll(async () => {
  if (browserTest !== test) return;
  // A document that does not come: what is asked for here waits until somebody cancels.
  service = createServer(() => {});
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  serviceUrl = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  started = await startStudioWorld();
  const { hosts } = await started.client.call(endpoints.getAllowedHosts);
  await started.client.call(endpoints.updateAllowedHosts, {
    body: { hosts: [...hosts, new URL(serviceUrl).host] },
  });
});

afterAll(async () => {
  await started?.stop();
  service?.closeAllConnections();
  service?.close();
});

function walk(name: string, steps: (page: Page, world: StudioWorld) => Promise<void>): void {
  browserTest(name, { timeout: 60_000 }, async () => {
    if (started === undefined) throw new Error('The studio is not there.');
    const world = started;
    const page = await world.openPage();
    await pictureFailure(page, () => steps(page, world));
    await page.context().close();
  });
}

async function reviewText(page: Page, url: string, text: string): Promise<void> {
  await page.goto(`${url}/connectors/new?from=text`);
  await page.getByRole('textbox', { name: /Document/ }).fill(text);
  await page.getByRole('button', { name: 'Review' }).click();
}

walk('a document of which nothing can be made is refused with its place', async (page, { url }) => {
  await reviewText(page, url, '{\n  "openapi": "3.0.0",\n  "info": { "title" "Broken" }\n}');
  await page.getByRole('heading', { name: 'This cannot be imported' }).waitFor();
  await page.getByText('Line 3').waitFor();
  await page.locator('pre', { hasText: '"title" "Broken"' }).waitFor();
  await page.getByRole('button', { name: 'Choose something else' }).click();
  await page.getByRole('button', { name: 'Review' }).waitFor();
});

walk('a connector of some operations, then its next version', async (page, { url, client, shipping }) => {
  const document = await readShippingDocument(shipping.url);
  const titled = (title: string) => document.replace('title: Parcel Post', `title: ${title}`);
  await reviewText(page, url, titled('Second Post'));
  await page.getByText('OpenAPI 3.1').waitFor();
  await page.getByText('8 of 8 operations selected').waitFor();
  expect(await findViolations(page)).toEqual([]);

  // By keyboard: none, then the first of what is searched for.
  await page.getByRole('button', { name: 'Select none' }).click();
  await page.getByText('0 of 8 operations selected').waitFor();
  await page.getByRole('searchbox', { name: 'Search operations' }).fill('label');
  const list = page.getByRole('listbox', { name: 'Operations' });
  await list.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Space');
  await page.keyboard.press('Home');
  await page.keyboard.press('Space');
  await page.getByText('2 of 8 operations selected').waitFor();
  // What was read stands in the address: a reload loses the choice, not the document.
  await page.reload();
  await page.getByText('8 of 8 operations selected').waitFor();
  await page.getByRole('button', { name: 'Select none' }).click();
  await page
    .getByRole('option', { name: /Track a parcel/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Create connector' }).click();
  await page.getByRole('heading', { level: 1, name: 'Second Post' }).waitFor();
  await page.getByText('1 operation · version 1').waitFor();

  await page.getByRole('button', { name: 'More for Second Post' }).click();
  await page.getByRole('menuitem', { name: 'Import a new version' }).click();
  await page.getByRole('heading', { level: 1, name: 'New version of Second Post' }).waitFor();
  await page.getByRole('button', { name: /Pasted text/ }).click();
  await page.getByRole('textbox', { name: /Document/ }).fill(titled('Third Post'));
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByLabel('Note for this version').fill('All of it');
  await page.getByRole('button', { name: 'Save version' }).click();
  await page.getByRole('heading', { level: 1, name: 'Third Post' }).waitFor();
  await page.getByText('All of it').waitFor();
  const { value } = await client.call(endpoints.listConnectors, { query: { limit: 200 } });
  expect(value.find(({ title }) => title === 'Third Post')).toMatchObject({
    latestVersion: 2,
    operationCount: 8,
  });
});

walk('an import that takes long shows how far it is, and is cancelled', async (page, { url }) => {
  await page.goto(`${url}/connectors/new?from=url`);
  await page.getByRole('textbox', { name: /Address/ }).fill(`${serviceUrl}/openapi.json`);
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('heading', { name: 'Reading the document' }).waitFor();
  await page.getByText('Fetch it').waitFor();
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('heading', { name: 'The import was cancelled' }).waitFor();
});

walk('a folder that is dropped anywhere is imported', async (page, { url }) => {
  await page.goto(`${url}/connectors/new?from=curl`);
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    const text = JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Dropped', version: '1' },
      servers: [{ url: 'https://dropped.example' }],
      paths: { '/x': { get: { operationId: 'GetX', responses: {} } } },
    });
    data.items.add(new File([text], 'dropped.json', { type: 'application/json' }));
    return data;
  });
  await page.dispatchEvent('h1', 'dragover', { dataTransfer: transfer });
  await page.getByText('Drop it anywhere').waitFor();
  await page.dispatchEvent('h1', 'drop', { dataTransfer: transfer });
  await page.getByText('1 of 1 operation selected').waitFor();
  await page.getByRole('button', { name: 'Open in the wizard' }).click();
  await page.waitForURL('**/connectors/drafts/*');
});
