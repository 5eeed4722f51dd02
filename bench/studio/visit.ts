import type { BrowserContext, CDPSession } from 'playwright-core';

/** What opening a page cost. Times are of the page's clock, which begins when its address is opened. */
export interface Visit {
  readonly paintMs: number;
  /** The control is drawn, and nothing keeps the page from answering. */
  readonly usableMs: number;
  readonly longTasks: number;
  readonly longestTaskMs: number;
  /** Of the long tasks, what is above 50 ms each. */
  readonly blockedMs: number;
  /** Processor time of the page's thread: all of it, and that of scripts. */
  readonly taskMs: number;
  readonly scriptMs: number;
  readonly layoutMs: number;
  readonly styleMs: number;
  /** Over the wire. */
  readonly bytes: number;
}

/** Without a long task for so long, a page is at rest. */
const REST_MS = 400;
const MOST_MS = 30_000;

interface Watch {
  controlAt: number | undefined;
  readonly tasks: { readonly start: number; readonly duration: number }[];
}

declare global {
  var benchWatch: Watch | undefined;
}

/** Opens an address in a new page of a context, and waits until it is at rest. */
export async function visit(context: BrowserContext, url: string, control: string): Promise<Visit> {
  const page = await context.newPage();
  try {
    const devTools = await context.newCDPSession(page);
    await devTools.send('Performance.enable', { timeDomain: 'threadTicks' });
    const counted = await countBytes(devTools);
    await page.addInitScript(watchFor, control);
    await page.goto(url, { waitUntil: 'commit' });
    await page.waitForFunction(isAtRest, REST_MS, { timeout: MOST_MS });
    const costs = await readCosts(devTools);
    return { ...(await page.evaluate(readWatch)), ...costs, bytes: counted.bytes };
  } finally {
    await page.close();
  }
}

/** Runs in the page, before its own scripts. */
function watchFor(control: string): void {
  const watch: Watch = { controlAt: undefined, tasks: [] };
  globalThis.benchWatch = watch;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) watch.tasks.push({ start: startTime, duration });
  }).observe({ type: 'longtask', buffered: true });
  const look = () => {
    if (document.querySelector(control) === null) requestAnimationFrame(look);
    // The frame that holds it is drawn after this.
    else requestAnimationFrame(() => setTimeout(() => (watch.controlAt = performance.now())));
  };
  look();
}

/** Runs in the page. */
function isAtRest(restMs: number): boolean {
  const watch = globalThis.benchWatch;
  if (watch?.controlAt === undefined) return false;
  const { start = 0, duration = 0 } = watch.tasks.at(-1) ?? {};
  return performance.now() - Math.max(watch.controlAt, start + duration) > restMs;
}

/** Runs in the page. */
function readWatch() {
  const { controlAt = 0, tasks } = globalThis.benchWatch ?? { tasks: [] };
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  // What follows at once keeps people waiting too; what comes after a rest is work of its own.
  let usableMs = controlAt;
  for (const { start, duration } of tasks) {
    if (start <= usableMs + 50) usableMs = Math.max(usableMs, start + duration);
  }
  return {
    paintMs: paint?.startTime ?? 0,
    usableMs,
    longTasks: tasks.length,
    longestTaskMs: Math.max(0, ...tasks.map(({ duration }) => duration)),
    blockedMs: tasks.reduce((sum, { duration }) => sum + duration - 50, 0),
  };
}

async function countBytes(devTools: CDPSession): Promise<{ bytes: number }> {
  const counted = { bytes: 0 };
  devTools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    counted.bytes += encodedDataLength;
  });
  await devTools.send('Network.enable');
  return counted;
}

/** The processor time of a page's thread so far. */
export async function readCosts(devTools: CDPSession) {
  const { metrics } = await devTools.send('Performance.getMetrics');
  const read = (name: string) => (metrics.find((one) => one.name === name)?.value ?? 0) * 1000;
  return {
    taskMs: read('TaskDuration'),
    scriptMs: read('ScriptDuration'),
    layoutMs: read('LayoutDuration'),
    styleMs: read('RecalcStyleDuration'),
  };
}
