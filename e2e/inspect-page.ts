import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { findViolations } from './find-violations.ts';

/** What axe finds in both themes, in a wide and in a narrow window, in which nothing may stick out. */
export async function inspect(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      const found = await findViolations(page);
      expect(found, `${name}, ${colorScheme}, ${width}`).toEqual([]);
      const sticksOut = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(sticksOut, `${name}, ${width}`).toBeLessThanOrEqual(0);
      const pictures = process.env['PATCHBAY_PICTURES'];
      if (pictures)
        await page.screenshot({ path: `${pictures}/${name}-${colorScheme}-${width}.png`, fullPage: true });
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 });
}
