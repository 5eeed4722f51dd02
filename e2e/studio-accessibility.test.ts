import { afterAll, beforeAll, expect, test } from 'vitest';
import { browserTest } from './browser.ts';
import { findViolations } from './find-violations.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

let world: StudioWorld | undefined;

beforeAll(async () => {
  if (browserTest === test) world = await startStudioWorld();
});
afterAll(() => world?.stop());

/** Pages by name, each with something that is only there once it has been loaded. */
function listPages({ listId, flowId, connectorId, runId }: StudioWorld): [string, string, string][] {
  return [
    ['connectors', '/connectors', 'text=New connector'],
    ['new connector', '/connectors/new', 'text=Choose a folder'],
    ['connector', `/connectors/${connectorId}?operation=CreateLabel`, 'text=Idempotency-Key'],
    [
      'use it',
      `/connectors/${connectorId}?operation=CreateLabel&view=use`,
      'text=One file without dependencies',
    ],
    ['about', `/connectors/${connectorId}?tab=about`, 'text=Time of a call'],
    ['versions', `/connectors/${connectorId}?tab=versions`, 'table'],
    ['connections', '/connections', 'table'],
    ['lists', '/lists', 'table'],
    ['list', `/lists/${listId}`, '[role=grid]'],
    ['flows', '/flows', 'table'],
    ['definition', `/flows/${flowId}?tab=definition`, '.view-lines'],
    ['references', `/flows/${flowId}?tab=connections`, 'text=The definition calls them'],
    ['runs', '/runs', 'table'],
    ['run', `/runs/${runId}`, 'ol'],
    ['settings', '/settings', 'table'],
    ['GitHub settings', '/settings?tab=github', 'text=Token'],
  ];
}

/** A page as it is looked at: it follows the system from light to dark, and the screen in its width. */
const LOOKS = {
  'in the light': { colorScheme: 'light', width: 1280 },
  'in the dark': { colorScheme: 'dark', width: 1280 },
  'on a phone': { colorScheme: 'light', width: 390 },
} as const;

browserTest(
  'every page can be used by everybody, in the light, in the dark and on a phone',
  { timeout: 300_000 },
  async () => {
    if (!world) throw new Error('There is no product to look at.');
    const page = await world.openPage();
    for (const [name, path, mark] of listPages(world)) {
      await page.goto(world.url + path);
      for (const [look, { colorScheme, width }] of Object.entries(LOOKS)) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height: 844 });
        await page.locator(mark).first().waitFor();
        expect(await findViolations(page), `${name} ${look}`).toEqual([]);
        const overhang = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overhang, `${name} is wider than the screen ${look}`).toBeLessThanOrEqual(0);
      }
    }
    await page.context().close();
  },
);

browserTest('the keyboard reaches everything: skip link, navigation, focus on the new heading', async () => {
  if (!world) throw new Error('There is no product to look at.');
  const page = await world.openPage();
  await page.goto(`${world.url}/connectors`);
  await page.getByText('New connector').waitFor();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
  await page.getByRole('link', { name: 'Flows' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/flows');
  await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
  expect(await page.title()).toBe('Flows · Patchbay');
  await page.context().close();
});

browserTest('the choice between light and dark is remembered', async () => {
  if (!world) throw new Error('There is no product to look at.');
  const page = await world.openPage({ colorScheme: 'light' });
  const scheme = () => page.evaluate(() => document.documentElement.style.colorScheme);
  expect(await scheme()).toBe('light');
  await page.getByRole('button', { name: 'Switch to dark' }).click();
  expect(await scheme()).toBe('dark');
  await page.reload();
  await page.getByRole('button', { name: 'Switch to light' }).waitFor();
  expect(await scheme()).toBe('dark');
  await page.context().close();
});
