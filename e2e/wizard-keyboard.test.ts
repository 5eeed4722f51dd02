import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { stringifyJson } from '../src/base/index.ts';
import { readShippingDocument } from '../test/product/shipping.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { press, tabTo } from './keys.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

let started: StudioWorld | undefined;

beforeAll(async () => {
  if (browserTest === test) started = await startStudioWorld();
});

afterAll(() => started?.stop());

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

interface Walk {
  readonly step: string;
  /** What the change is called where it is undone. */
  readonly label: RegExp;
  /** What must be there first. */
  prepare?(page: Page): Promise<void>;
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
  {
    step: 'Code',
    label: /: Script$/,
    prepare: (page) => press(page, button(page, 'Begin a script')),
    async change(page) {
      await typeInEditor(page, '// By keys');
      // Tab indents in the editor: the way out stands below it.
      await page.getByText('leaves the editor').waitFor();
      await leaveEditor(page);
    },
  },
  {
    step: 'Paging',
    label: /: Paging$/,
    async change(page) {
      const entries = page.getByRole('list', { name: 'Operations that return lists' });
      await press(page, entries.getByRole('button', { expanded: false }).first());
      await tabTo(page, page.getByRole('combobox', { name: 'How it continues' }));
      await page.keyboard.type('There');
    },
  },
];

const editorOf = (page: Page) => page.locator('.monaco-editor [role="textbox"]');

/** A line of its own, before all others. */
async function typeInEditor(page: Page, line: string): Promise<void> {
  await tabTo(page, editorOf(page));
  await page.keyboard.press('Control+Home');
  await page.keyboard.insertText(`${line}\n`);
}

/** From then on Tab passes through, until the page is loaded anew. */
async function leaveEditor(page: Page): Promise<void> {
  await page.keyboard.press('Control+m');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('.monaco-editor') === null)).toBe(true);
}

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
    const changeAndBack = async ({ step, label, prepare, change }: Walk) => {
      await prepare?.(page);
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
      await walkDocument(page, read);
      await walkTest(page);
    });
    await page.context().close();
  },
);

/** The text of the same definition: in by keys, something written, out by keys. */
async function walkDocument(page: Page, read: () => Promise<string>): Promise<void> {
  const before = await read();
  await tabTo(page, page.getByRole('tab', { name: 'Form' }));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.locator('.monaco-editor .view-line').first().waitFor();
  await typeInEditor(page, 'x-by-keys: true');
  await leaveEditor(page);
  await button(page, 'Undo: Edit the document').waitFor();
  expect(await read()).toContain('x-by-keys');
  await press(page, button(page, 'Undo: Edit the document'));
  await button(page, 'Redo: Edit the document').waitFor();
  expect(await read()).toBe(before);
  await tabTo(page, page.getByRole('tab', { name: 'Document' }));
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Steps' }).waitFor();
}

/** From no connection to an answer: the way to connect was changed before, so that the service refuses it. */
async function walkTest(page: Page): Promise<void> {
  await press(page, page.getByRole('navigation', { name: 'Steps' }).getByRole('link', { name: 'Test' }));
  await press(page, button(page, 'New connection'));
  const dialog = page.getByRole('dialog');
  await tabTo(page, dialog.getByRole('textbox', { name: /token/i }));
  await page.keyboard.insertText('none of yours');
  await press(page, dialog.getByRole('button', { name: 'Connect', exact: true }));
  await dialog.getByText('it does not work').waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await tabTo(page, page.getByRole('combobox', { name: 'Operation' }));
  await page.keyboard.type('carriers');
  await page.getByRole('option', { name: /List carriers/ }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await press(page, button(page, 'Run the test'));
  const result = page.getByRole('region', { name: 'Result' });
  await result.getByText('401', { exact: true }).first().waitFor();
  await tabTo(page, result.getByRole('tab', { name: 'Body' }));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  // The script that was begun before makes the call.
  await result.getByText('The custom code of the connector made the call').waitFor();
}
