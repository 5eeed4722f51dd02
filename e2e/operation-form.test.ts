import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PlannerApi } from '../test/product/planner.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { findViolations } from './find-violations.ts';
import { type PlannerWorld, startPlannerWorld } from './planner-world.ts';

let started: PlannerWorld | undefined;

beforeAll(async () => {
  if (browserTest !== test) return;
  started = await startPlannerWorld();
});

afterAll(() => started?.stop());

function walk(
  name: string,
  operation: string,
  steps: (page: Page, planner: PlannerApi) => Promise<void>,
): void {
  browserTest(name, { timeout: 60_000 }, async () => {
    if (!started) throw new Error('There is no product to look at.');
    const { world, planner, connectorId } = started;
    const page = await world.openPage();
    await page.goto(`${world.url}/connectors/${connectorId}?operation=${operation}`);
    await pictureFailure(page, async () => {
      await page.getByRole('tab', { name: 'Try it' }).click();
      await steps(page, planner);
    });
    await page.context().close();
  });
}

const field = (page: Page, name: string | RegExp) => page.getByLabel(name, { exact: true });

/** Opens a list and takes one of it. */
async function pick(page: Page, name: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name }).click();
  await page.getByRole('option', { name: option }).click();
}

walk(
  'lists follow what is chosen before them, and the fields of a record come from the service',
  'CreateRecord',
  async (page) => {
    await page.getByRole('combobox', { name: 'Project' }).click();
    await page.getByText('Choose “Organisation” first.').first().waitFor();
    await page.keyboard.press('Escape');
    await pick(page, 'Organisation', 'Acme');
    await pick(page, 'Project', 'Rocket');
    expect(await page.getByRole('combobox', { name: 'Project' }).inputValue()).toBe('Rocket');

    await page.getByText('Choose “Kind” first.').waitFor();
    await pick(page, 'Kind', 'deal');
    await field(page, 'Amount').fill('12.5');
    await pick(page, 'Won', 'Yes');
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    await page.getByText('200', { exact: true }).first().waitFor();

    await page.getByRole('switch', { name: 'JSON' }).click();
    const inputs = JSON.parse(await page.getByRole('textbox', { name: 'Inputs' }).inputValue());
    expect(inputs).toEqual({
      org: 'acme',
      project: 1,
      body: { title: 'Hello', kind: 'deal', fields: { amount: 12.5, won: true } },
    });
  },
);

walk('a node of a tree is found by opening its parents', 'CreateRecord', async (page) => {
  await page.getByRole('button', { name: 'Browse for Folder' }).click();
  const tree = page.getByRole('tree', { name: 'Folder' });
  await tree.getByText('Documents').click();
  await tree.getByRole('button', { name: 'Choose plan.txt' }).click();
  expect(await field(page, 'Folder').inputValue()).toBe('/docs/plan.txt');
});

walk(
  'lists of objects, dictionaries and folded fields are filled; JSON and form stay in step',
  'CreateRecord',
  async (page) => {
    await page.getByRole('button', { name: 'Add to Lines' }).click();
    await field(page, /^Article/).fill('A-1');
    await field(page, 'Count').fill('3');
    await page.getByRole('button', { name: 'Add to Labels' }).click();
    await field(page, 'Name 1 of Labels').fill('colour');
    await field(page, 'Value 1 of Labels').fill('red');
    expect(await field(page, 'Hours').count()).toBe(0);
    await page.getByRole('button', { name: /Show advanced/ }).click();
    await field(page, 'Hours').fill('2');
    await pick(page, 'Mode', 'Slow');
    await page.getByRole('button', { name: 'Address' }).click();
    await field(page, 'City').fill('Delft');
    expect(await field(page, 'made').count()).toBe(0);
    expect(await field(page, 'trace').count()).toBe(0);

    await page.getByRole('switch', { name: 'JSON' }).click();
    const area = page.getByRole('textbox', { name: 'Inputs' });
    const inputs = JSON.parse(await area.inputValue());
    expect(inputs).toEqual({
      mode: 's',
      body: {
        title: 'Hello',
        lines: [{ sku: 'A-1', count: 3 }],
        labels: { colour: 'red' },
        hours: 2,
        address: { city: 'Delft' },
      },
    });
    await area.fill(JSON.stringify({ ...inputs, body: { ...inputs.body, title: 'Changed' } }));
    await page.getByRole('switch', { name: 'JSON' }).click();
    expect(await field(page, /^Title/).inputValue()).toBe('Changed');
  },
);

walk('what is wrong stands beside its field', 'CreateRecord', async (page) => {
  await field(page, /^Title/).fill('x');
  await page.getByText(/^Must .*3/).waitFor();
  expect(await page.getByText('This is required.').count()).toBe(0);
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByText('This is required.').nth(2).waitFor();
});

walk('an operation that asks for a person is called when they agree', 'Wipe', async (page, planner) => {
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByText('a person agrees').waitFor();
  expect(planner.seen).not.toContain('POST /wipe');
  await dialog.getByRole('button', { name: 'Call' }).click();
  await page.getByText('200', { exact: true }).first().waitFor();
  expect(planner.seen).toContain('POST /wipe');
});

walk('a trigger shows what it would bring', 'OnRecord', async (page) => {
  await page.getByRole('button', { name: 'Show an example' }).click();
  await page.getByText('An example', { exact: false }).last().waitFor();
});

browserTest(
  'the form can be used by everybody, in the light, in the dark and on a phone',
  { timeout: 90_000 },
  async () => {
    if (!started) throw new Error('There is no product to look at.');
    const { world, connectorId } = started;
    const page = await world.openPage();
    for (const [colorScheme, width] of [
      ['light', 1280],
      ['dark', 1280],
      ['light', 390],
    ] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 1100 });
      await page.goto(`${world.url}/connectors/${connectorId}?operation=CreateRecord`);
      await page.getByRole('tab', { name: 'Try it' }).click();
      await pick(page, 'Kind', 'contact');
      await page.getByLabel('E-mail').waitFor();
      await page.getByRole('button', { name: 'Add to Lines' }).click();
      await page.getByRole('button', { name: 'Add to Labels' }).click();
      expect(await findViolations(page)).toEqual([]);
      const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overhang, `wider than ${width}`).toBeLessThanOrEqual(0);
      const folder = process.env['PATCHBAY_PICTURES'];
      if (folder)
        await page.screenshot({ path: `${folder}/form-${colorScheme}-${width}.png`, fullPage: true });
    }
    await page.context().close();
  },
);
