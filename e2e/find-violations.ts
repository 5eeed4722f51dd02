import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds on a page at rest, one line each: WCAG 2.2 AA and what axe calls best practice. */
export async function findViolations(page: Page): Promise<string[]> {
  // Colours that glide are nobody's choice.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime))
        .map((animation) => animation.finished),
    ),
  );
  const { violations } = await new AxeBuilder({ page })
    .withTags([...WCAG, 'best-practice'])
    // Marks of the component library for where the focus may go: they take it and pass it on at once.
    .exclude('[data-tabster-dummy]')
    // Messages that go away by themselves stand in no landmark.
    .exclude('.fui-ToastContainer')
    .analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.html.slice(0, 300)}`);
}
