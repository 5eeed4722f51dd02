import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { readShippingDocument } from '../test/product/shipping.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { inspect } from './inspect-page.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

let started: StudioWorld | undefined;

beforeAll(async () => {
  if (browserTest === test) started = await startStudioWorld();
});

afterAll(() => started?.stop());

/** Opens a step of a new draft of the shipping connector. */
function walk(name: string, step: string, act: (page: Page, draftId: string) => Promise<void>): void {
  browserTest(name, { timeout: 60_000 }, async () => {
    if (started === undefined) throw new Error('The studio is not there.');
    const { client, shipping, url } = started;
    const text = await readShippingDocument(shipping.url);
    const { id } = await client.call(endpoints.createConnectorDraft, { body: { text } });
    const page = await started.openPage();
    await pictureFailure(page, async () => {
      await page.goto(`${url}/connectors/drafts/${id}?step=${step}`);
      await act(page, id);
    });
    await page.context().close();
  });
}

async function readPaging(draftId: string): Promise<unknown[]> {
  if (started === undefined) throw new Error('The studio is not there.');
  const draft = await started.client.call(endpoints.getConnectorDraft, { params: { id: draftId } });
  const { paths } = draft.definition['openapi'] as { paths: Record<string, Record<string, object>> };
  const operations = Object.values(paths).flatMap((item) => Object.values(item));
  return operations.flatMap((one) => ('x-patchbay-paging' in one ? [one['x-patchbay-paging']] : []));
}

async function readProperties(draftId: string) {
  if (started === undefined) throw new Error('The studio is not there.');
  const draft = await started.client.call(endpoints.getConnectorDraft, { params: { id: draftId } });
  return (draft.definition as { properties: Record<string, unknown> }).properties;
}

walk('policies are chosen, filled in, tried and put in order', 'policies', async (page, draftId) => {
  await page.getByRole('button', { name: 'Add a policy' }).click();
  await page.getByRole('searchbox', { name: 'Search policies' }).fill('header');
  await page.getByRole('button', { name: /^Set HTTP header/ }).click();
  const list = page.getByRole('list', { name: 'Policies' });
  await list.getByText('This is needed.').first().waitFor();
  await page.getByRole('textbox', { name: 'Name' }).fill('X-Shop');
  await page.getByRole('textbox', { name: 'Value' }).fill('7');
  await page.getByRole('region', { name: 'After' }).getByText('X-Shop: 7').waitFor();
  expect(await page.getByRole('region', { name: 'Before' }).textContent()).not.toContain('X-Shop');
  await page.getByRole('radio', { name: 'Only chosen ones' }).check();
  await page.getByText('Choose at least one').waitFor();
  await page.getByRole('group', { name: 'Operations of the policy' }).getByRole('checkbox').first().check();
  await inspect(page, 'policies');

  await page.getByRole('button', { name: 'Duplicate Set HTTP header' }).click();
  const down = page.getByRole('button', { name: 'Move Set HTTP header down' });
  await down.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('Moved to place 2 of 2.').waitFor();
  const titles = () => list.getByRole('listitem').allInnerTexts();
  expect((await titles())[1]).toMatch(/^Set HTTP header\n/);
  await list.getByRole('listitem').nth(1).locator('[draggable]').dragTo(list.getByRole('listitem').first());
  expect((await titles())[0]).toMatch(/^Set HTTP header\n/);
  await page.getByRole('button', { name: 'Delete Set HTTP header (copy)' }).click();
  await expect
    .poll(() => readProperties(draftId))
    .toMatchObject({
      policyTemplateInstances: [
        {
          templateId: 'setheader',
          title: 'Set HTTP header',
          parameters: {
            'x-ms-apimTemplateParameter.name': 'X-Shop',
            'x-ms-apimTemplateParameter.value': '7',
            'x-ms-apimTemplate-policySection': 'Request',
            'x-ms-apimTemplate-operationName': [expect.any(String)],
          },
        },
      ],
    });
  const { policyTemplateInstances } = await readProperties(draftId);
  expect(policyTemplateInstances).toHaveLength(1);
});

walk('pages are proposed, accepted, changed by hand and tried', 'paging', async (page, draftId) => {
  const list = page.getByRole('list', { name: 'Operations that return lists' });
  const proposed = list.getByRole('button', { name: /^Accept/ });
  await proposed.first().waitFor();
  const count = await proposed.count();
  await proposed.first().click();
  await expect.poll(() => readPaging(draftId)).toHaveLength(1);
  expect(await proposed.count()).toBe(count - 1);

  const row = list.getByRole('listitem').filter({ hasText: 'List carriers' });
  await row.getByRole('button', { expanded: false }).click();
  await row.getByRole('combobox', { name: 'How it continues' }).selectOption('nextLink');
  await row.getByText('This is needed.').waitFor();
  await row.getByRole('textbox', { name: 'Where the link is' }).pressSequentially('links/next');
  await row.getByRole('textbox', { name: 'Most items' }).fill('500');
  await row.getByText(/^GET .*…$/).waitFor();
  await inspect(page, 'paging');
  await expect
    .poll(() => readPaging(draftId))
    .toContainEqual({ by: 'nextLink', nextLink: 'links/next', maximumItems: 500 });
  await row.getByRole('combobox', { name: 'How it continues' }).selectOption('none');
  await expect.poll(() => readPaging(draftId)).toContainEqual({ by: 'none' });
  await row.getByText('There is one page.').waitFor();
});

walk('a script is begun, written, and run on a sample', 'code', async (page, draftId) => {
  await page.getByRole('button', { name: 'Begin a script' }).click();
  await page.locator('.monaco-editor .view-line', { hasText: 'ctx.send()' }).waitFor();
  await page.getByRole('textbox', { name: 'What the service answers' }).fill('{"carriers": []}');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByRole('region', { name: 'Requests out' }).getByText('POST').waitFor();
  await page.getByRole('region', { name: 'Answer' }).getByText('carriers').waitFor();

  await page.getByRole('radio', { name: 'Only chosen ones' }).check();
  await page.getByRole('checkbox', { name: 'Create a label' }).check();
  await expect.poll(() => readProperties(draftId)).toMatchObject({ scriptOperations: ['CreateLabel'] });

  await page.locator('.monaco-editor .view-line', { hasText: 'ctx.send()' }).click();
  await page.keyboard.press('Home');
  await page.keyboard.insertText("throw new Error('not yet');");
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByText(/not yet.*script\.ts:5/).waitFor();
  await inspect(page, 'code');
});
