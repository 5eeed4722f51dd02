import type { Locator, Page } from 'playwright-core';

/** Nothing on a page is further away than this. */
const MOST_TABS = 150;

/** Goes on with Tab, from wherever the focus is, until something has it. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  // An editor's field has no size of its own.
  await target.first().waitFor({ state: 'attached' });
  for (let count = 0; count < MOST_TABS; count += 1) {
    if (await target.first().evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never comes to ${target}.`);
}

export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}
