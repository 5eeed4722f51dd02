import { afterAll, beforeAll, expect, test } from 'vitest';
import { browserTest, pictureFailure } from './browser.ts';
import { inspect } from './inspect-page.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

let started: StudioWorld | undefined;

beforeAll(async () => {
  if (browserTest === test) started = await startStudioWorld();
});
afterAll(() => started?.stop());

browserTest(
  'the gallery is searched by name, operation, kind and category, and keeps it all in its address',
  { timeout: 120_000 },
  async () => {
    if (started === undefined) throw new Error('The studio is not there.');
    const page = await started.openPage();
    const gallery = page.getByRole('list', { name: 'Connectors', exact: true });
    const search = page.getByRole('searchbox', { name: 'Search connectors' });
    await pictureFailure(page, async () => {
      await page.goto(`${started?.url}/connectors`);
      await gallery.getByRole('link', { name: /Mail/ }).waitFor();
      await page.getByRole('tab', { name: 'Custom' }).click();
      await gallery.getByRole('link', { name: /Mail/ }).waitFor({ state: 'detached' });
      await search.fill('shipping labels');
      await gallery.getByRole('link', { name: /Parcel Post/ }).waitFor();
      expect(await gallery.getByRole('listitem').count()).toBe(1);
      await page.getByRole('tab', { name: 'Built in' }).click();
      await page.getByText('Nothing matches “shipping labels”').waitFor();

      await search.fill('send email');
      const operation = page
        .getByRole('list', { name: 'Operations' })
        .getByRole('link', { name: /Send an email/ })
        .first();
      await operation.waitFor();
      await inspect(page, 'gallery-search');
      await page.getByRole('combobox', { name: 'Category' }).selectOption('Data');
      await operation.waitFor({ state: 'detached' });
      await page.getByRole('combobox', { name: 'Category' }).selectOption('Communication');
      await operation.click();
      await page.getByRole('tab', { name: 'Use it' }).waitFor();
      await page.goBack();
      await operation.waitFor();
      expect(await search.inputValue()).toBe('send email');
      expect(await page.getByRole('tab', { name: 'Built in' }).getAttribute('aria-selected')).toBe('true');
      await page.getByRole('link', { name: 'Connectors', exact: true }).click();
      await gallery.getByRole('link', { name: /Parcel Post/ }).waitFor();
      expect(await search.inputValue()).toBe('');
    });
    await page.context().close();
  },
);
