import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { test } from 'vitest';
import { findChromium } from './chromium.ts';

/** A test that needs a browser: skipped on a machine without one, but never where `CI` is set. */
export const browserTest = findChromium() === undefined && !process.env['CI'] ? test.skip : test;

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
