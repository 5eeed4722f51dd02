import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { readShippingDocument } from '../test/product/shipping.ts';
import { serve, type TestServer } from '../test/servers.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { findViolations } from './find-violations.ts';
import { inspect } from './inspect-page.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

let started: StudioWorld | undefined;
let service: TestServer;

beforeAll(async () => {
  if (browserTest !== test) return;
  // A document that does not come: what is asked for here waits until somebody cancels.
  service = await serve(() => {});
  started = await startStudioWorld();
  const { hosts } = await started.client.call(endpoints.getAllowedHosts);
  await started.client.call(endpoints.updateAllowedHosts, {
    body: { hosts: [...hosts, service.host] },
  });
});

afterAll(async () => {
  await started?.stop();
  await service?.close();
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

/** Reports that come page by page, of which none has a name. */
function writeReports(count: number): string {
  const schema = {
    type: 'object',
    properties: {
      next_page: { type: 'string' },
      reports: { type: 'array', items: { type: 'object' } },
      note: { type: 'string,' },
    },
  };
  const responses = { 200: { description: 'ok', content: { 'application/json': { schema } } } };
  const page = { name: 'page', in: 'query', schema: { type: 'integer' } };
  const paths = Array.from({ length: count }, (_, index) => [
    `/reports/${index}`,
    { get: { summary: `List reports ${index}`, parameters: [page], responses } },
  ]);
  const info = { title: 'Reports', version: '1' };
  const servers = [{ url: 'https://reports.example' }];
  return JSON.stringify({ openapi: '3.1.0', info, servers, paths: Object.fromEntries(paths) }, null, 2);
}

walk('warnings that say the same are one, and the bar covers nothing', async (page, { url }) => {
  await reviewText(page, url, writeReports(12));
  const warnings = page.getByRole('region', { name: 'Warnings' });
  await page.getByRole('heading', { name: '24 warnings' }).waitFor();
  expect(await warnings.getByRole('listitem').count()).toBe(2);
  await warnings.getByText('GET … has no operationId; it is called …').waitFor();
  const places = warnings.getByRole('button', { name: /^12 places, lines \d+.*has no operationId/ });
  await places.focus();
  await page.keyboard.press('Enter');
  await warnings.getByText("GET /reports/11 has no operationId; it is called 'GetReports11'.").waitFor();
  await warnings.getByText(/^Line \d+ · \/paths\/~1reports~111\/get$/).waitFor();
  await inspect(page, 'review');

  await page.setViewportSize({ width: 1280, height: 640 });
  const bar = page.getByRole('button', { name: 'Create connector' }).locator('..');
  const proposals = page.getByRole('region', { name: 'Proposed paging' });
  const count = await proposals.getByRole('checkbox').count();
  expect(count).toBe(12);
  await proposals.focus();
  for (let index = 0; index < count; index += 1) {
    await page.keyboard.press('Tab');
    const [box, edge] = await Promise.all([
      page.locator(':focus').boundingBox(),
      bar.evaluate((element) => element.getBoundingClientRect().top),
    ]);
    expect(box && box.y + box.height, `checkbox ${index}`).toBeLessThanOrEqual(edge);
  }
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
  await page.getByRole('textbox', { name: /Address/ }).fill(`${service.url}/openapi.json`);
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
