import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { makeLargeDocument } from './large-document.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

const COUNT = 2000;

let world: StudioWorld | undefined;

beforeAll(async () => {
  if (browserTest === test) world = await startStudioWorld();
});
afterAll(() => world?.stop());

browserTest(
  'a connector of 2,000 operations: only those in sight are drawn, found by typing and by keys',
  { timeout: 120_000 },
  async () => {
    if (!world) throw new Error('There is no product to look at.');
    const { connector } = await world.client.call(endpoints.importConnector, {
      body: { fileName: 'things.json', text: JSON.stringify(makeLargeDocument(COUNT)) },
    });
    if (!connector) throw new Error('The document was not imported.');
    const page = await world.openPage();
    await pictureFailure(page, async () => {
      await page.goto(`${world?.url}/connectors/${connector.id}`);
      const rows = page.getByRole('list', { name: 'Operations' }).getByRole('button');
      const row = (index: number) => rows.filter({ hasText: `/things/${index}/` });
      await row(0).waitFor();
      expect(await rows.count()).toBeLessThan(60);
      const { sent, unpacked, firstRowMs } = await measureLoading(page);
      console.info(
        `The first of ${COUNT} operations after ${firstRowMs} ms, with ${sent} of ${unpacked} kB sent.`,
      );
      expect(sent, `of ${unpacked} kB`).toBeLessThan(300);

      await row(0).focus();
      await page.keyboard.press('End');
      await page.waitForFunction(
        (text) => document.activeElement?.textContent?.includes(text),
        '/things/1999/',
      );
      await page.keyboard.press('ArrowUp');
      await page.waitForFunction(
        (text) => document.activeElement?.textContent?.includes(text),
        '/things/1998/',
      );
      await page.keyboard.press('Enter');
      await page.getByRole('tab', { name: 'Use it' }).waitFor();
      expect(page.url()).toContain('operation=GetThing1998');
      await page.reload();
      await expect.poll(() => row(1998).isVisible()).toBe(true);

      await page.getByLabel('Search operations').fill('thing 1234');
      await row(1234).click();
      await page.waitForURL('**operation=GetThing1234**');
      expect(await rows.count()).toBe(1);
    });
    await page.context().close();
  },
);

/** What a page cost until now. */
function measureLoading(page: Page) {
  return page.evaluate(() => {
    const loaded = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const count = (read: (one: PerformanceResourceTiming) => number) =>
      Math.round(loaded.reduce((sum, one) => sum + read(one), 0) / 1024);
    return {
      sent: count(({ transferSize }) => transferSize),
      unpacked: count(({ decodedBodySize }) => decodedBodySize),
      firstRowMs: Math.round(performance.now()),
    };
  });
}

browserTest(
  'what is wrong with a large definition is found beside the typing, in a thread of its own',
  async () => {
    if (!world) throw new Error('There is no product to look at.');
    const { id } = await world.client.call(endpoints.createConnectorDraft, {
      body: { text: JSON.stringify(makeLargeDocument(COUNT)) },
    });
    const page = await world.openPage();
    await page.goto(`${world.url}/connectors/drafts/${id}`);
    await pictureFailure(page, async () => {
      const name = page.getByRole('textbox', { name: 'Name', exact: true });
      await name.waitFor();
      await page.evaluate(() => {
        const tasks: number[] = [];
        new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) tasks.push(Math.round(duration));
        }).observe({ type: 'longtask' });
        Object.assign(globalThis, { tasks });
      });
      await name.fill('');
      await page.getByText('Give the connector a name.').first().waitFor();
      expect(page.workers().map((worker) => worker.url())).toContainEqual(
        expect.stringContaining('problems'),
      );
      await name.fill('Things');
      await page.getByText('Give the connector a name.').first().waitFor({ state: 'detached' });
      const tasks = await page.evaluate(() => (globalThis as unknown as { tasks: number[] }).tasks);
      console.info(
        `Tasks above 50 ms while a definition of ${COUNT} operations was checked: ${tasks.join(', ')}`,
      );
    });
    await page.context().close();
  },
);

browserTest('the parts of the base address stay within their card', async () => {
  if (!world) throw new Error('There is no product to look at.');
  const page = await world.openPage();
  await page.goto(`${world.url}/connectors/${world.connectorId}`);
  await page.getByRole('button', { name: /Edit/ }).click();
  const basePath = page.getByRole('textbox', { name: 'Base path' });
  await basePath.waitFor();
  for (const width of [1280, 1024, 390]) {
    await page.setViewportSize({ width, height: 860 });
    const overhang = await basePath.evaluate((input) => {
      const frame = input.closest('.fui-Input')?.getBoundingClientRect();
      const card = input.closest('section, .fui-Card')?.getBoundingClientRect();
      return (frame?.right ?? Number.NaN) - (card?.right ?? Number.NaN);
    });
    expect(overhang, `at ${width} px`).toBeLessThanOrEqual(-8);
  }
  await page.context().close();
});
