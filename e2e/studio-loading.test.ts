import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { makeLargeConnector } from './large-connector.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

let world: StudioWorld | undefined;

beforeAll(async () => {
  if (browserTest === test) world = await startStudioWorld();
});
afterAll(() => world?.stop());

function getWorld(): StudioWorld {
  if (!world) throw new Error('There is no product to look at.');
  return world;
}

/** A draft of 1,000 operations. */
async function beginLarge(): Promise<string> {
  const { id } = await getWorld().client.call(endpoints.createConnectorDraft, {
    body: { text: JSON.stringify(makeLargeConnector(1000)) },
  });
  return `/connectors/drafts/${id}`;
}

/** What a page has asked for since it was opened, with when. */
function listLoads(page: Page) {
  return page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).map(
      ({ name, startTime, responseEnd }) => ({ path: new URL(name).pathname, startTime, responseEnd }),
    ),
  );
}

browserTest('pages that show lists load neither an editor nor what is known of connectors', async () => {
  const page = await getWorld().openPage();
  for (const path of ['/lists', '/flows', '/runs', '/connections', '/settings', '/connectors']) {
    await page.goto(getWorld().url + path);
    await page.locator('main h1').waitFor();
    await page.waitForLoadState('networkidle');
    const names = (await listLoads(page)).map((load) => load.path).join('\n');
    expect(names).toContain('/assets/');
    expect(names, path).not.toMatch(/monaco|editor\.api|worker|\/rules-/);
  }
  await page.context().close();
});

browserTest('an address of the document view asks for its editor while the draft is on its way', async () => {
  const path = await beginLarge();
  const page = await getWorld().openPage();
  await pictureFailure(page, async () => {
    await page.goto(`${getWorld().url}${path}?step=definition&view=document`);
    await page.locator('.monaco-editor .view-line', { hasText: 'openapi' }).waitFor();
    const loads = await listLoads(page);
    const draft = loads.find((load) => load.path.startsWith('/api/connector-drafts/'));
    const editor = loads.find((load) => load.path.includes('editor.api'));
    expect(editor?.startTime).toBeLessThan(draft?.responseEnd ?? 0);
    const threads = page.workers().filter((worker) => worker.url().includes('document.worker'));
    expect(threads).toHaveLength(1);
    // What is wrong is looked for once the text is there.
    await expect.poll(() => page.workers().some((worker) => worker.url().includes('problems'))).toBe(true);
  });
  await page.context().close();
});

browserTest('the steps of 1,000 operations draw what is in sight, and what an address leads to', async () => {
  const path = await beginLarge();
  const page = await getWorld().openPage();
  await pictureFailure(page, async () => {
    await page.goto(`${getWorld().url}${path}?step=definition`);
    const options = page.getByRole('listbox', { name: 'Actions' }).getByRole('option');
    await options.first().waitFor();
    expect(await options.count()).toBeLessThan(60);

    const place = encodeURIComponent('/openapi/paths/~1things~1321~1parts/get');
    await page.goto(`${getWorld().url}${path}?step=paging&at=${place}`);
    const list = page.getByRole('list', { name: 'Operations that return lists' });
    const row = list.getByRole('button', { name: /thing 321/ });
    await expect.poll(() => row.getAttribute('aria-expanded')).toBe('true');
    await expect.poll(() => row.evaluate(isInSight)).toBe(true);
    expect(await list.getByRole('listitem').count()).toBeLessThan(60);
    await list.getByLabel('How it continues').waitFor();

    await page.mouse.move(700, 500);
    await page.mouse.wheel(0, -100_000);
    await list
      .getByRole('button', { name: /thing 0$|thing 0 / })
      .first()
      .waitFor();
    // The open one stays, with what is filled in.
    expect(await row.getAttribute('aria-expanded')).toBe('true');
  });
  await page.context().close();
});

function isInSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}
