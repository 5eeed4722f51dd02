import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** The rules that the studio has to keep everywhere. */
export const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds on a page at rest, one line each: by WCAG 2.2 AA and, unless told otherwise, its best practice. */
export async function findViolations(
  page: Page,
  tags: readonly string[] = [...WCAG, 'best-practice'],
): Promise<string[]> {
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
    .withTags([...tags])
    // Marks of the component library for where the focus may go: they take it and pass it on at once.
    .exclude('[data-tabster-dummy]')
    .analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.html.slice(0, 300)}`);
}
