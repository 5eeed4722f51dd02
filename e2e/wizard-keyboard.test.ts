import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { stringifyJson } from '../src/base/index.ts';
import { readShippingDocument } from '../test/product/shipping.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

let started: StudioWorld | undefined;

beforeAll(async () => {
  if (browserTest === test) started = await startStudioWorld();
});

afterAll(() => started?.stop());

/** Nothing in the wizard is further away than this. */
const MOST_TABS = 150;

/** Goes on with Tab, from wherever the focus is, until something has it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.first().waitFor();
  for (let count = 0; count < MOST_TABS; count += 1) {
    if (await target.first().evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never comes to ${target}.`);
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

interface Walk {
  readonly step: string;
  /** What the change is called where it is undone. */
  readonly label: RegExp;
  change(page: Page): Promise<void>;
}

const WALKS: readonly Walk[] = [
  {
    step: 'General',
    label: /: Name$/,
    async change(page) {
      await tabTo(page, page.getByRole('textbox', { name: 'Name', exact: true }));
      await page.keyboard.insertText('By keys');
    },
  },
  {
    step: 'Security',
    label: /: Authentication type$/,
    async change(page) {
      await tabTo(page, page.getByRole('combobox', { name: 'Authentication type' }));
      await page.keyboard.type('Bearer');
    },
  },
  {
    step: 'Definition',
    label: /: Summary of /,
    async change(page) {
      await tabTo(page, page.getByRole('listbox', { name: 'Actions' }));
      await page.keyboard.press('End');
      await tabTo(page, page.getByRole('textbox', { name: 'Summary' }));
      await page.keyboard.insertText('Read by keys');
    },
  },
  {
    step: 'Policies',
    label: /: Add policy$/,
    async change(page) {
      await press(page, button(page, 'Add a policy'));
      await press(page, button(page, /^Set HTTP header/));
    },
  },
];

browserTest(
  'steps of the wizard are walked by keys alone, and every change is undone and redone, after a reload too',
  { timeout: 240_000 },
  async () => {
    if (started === undefined) throw new Error('The studio is not there.');
    const { client, shipping, url } = started;
    const text = await readShippingDocument(shipping.url);
    const { id } = await client.call(endpoints.createConnectorDraft, { body: { text } });
    const page = await started.openPage();
    const read = async () => {
      await page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
      const draft = await client.call(endpoints.getConnectorDraft, { params: { id } });
      return stringifyJson(draft.definition);
    };
    const changeAndBack = async ({ step, label, change }: Walk) => {
      const before = await read();
      await change(page);
      const [undo, redo] = ['Undo', 'Redo'].map((verb) =>
        button(page, new RegExp(`^${verb}${label.source}`)),
      );
      if (undo === undefined || redo === undefined) return;
      await undo.waitFor();
      const after = await read();
      expect(after !== before, `${step} changes something`).toBe(true);
      await press(page, undo);
      await redo.waitFor();
      expect((await read()) === before, `${step} is undone`).toBe(true);
      await page.reload();
      await press(page, redo);
      await undo.waitFor();
      expect((await read()) === after, `${step} is redone`).toBe(true);
    };
    await pictureFailure(page, async () => {
      await page.goto(`${url}/connectors/drafts/${id}`);
      for (const walk of WALKS) {
        const link = page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name: walk.step });
        await press(page, link);
        await page.getByRole('region', { name: walk.step, exact: true }).waitFor();
        await changeAndBack(walk);
      }
    });
    await page.context().close();
  },
);
