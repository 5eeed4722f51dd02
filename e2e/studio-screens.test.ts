import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { SHIPPING_KEY } from '../test/product/shipping.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { type StudioWorld, signIn, startStudioWorld } from './studio-world.ts';

let started: StudioWorld | undefined;

beforeAll(async () => {
  if (browserTest === test) started = await startStudioWorld();
});
afterAll(() => started?.stop());

/** A walk through the studio, on a page of its own. */
function walk(name: string, steps: (page: Page, world: StudioWorld) => Promise<void>): void {
  browserTest(name, { timeout: 60_000 }, async () => {
    if (!started) throw new Error('There is no product to look at.');
    const world = started;
    const page = await world.openPage();
    await pictureFailure(page, () => steps(page, world));
    await page.context().close();
  });
}

walk('a wrong key keeps the connection and says why; the right one mends it', async (page, world) => {
  await page.goto(`${world.url}/connections?connect=${world.connectorId}`);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Name/).fill('Mended');
  await dialog.locator('input[type=password]').fill('wrong-key');
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await dialog.getByText('The connection is kept, but it does not work.').waitFor();
  expect(await page.content()).not.toContain('wrong-key');
  await dialog.locator('input[type=password]').fill(SHIPPING_KEY);
  await dialog.getByRole('button', { name: 'Save and test' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('row', { name: /Mended.*Connected/ }).waitFor();
  await page.getByRole('button', { name: 'More for Mended' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('button', { name: 'Delete connection' }).click();
  await page.getByRole('row', { name: /Mended/ }).waitFor({ state: 'detached' });
});

walk('an operation can be tried, and a failure is explained', async (page, { url, connectorId }) => {
  await page.goto(`${url}/connectors/${connectorId}?operation=GetLabel`);
  await page.getByRole('tab', { name: 'Try it' }).click();
  await page.getByRole('switch', { name: 'JSON' }).click();
  await page.getByRole('textbox', { name: 'Inputs' }).fill('{"label_id": "lb_none"}');
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByRole('alert').filter({ hasText: 'NotFound' }).waitFor();
  await page.getByText('404', { exact: true }).first().waitFor();
  await page.goto(`${url}/connectors/${connectorId}?operation=ListCarriers`);
  await page.getByRole('tab', { name: 'Try it' }).click();
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await page.getByText('200', { exact: true }).first().waitFor();
});

walk('the editor marks what the server finds, and shows its place', async (page, { url, client }) => {
  const definition = `{
  "triggers": { "manual": { "type": "Request" } },
  "actions": { "One": { "type": "Compose", "inputs": "@body('Nobody')" } }
}`;
  const { id } = await client.call(endpoints.createFlow, { body: { name: 'Mistaken', definition } });
  await page.goto(`${url}/flows/${id}?tab=definition`);
  await page.locator('.squiggly-error').first().waitFor();
  await page.getByRole('button', { name: '/actions/One/inputs' }).click();
  // The place is chosen in the editor: what is typed replaces it.
  await page.keyboard.type('1');
  await page.getByText('No problems found').waitFor();
  await page.keyboard.press('Control+s');
  await page.getByText('Version 2', { exact: true }).waitFor();
  const saved = await client.call(endpoints.getFlow, { params: { id } });
  expect(saved.definitionText).toBe(definition.replace(`"@body('Nobody')"`, '1'));
});

walk('without Monaco a plain field edits and saves the definition', async (page, { url, client }) => {
  await page.route('**/assets/monaco-*', (route) => route.abort());
  const { id } = await client.call(endpoints.createFlow, {
    body: { name: 'Plain', definition: '{"triggers": {}, "actions": {}}' },
  });
  await page.goto(`${url}/flows/${id}?tab=definition`);
  await page
    .getByRole('textbox', { name: 'Definition' })
    .fill('{"triggers": {}, "actions": {"One": {"type": "Compose", "inputs": 1}}}');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Version 2', { exact: true }).waitFor();
  const saved = await client.call(endpoints.getFlow, { params: { id } });
  expect(saved.definitionText).toContain('"One"');
});

walk('a run is followed while it runs, and cancelled', async (page, { url, client }) => {
  const { id } = await client.call(endpoints.createFlow, {
    body: {
      name: 'Waits',
      definition: {
        triggers: { manual: { type: 'Request' } },
        actions: {
          First: { type: 'Compose', inputs: 'done' },
          Wait_long: {
            type: 'Wait',
            runAfter: { First: ['Succeeded'] },
            inputs: { interval: { count: 1, unit: 'Hour' } },
          },
        },
      },
    },
  });
  await page.goto(`${url}/flows/${id}`);
  await page.getByRole('button', { name: 'Run now' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }).click();
  await page.waitForURL('**/runs/*');
  await page.getByRole('button', { name: /Succeeded First/ }).waitFor();
  await page.getByRole('button', { name: /Wait long/ }).waitFor();
  await page.getByRole('button', { name: 'Cancel run' }).click();
  await page.getByRole('status').getByText('Cancelled').waitFor();
  await page.getByRole('button', { name: 'Cancel run' }).waitFor({ state: 'detached' });
});

walk('an API key is shown once and works', async (page, { url }) => {
  await page.goto(`${url}/settings`);
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByLabel(/^Name/).fill('Nightly job');
  await page.getByRole('button', { name: 'Create key' }).click();
  const key = await page.getByLabel('API key', { exact: true }).inputValue();
  const response = await fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${key}` } });
  expect(response.status).toBe(200);
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('row', { name: /Nightly job/ }).waitFor();
  expect(await page.content()).not.toContain(key);
});

walk('a session that has ended leads to the sign-in and back', async (page, { url }) => {
  await page.goto(`${url}/runs?status=Failed`);
  await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
  await page.context().clearCookies();
  await page.getByRole('link', { name: 'Lists' }).click();
  await page.waitForURL('**/sign-in*');
  await signIn(page);
  await page.getByRole('heading', { level: 1, name: /Lists|Runs/ }).waitFor();
});

walk('the page is small: the editor is only loaded where it is used', async (page, { url }) => {
  let bytes = 0;
  page.on('response', async (response) => {
    if (response.url().includes('/assets/'))
      bytes += (await response.body().catch(() => Buffer.alloc(0))).length;
  });
  await page.goto(`${url}/connectors`);
  await page.getByText('New connector').first().waitFor();
  await page.waitForLoadState('networkidle');
  expect(bytes).toBeLessThan(1_500_000);
  expect(await readFile(new URL('../dist/studio/index.html', import.meta.url), 'utf8')).not.toContain(
    'monaco',
  );
});
