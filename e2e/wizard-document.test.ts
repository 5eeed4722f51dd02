import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { readShippingDocument } from '../test/product/shipping.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { inspect } from './inspect-page.ts';
import { makeLargeDocument } from './large-document.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

let started: StudioWorld | undefined;

beforeAll(async () => {
  if (browserTest === test) started = await startStudioWorld();
});

afterAll(() => started?.stop());

function getWorld(): StudioWorld {
  if (started === undefined) throw new Error('The studio is not there.');
  return started;
}

/** Opens the document view of a new draft of the shipping connector. */
function walk(name: string, act: (page: Page, draftId: string) => Promise<void>, at = '/openapi'): void {
  browserTest(name, { timeout: 120_000 }, async () => {
    const { client, shipping, url } = getWorld();
    const text = await readShippingDocument(shipping.url);
    const { id } = await client.call(endpoints.createConnectorDraft, { body: { text } });
    const page = await getWorld().openPage();
    await pictureFailure(page, async () => {
      await page.goto(
        `${url}/connectors/drafts/${id}?step=general&view=document&at=${encodeURIComponent(at)}`,
      );
      // The first line is not in sight when the address names a place further down.
      await page.locator('.monaco-editor .view-line', { hasText: ':' }).first().waitFor();
      await act(page, id);
    });
    await page.context().close();
  });
}

async function readDraft(draftId: string) {
  const draft = await getWorld().client.call(endpoints.getConnectorDraft, { params: { id: draftId } });
  return draft.definition as {
    openapi: {
      info: Record<string, unknown>;
      paths: Record<string, Record<string, Record<string, unknown>>>;
    };
    properties: Record<string, unknown>;
  };
}

/** Reading, checking and saving take a moment on a busy machine. */
const SOON = { timeout: 10_000 };

const line = (page: Page, text: string) => page.locator('.monaco-editor .view-line', { hasText: text });

/** The editor has the focus, and the place that the address names is chosen. */
const isAtItsPlace = (page: Page) =>
  page.locator('.monaco-editor.focused .selected-text').first().waitFor({ state: 'attached' });

/** Puts the cursor at the end of a line that is in sight. */
async function clickEnd(page: Page, text: string): Promise<void> {
  await line(page, text).first().click();
  await page.keyboard.press('End');
}

const general = (page: Page) => page.getByRole('tab', { name: 'Form' });
const documentTab = (page: Page) => page.getByRole('tab', { name: 'Document' });

walk('text and forms stay in step, comments included', async (page, draftId) => {
  await clickEnd(page, 'title:');
  await page.keyboard.type(' by hand # the name');
  await page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
  await expect.poll(async () => (await readDraft(draftId)).openapi.info['title'], SOON).toMatch(/ by hand$/);
  await page.getByRole('heading', { level: 1, name: / by hand$/ }).waitFor();

  await general(page).click();
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  expect(await name.inputValue()).toMatch(/ by hand$/);
  await name.fill('Parcels');
  await documentTab(page).click();
  await line(page, 'title: Parcels # the name').waitFor();

  // Undo takes the change of the form back, in the text too.
  await page.getByRole('button', { name: /^Undo:/ }).click();
  await line(page, 'by hand # the name').waitFor();

  // The other format means the same; the comments of this one are there again afterwards.
  await page.getByRole('combobox', { name: 'Format' }).selectOption('json');
  await line(page, 'by hand"').waitFor();
  await page.mouse.move(5, 5);
  await page.getByRole('tooltip').waitFor({ state: 'detached' });
  await inspect(page, 'document-json');
  await page.reload();
  await line(page, 'by hand"').waitFor();
  await page.getByRole('combobox', { name: 'Format' }).selectOption('yaml');
  await line(page, 'by hand # the name').waitFor();
});

walk('a text that cannot be read is kept over a reload, and the forms say so', async (page, draftId) => {
  await clickEnd(page, 'title:');
  await page.keyboard.press('Enter');
  await page.keyboard.insertText('broken');
  const notice = page.getByText('The text cannot be read yet.');
  await notice.waitFor();
  await inspect(page, 'document-broken');
  const before = (await readDraft(draftId)).openapi;
  expect(before.info).not.toHaveProperty('broken');

  await page.reload();
  await notice.waitFor();
  await line(page, 'broken').waitFor();

  await general(page).click();
  await page.getByText('The text under Document cannot be read yet.').waitFor();
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.fill('Named meanwhile');
  await inspect(page, 'document-broken-form');
  await page.getByRole('link', { name: /^Go to line/ }).click();
  await notice.waitFor();
  await page.getByRole('button', { name: /^Go to line/ }).click();

  await clickEnd(page, 'broken');
  await page.keyboard.insertText(': 1');
  await notice.waitFor({ state: 'detached' });
  await line(page, 'title: Named meanwhile').waitFor();
  await expect
    .poll(async () => (await readDraft(draftId)).openapi.info, SOON)
    .toMatchObject({ title: 'Named meanwhile', broken: 1 });
  await page
    .getByRole('region', { name: 'Problems in the text' })
    .getByText(/'broken' is unknown here/)
    .waitFor();
});

walk(
  'values are offered and explained, and Tab finds the way out',
  async (page, draftId) => {
    // The address names a place: the cursor is there.
    await isAtItsPlace(page);
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('x-ms-vis');
    const offered = page.locator('.suggest-widget .monaco-list-row');
    await offered.filter({ hasText: 'x-ms-visibility' }).waitFor();
    await page.keyboard.press('Enter');
    // What comes next is offered by itself.
    for (const value of ['important', 'none', 'advanced', 'internal']) {
      await offered.filter({ hasText: value }).first().waitFor();
    }
    await page.keyboard.type('adv');
    await offered.filter({ hasText: 'advanced' }).waitFor();
    await page.keyboard.press('Enter');
    await line(page, 'x-ms-visibility: advanced').waitFor();
    await expect
      .poll(async () => JSON.stringify((await readDraft(draftId)).openapi.paths), SOON)
      .toContain('"x-ms-visibility":"advanced"');

    await line(page, 'x-ms-visibility: advanced')
      .locator('span', { hasText: 'x-ms-visibility' })
      .last()
      .hover();
    await page.locator('.monaco-hover', { hasText: 'important ones first' }).waitFor();
    await page.keyboard.press('Escape');

    await page.keyboard.press('Control+m');
    await page.keyboard.press('Tab');
    await page.waitForFunction(() => !document.activeElement?.closest('.monaco-editor'));
    expect(await line(page, 'x-ms-visibility: advanced').count()).toBe(1);
  },
  '/openapi/paths/~1v1~1labels/post/operationId',
);

walk('a problem leads from a step to its line, and a line to its form', async (page) => {
  await general(page).click();
  await page.getByRole('textbox', { name: 'Email' }).fill('nobody');
  const problems = page.getByRole('region', { name: 'Problems in this step' });
  await problems.getByRole('button', { expanded: false }).click();
  await problems.getByText("'nobody' is no email address.").waitFor();
  await inspect(page, 'document-step-problems');
  await problems.getByRole('link', { name: /^Show in the document: 'nobody'/ }).click();
  await line(page, 'email: nobody').waitFor();
  await isAtItsPlace(page);
  const listed = page.getByRole('region', { name: 'Problems in the text' });
  await listed.getByText("'nobody' is no email address.").waitFor();
  await page.locator('.monaco-editor .squiggly-warning').first().waitFor();

  await page.getByRole('tab', { name: 'Properties' }).click();
  await page.getByRole('tab', { name: 'API document' }).click();
  await line(page, 'operationId:').first().click();
  const id = ((await line(page, 'operationId:').first().textContent()) ?? '')
    .replaceAll(/\u00a0/g, ' ')
    .split(': ')[1];
  await page.getByRole('button', { name: 'Open in form' }).click();
  await page.waitForURL('**step=definition**');
  await expect
    .poll(() => page.getByRole('textbox', { name: 'Operation ID' }).inputValue(), SOON)
    .toBe(id?.trim());
});

browserTest('typing in a document of 1,000 operations never waits', { timeout: 180_000 }, async () => {
  const { client, url } = getWorld();
  const { id } = await client.call(endpoints.createConnectorDraft, {
    body: { text: JSON.stringify(makeLargeDocument(1000)) },
  });
  const page = await getWorld().openPage();
  await pictureFailure(page, async () => {
    await page.goto(`${url}/connectors/drafts/${id}?view=document`);
    await clickEnd(page, 'title: Things');
    await page.evaluate(() => {
      const seen: number[] = [];
      Object.assign(globalThis, { longTasks: seen });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.push(entry.duration);
      }).observe({ type: 'longtask' });
    });
    await page.keyboard.type(' of a thousand kinds, typed by hand', { delay: 30 });
    await page.getByRole('heading', { level: 1, name: /typed by hand$/ }).waitFor();
    await page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
    const longest = await page.evaluate(() =>
      Math.max(0, ...(globalThis as unknown as { longTasks: number[] }).longTasks),
    );
    console.log(`The longest that anything took: ${Math.round(longest)} ms`);
    expect(longest).toBeLessThan(800);
  });
  await page.context().close();
});
