import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { browserTest, pictureFailure } from './browser.ts';
import { findViolations } from './find-violations.ts';
import { type StudioWorld, signIn, startStudioWorld } from './studio-world.ts';

let world: StudioWorld;

beforeAll(async () => {
  if (browserTest === test) world = await startStudioWorld();
});
afterAll(() => world?.stop());

async function openBlank(title: string): Promise<{ id: string; page: Page }> {
  const { id } = await world.client.call(endpoints.createConnectorDraft, { body: { blank: { title } } });
  const page = await world.openPage();
  await page.goto(`${world.url}/connectors/drafts/${id}`);
  await page.getByRole('textbox', { name: 'Name', exact: true }).waitFor();
  return { id, page };
}

async function readTitle(id: string): Promise<string> {
  return (await world.client.call(endpoints.getConnectorDraft, { params: { id } })).title;
}

function waitUntilSaved(page: Page): Promise<void> {
  return page.getByRole('status').getByText('Saved', { exact: true }).waitFor();
}

const LOOKS = {
  'in the light': { colorScheme: 'light', width: 1280 },
  'in the dark': { colorScheme: 'dark', width: 1280 },
  'on a phone': { colorScheme: 'light', width: 390 },
} as const;

/** Every look of the page as it stands; pictures for whoever wants to see them. */
async function lookAtIt(page: Page, name: string): Promise<void> {
  for (const [look, { colorScheme, width }] of Object.entries(LOOKS)) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 900 });
    const folder = process.env['PATCHBAY_PICTURES'];
    if (folder)
      await page.screenshot({ path: `${folder}/${name}-${look.replaceAll(' ', '-')}.png`, fullPage: true });
    expect(await findViolations(page), `${name} ${look}`).toEqual([]);
    const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overhang, `${name} is wider than the screen ${look}`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}

browserTest(
  'a connector is begun, left, found again, undone, redone and saved',
  { timeout: 120_000 },
  async () => {
    const { id, page } = await openBlank('Parcels');
    await pictureFailure(page, async () => {
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Parcel service');
      const host = page.getByRole('textbox', { name: 'Host' });
      await host.fill('https://api.parcels.example/v2/');
      expect(await host.inputValue()).toBe('api.parcels.example');
      expect(await page.getByRole('textbox', { name: 'Base path' }).inputValue()).toBe('/v2');
      await waitUntilSaved(page);
      expect(await readTitle(id)).toBe('Parcel service');
      await lookAtIt(page, 'wizard-general');

      // Undo and redo: by button, and by keys outside text fields.
      await page.getByRole('button', { name: 'Undo: Base address' }).click();
      expect(await host.inputValue()).toBe('');
      await page.getByRole('heading', { level: 1 }).focus();
      await page.keyboard.press('Control+z');
      expect(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Parcels');
      await page.keyboard.press('Control+Shift+z');
      await page.keyboard.press('Control+Shift+z');
      expect(await host.inputValue()).toBe('api.parcels.example');
      await waitUntilSaved(page);

      // Left, and found again among the connectors.
      await page.goto(`${world.url}/connectors`);
      const progress = page.getByRole('region', { name: 'In progress' });
      await progress.getByText('Parcel service').waitFor();
      await lookAtIt(page, 'connectors-in-progress');
      await progress.getByRole('link', { name: 'Continue with Parcel service' }).click();
      await page.getByRole('heading', { level: 1, name: 'Parcel service' }).waitFor();

      await page.getByRole('button', { name: 'Create connector' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('1 problem left').waitFor();
      await lookAtIt(page, 'wizard-create');
      await dialog.getByRole('button', { name: 'Create connector' }).click();
      await page.waitForURL(`**/connectors/${id}`);
      await page.getByRole('heading', { level: 1, name: 'Parcel service' }).waitFor();
    });
    await page.context().close();
  },
);

browserTest(
  'a saved connector gets its next version, which shows what breaks',
  { timeout: 120_000 },
  async () => {
    const page = await world.openPage();
    await pictureFailure(page, async () => {
      await page.goto(`${world.url}/connectors/${world.connectorId}`);
      await page.getByRole('button', { name: 'Edit', exact: true }).click();
      await page.waitForURL('**/connectors/drafts/**');
      await page.getByRole('textbox', { name: 'Publisher' }).fill('Ada Ltd');
      await waitUntilSaved(page);
      // Somebody else takes an operation out, in another window: the two meet.
      const id = page.url().split('/drafts/')[1]?.split('?')[0] ?? '';
      const draft = await world.client.call(endpoints.getConnectorDraft, { params: { id } });
      const definition = structuredClone(draft.definition) as { openapi: { paths: Record<string, unknown> } };
      delete definition.openapi.paths['/v1/labels'];
      const [, removed] = Object.keys(definition.openapi.paths);
      delete definition.openapi.paths[removed ?? ''];
      await world.client.call(endpoints.updateConnectorDraft, {
        params: { id },
        body: { definition: definition as never },
        ifMatch: draft.revision,
      });
      await page.getByRole('textbox', { name: 'Publisher' }).fill('Grace Ltd');
      const conflict = page.getByRole('alertdialog', { name: 'Changed in two places' });
      await conflict.waitFor();
      await lookAtIt(page, 'wizard-conflict');
      await conflict.getByRole('button', { name: 'Take theirs' }).click();
      await page.getByRole('button', { name: /^Undo: Changes of/ }).waitFor();
      expect(await page.getByRole('textbox', { name: 'Publisher' }).inputValue()).toBe('Ada Ltd');

      await page.getByRole('button', { name: 'Save version' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('list', { name: 'Changes' }).getByText('Breaking').first().waitFor();
      await dialog.getByLabel('Note').fill('Fewer operations');
      await lookAtIt(page, 'wizard-save-version');
      await dialog.getByRole('button', { name: 'Save version' }).click();
      await page.waitForURL(`**/connectors/${world.connectorId}`);
      await page.getByText('version 2').first().waitFor();
    });
    await page.context().close();
  },
);

browserTest(
  'what was typed when the session ended goes on after signing in again',
  { timeout: 120_000 },
  async () => {
    const { id, page } = await openBlank('Before');
    await pictureFailure(page, async () => {
      // The session of this page alone.
      await page.context().clearCookies();
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('After');
      await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
      expect(await readTitle(id)).toBe('Before');
      await signIn(page);
      await page.waitForURL(`**/connectors/drafts/${id}**`);
      expect(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('After');
      await waitUntilSaved(page);
      expect(await readTitle(id)).toBe('After');
    });
    await page.context().close();
  },
);

browserTest(
  'a draft that cannot be saved says so, and is kept through a reload',
  { timeout: 120_000 },
  async () => {
    const { id, page } = await openBlank('Online');
    await pictureFailure(page, async () => {
      await page.route('**/api/connector-drafts/*', (route) =>
        route.request().method() === 'PUT' ? route.abort() : route.continue(),
      );
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Offline');
      await page.getByRole('alert').getByText('Not saved').waitFor();
      await page.reload();
      expect(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('Offline');
      await page.getByRole('alert').getByText('Not saved').waitFor();
      await page.unroute('**/api/connector-drafts/*');
      await page.getByRole('button', { name: 'Try again' }).click();
      await waitUntilSaved(page);
      expect(await readTitle(id)).toBe('Offline');
      // Discarding asks first.
      await page.getByRole('button', { name: 'More for this draft' }).click();
      await page.getByRole('menuitem', { name: 'Discard connector' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
      await page.waitForURL('**/connectors');
      await page.getByRole('link', { name: 'New connector' }).first().waitFor();
      await expect(readTitle(id)).rejects.toMatchObject({ status: 404 });
    });
    await page.context().close();
  },
);
