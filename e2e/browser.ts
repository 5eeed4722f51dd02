import { accessSync, constants } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { test } from 'vitest';

/** Where Chromium is found when `CHROMIUM_PATH` does not say. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

function findChromium(): string | undefined {
  const given = process.env['CHROMIUM_PATH'];
  return [...(given ? [given] : []), ...PLACES].find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A test that needs a browser: skipped on a machine without one, but never where `CI` is set. */
export const browserTest = findChromium() === undefined && !process.env['CI'] ? test.skip : test;

export async function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error('There is no Chromium: install it, or name it with CHROMIUM_PATH.');
  }
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** Runs a walk through the pages; where it fails, a picture of the page says more than the message. */
export async function pictureFailure(page: Page, walk: () => Promise<void>): Promise<void> {
  try {
    await walk();
  } catch (error) {
    const path = join(tmpdir(), `patchbay-e2e-${Date.now()}.png`);
    await page.screenshot({ path }).then(
      () => console.error(`The page as it was then: ${path}`),
      () => undefined,
    );
    throw error;
  }
}
