import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { PAGES, type PageToShow } from './screenshot-pages.ts';
import { type StudioWorld, startStudioWorld } from './studio-world.ts';

/**
 * Pictures of the pages of the studio, in both themes, for the documentation.
 *
 * `SCREENSHOTS_FOLDER` puts them elsewhere, `SCREENSHOTS_ONLY` takes those whose name holds a text, and
 * `SCREENSHOTS_WIDTH` shows how a narrower window looks.
 */
const FOLDER =
  process.env['SCREENSHOTS_FOLDER'] ?? fileURLToPath(new URL('../docs/screenshots', import.meta.url));
const ONLY = process.env['SCREENSHOTS_ONLY'] ?? '';
const WIDTH = Number(process.env['SCREENSHOTS_WIDTH'] ?? 1280);
const THEMES = ['light', 'dark'] as const;

let world: StudioWorld;

beforeAll(async () => {
  await mkdir(FOLDER, { recursive: true });
  world = await startStudioWorld();
});

afterAll(() => world?.stop());

for (const page of PAGES.filter(({ name }) => name.includes(ONLY))) {
  test(page.name, async () => {
    for (const theme of THEMES) await show(page, theme);
  });
}

async function show({ name, path, prepare }: PageToShow, theme: (typeof THEMES)[number]): Promise<void> {
  const page = await world.openPage({
    colorScheme: theme,
    viewport: { width: WIDTH, height: 860 },
    reducedMotion: 'reduce',
  });
  await page.goto(world.url + (await path(world)));
  await page.locator('main#content h1').waitFor();
  await settle(page);
  await prepare?.(page, world);
  await settle(page);
  await page.screenshot({ path: join(FOLDER, `${name}-${theme}.png`), animations: 'disabled' });
  await page.context().close();
}

/** Until nothing is asked for any more, and nothing shows that it waits. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('[role=progressbar]:not([aria-valuenow]), .fui-Skeleton') === null,
  );
  await page.evaluate(() => document.fonts.ready);
}
