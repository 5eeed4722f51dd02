import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** The rules that the studio has to keep everywhere. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on a page at rest, one line each: by WCAG 2.2 AA and its best practice. */
export async function findViolations(page: Page): Promise<string[]> {
  await waitUntilAtRest(page);
  const { violations } = await new AxeBuilder({ page })
    .withTags(RULES)
    // Marks of the component library for where the focus may go: they take it and pass it on at once.
    .exclude('[data-tabster-dummy]')
    .analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes[0]?.html.slice(0, 300)}`);
}

/**
 * Until nothing glides: colours on their way are nobody's choice. What was changed just before (the system's theme, a width)
 * reaches the page with its next frame, and moves things from the one after it; what ends may begin something else.
 */
async function waitUntilAtRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const findMoving = () =>
      document
        .getAnimations()
        .filter(
          ({ effect, playState }) =>
            playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime),
        );
    let moving: Animation[];
    do {
      await nextFrame();
      await nextFrame();
      moving = findMoving();
      await Promise.allSettled(moving.map((animation) => animation.finished));
    } while (moving.length > 0);
  });
}
