import type { BrowserContext, Page } from 'playwright-core';
import { readCosts } from './visit.ts';

/** What working on a page cost. */
export interface Handling {
  readonly name: string;
  /** From the worst key or turn of the wheel to the frame that shows what it did. */
  readonly worstMs: number;
  readonly longestTaskMs: number;
  /** Processor time of the page's thread for each key or turn. */
  readonly taskMsEach: number;
}

interface HandlingWatch {
  readonly delays: number[];
  readonly tasks: number[];
}

declare global {
  var benchHandling: HandlingWatch | undefined;
}

export interface Work {
  readonly name: string;
  readonly url: string;
  /** Finds what is worked on. */
  readonly control: string;
  /** Does it as a person would, and says how often. */
  run(page: Page, control: string): Promise<number>;
}

const TEXT = 'Everything that is known about one part';
const KEY_EVERY_MS = 60;
const TURNS = 40;

export async function typeText(page: Page, control: string): Promise<number> {
  const field = page.locator(control).first();
  await field.click();
  await field.press('End');
  await page.keyboard.type(TEXT, { delay: KEY_EVERY_MS });
  return TEXT.length;
}

export async function scroll(page: Page, control: string): Promise<number> {
  await page.locator(control).first().hover();
  for (let turn = 0; turn < TURNS; turn++) {
    await page.mouse.wheel(0, 800);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  }
  return TURNS;
}

export async function pressDown(page: Page, control: string): Promise<number> {
  await page.locator(control).first().focus();
  for (let turn = 0; turn < TURNS; turn++) await page.keyboard.press('ArrowDown', { delay: KEY_EVERY_MS });
  return TURNS;
}

/** Opens a page, lets it come to rest, and works on it. */
export async function handle(context: BrowserContext, { name, url, control, run }: Work): Promise<Handling> {
  const page = await context.newPage();
  try {
    const devTools = await context.newCDPSession(page);
    await devTools.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(url);
    await page.locator(control).first().waitFor();
    await page.waitForLoadState('networkidle');
    await page.evaluate(watchHandling);
    const before = await readCosts(devTools);
    const times = await run(page, control);
    const { taskMs } = await readCosts(devTools);
    return { name, ...(await page.evaluate(readHandling)), taskMsEach: (taskMs - before.taskMs) / times };
  } finally {
    await page.close();
  }
}

/** Runs in the page. */
function watchHandling(): void {
  const watch: HandlingWatch = { delays: [], tasks: [] };
  globalThis.benchHandling = watch;
  const observe = (options: PerformanceObserverInit, into: number[]) =>
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) into.push(duration);
    }).observe(options);
  observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit, watch.delays);
  observe({ type: 'longtask' }, watch.tasks);
  // A turn of the wheel is no event that browsers time: what counts is how long a frame was waited for.
  let last = performance.now();
  const frame = (now: number) => {
    watch.delays.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** Runs in the page. */
function readHandling() {
  const { delays, tasks } = globalThis.benchHandling ?? { delays: [], tasks: [] };
  return { worstMs: Math.max(0, ...delays), longestTaskMs: Math.max(0, ...tasks) };
}
