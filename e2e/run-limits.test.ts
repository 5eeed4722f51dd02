import { afterAll, beforeAll, expect, test } from 'vitest';
import { endpoints } from '../src/api/index.ts';
import { browserTest } from './browser.ts';
import { inspect } from './inspect-page.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

let world: StudioWorld | undefined;

beforeAll(async () => {
  if (browserTest === test) world = await startStudioWorld();
});
afterAll(() => world?.stop());

browserTest(
  'an administrator sets the limits of runs, and is told what cannot be',
  { timeout: 120_000 },
  async () => {
    if (!world) throw new Error('There is no product to look at.');
    const { client, url } = world;
    const page = await world.openPage();
    await page.goto(`${url}/settings`);
    await page.getByRole('tab', { name: 'Runs' }).click();
    const history = page.getByRole('textbox', { name: /Keep the history of runs for/ });
    const duration = page.getByRole('textbox', { name: /Cancel runs that take longer than/ });
    const items = page.getByRole('textbox', { name: /Items of a For each/ });
    const save = page.getByRole('button', { name: 'Save' });
    await history.waitFor();
    expect(await history.inputValue()).toBe('90');
    expect(await save.getAttribute('aria-disabled')).toBe('true');

    await items.fill('many');
    await page.getByText('Enter a whole number.').waitFor();
    expect(await save.getAttribute('aria-disabled')).toBe('true');
    await inspect(page, 'run-limits');

    await items.fill('2000');
    await history.fill('');
    await duration.fill('30');
    await duration.press('Enter');
    await page.getByText('The limits of runs are saved.').first().waitFor();
    expect(await client.call(endpoints.getRunSettings)).toMatchObject({
      retentionDays: null,
      maximumDurationDays: 30,
      maximumLoopItems: 2_000,
      responseTimeoutSeconds: 120,
    });
    await page.reload();
    await page.getByRole('tab', { name: 'Runs' }).click();
    await duration.waitFor();
    expect([await history.inputValue(), await duration.inputValue()]).toEqual(['', '30']);
  },
);
